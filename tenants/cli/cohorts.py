"""Cohorts: planned for a year and an edition, changed, and opened for invitations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kotacerdas.scope import Door
from tenants.cities.models import Participation
from tenants.cli.console import AsJson, opened, operator, show, show_fact
from tenants.cli.editions import named
from tenants.cli.refusals import Refused
from tenants.editions import cohorts
from tenants.editions.cohorts import CohortChanges
from tenants.editions.models import Cohort, GuideEdition

app = typer.Typer(help="Plan a year's cohort, change it, and open it for invitations.")

Year = Annotated[int, typer.Argument(help="Calendar year of the cohort.")]
Day = Annotated[
    datetime | None,
    typer.Option("--target", formats=["%Y-%m-%d"], help="Day the books should be finished."),
]
Theme = Annotated[str | None, typer.Option(help="Motto of the year.")]


@app.command("list")
def listing(as_json: AsJson = False) -> None:
    """List all cohorts with their edition and how many cities take part here."""
    taking = (
        select(Cohort, GuideEdition.code, func.count(Participation.id))
        .join(GuideEdition, GuideEdition.id == Cohort.edition_id)
        .outerjoin(Participation, Participation.cohort_id == Cohort.id)
        .group_by(Cohort.id, GuideEdition.code)
        .order_by(Cohort.year)
    )
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        rows = [
            _line(row, code) | {"participations": count}
            for row, code, count in session.execute(taking)
        ]
    show(rows, as_json)


@app.command("create")
def creating(
    year: Year,
    edition: Annotated[str, typer.Argument(help="Code of an active edition.")],
    quota: Annotated[int, typer.Argument(help="Participations that are announced.")],
    theme: Theme = None,
    target: Day = None,
    as_json: AsJson = False,
) -> None:
    """Plan a cohort; then open it by `cohort open`."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        row = cohorts.create(
            session,
            year=year,
            edition_id=named(session, edition).id,
            quota=quota,
            theme=theme,
            target_date=target and target.date(),
        )
        fact = _line(row, edition)
    show_fact(fact, as_json)


@app.command("update")
def updating(
    year: Year,
    quota: Annotated[int | None, typer.Option(help="Participations that are announced.")] = None,
    theme: Theme = None,
    target: Day = None,
    edition: Annotated[
        str | None, typer.Option(help="Code of another edition, until it is opened.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Change a cohort; what is not given stays, an empty motto takes it away."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        changes: CohortChanges = {}
        if quota is not None:
            changes["quota"] = quota
        if theme is not None:
            changes["theme"] = theme
        if target is not None:
            changes["target_date"] = target.date()
        if edition is not None:
            changes["edition_id"] = named(session, edition).id
        row = _of_year(session, year)
        row = cohorts.update(session, row.id, expected_version=row.version, changes=changes)
        fact = _line(row, session.get_one(GuideEdition, row.edition_id).code)
    show_fact(fact, as_json)


@app.command("open")
def opening(year: Year, as_json: AsJson = False) -> None:
    """Let cities be invited by `participation invite`; the edition stays from now on."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        row = _of_year(session, year)
        row = cohorts.open_cohort(session, row.id, expected_version=row.version)
        fact = _line(row, session.get_one(GuideEdition, row.edition_id).code)
    show_fact(fact, as_json)


def _of_year(session: Session, year: int) -> Cohort:
    row = session.scalar(select(Cohort).where(Cohort.year == year))
    if row is None:
        raise Refused(
            f"Angkatan {year} belum ada. Lihat `kotacerdas cohort list`.",
            f"There is no cohort {year}. See `kotacerdas cohort list`.",
        )
    return row


def _line(row: Cohort, edition: str) -> dict[str, object]:
    return {
        "year": row.year,
        "state": row.state.value,
        "edition": edition,
        "quota": row.quota,
        "theme": row.theme,
        "target_date": row.target_date,
    }
