"""The selection of a cohort: its ranking, the ministry's letters, and the reserve list."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.scope import Door
from tenants.assessment import deciding
from tenants.assessment.deciding import LetterInput
from tenants.assessment.faults import VerdictInput
from tenants.assessment.models import Decision, VerdictKind
from tenants.assessment.ranking import ranking
from tenants.assessment.reserve import reserve_list
from tenants.cities.models import City, Participation
from tenants.cli.assessed import cohort_of
from tenants.cli.console import AsJson, opened, operator, show, show_fact
from tenants.cli.refusals import Refused
from tenants.editions.models import Cohort

app = typer.Typer(help="See a cohort's ranking, decide on its cities, promote from the reserve.")

Year = Annotated[int, typer.Argument(help="Year of the cohort.")]
Number = Annotated[str, typer.Option("--letter", help="Number of the letter.")]
On = Annotated[
    datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="Date of the letter, 2022-04-12.")
]


@app.command("ranking")
def showing(
    year: Year,
    parts: Annotated[bool, typer.Option("--parts", help="Points by parameter too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List a cohort's cities by score, computed now from instrument and answers."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        rows = [
            {
                "place": row.place,
                "tied": row.tied,
                "city": row.slug,
                "score": row.score,
                "spread": row.spread,
                "assessors": row.assessors,
                "stage": row.stage.value,
                **({each.parameter.code: each.points for each in row.parts} if parts else {}),
            }
            for row in ranking(session, cohort_of(session, year).id)
        ]
    show(rows, as_json)


@app.command("reserve")
def waiting(year: Year, as_json: AsJson = False) -> None:
    """List the reserve of a cohort, in the order in which its cities are called."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        cohort = cohort_of(session, year)
        cities = {key: slug for slug, key in _invited(session, cohort).items()}
        rows = [
            {"rank": rank, "city": cities[key]}
            for rank, key in enumerate(reserve_list(session, cohort.id), start=1)
        ]
    show(rows, as_json)


@app.command("letters")
def letters(year: Year, as_json: AsJson = False) -> None:
    """List a cohort's letters, what they decide, and whether all stages have followed."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        mine = select(Decision).where(Decision.cohort_id == cohort_of(session, year).id)
        rows = [_letter(row) for row in session.scalars(mine.order_by(Decision.id)).all()]
    show(rows, as_json)


@app.command("decide")
def decide(
    year: Year,
    letter: Number,
    on: On,
    selected: Annotated[list[str] | None, typer.Option(help="Slug; repeat it.")] = None,
    reserve: Annotated[
        list[str] | None, typer.Option(help="Slug; their order is the reserve list's.")
    ] = None,
    not_selected: Annotated[list[str] | None, typer.Option(help="Slug; repeat it.")] = None,
    publish_scores: Annotated[
        bool, typer.Option("--publish-scores", help="Show each city its own score.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Decide on cities of a cohort by one letter, all or nothing; stages follow by a job."""
    named = {
        VerdictKind.SELECTED: selected or [],
        VerdictKind.RESERVE: reserve or [],
        VerdictKind.NOT_SELECTED: not_selected or [],
    }
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        cohort = cohort_of(session, year)
        invited = _invited(session, cohort)
        given = LetterInput(letter, on.date(), publish_scores)
        verdicts = [
            VerdictInput(_participation(invited, slug, year), verdict)
            for verdict, slugs in named.items()
            for slug in slugs
        ]
        row = deciding.decide(session, cohort.id, letter=given, verdicts=verdicts)
        fact = _letter(row) | {"next": f"kotacerdas selection letters {year}"}
    show_fact(fact, as_json)


@app.command("promote")
def promote(year: Year, letter: Number, on: On, as_json: AsJson = False) -> None:
    """Select the first of the reserve list, where a place has become free."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        cohort = cohort_of(session, year)
        row = deciding.promote(session, cohort.id, letter=LetterInput(letter, on.date()))
        cities = {str(key): slug for slug, key in _invited(session, cohort).items()}
        fact = _letter(row) | {"city": cities[row.verdicts[0]["participation_id"]]}
        fact |= {"next": f"kotacerdas selection letters {year}"}
    show_fact(fact, as_json)


def _invited(session: Session, cohort: Cohort) -> dict[str, UUID]:
    """Return the participations of a cohort by their cities' slugs."""
    rows = session.execute(
        select(City.slug, Participation.id)
        .join(Participation, Participation.tenant_id == City.id)
        .where(Participation.cohort_id == cohort.id)
    )
    return {row[0]: row[1] for row in rows}


def _participation(invited: dict[str, UUID], slug: str, year: int) -> UUID:
    if slug not in invited:
        raise Refused(
            f"Kota {slug} tidak diundang ke angkatan {year}."
            " Lihat `kotacerdas participation list`.",
            f"The city {slug} is not invited into the cohort {year}."
            " See `kotacerdas participation list`.",
        )
    return invited[slug]


def _letter(row: Decision) -> dict[str, object]:
    counts = {
        kind.value: sum(line["verdict"] == kind.value for line in row.verdicts)
        for kind in VerdictKind
    }
    return {
        "letter": row.letter_number,
        "date": row.letter_date,
        **counts,
        "scores_published": row.publish_scores,
        "applied_at": row.applied_at,
    }
