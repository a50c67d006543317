"""The yearly evaluation: opening a round, naming who takes part, seeing how cities stand."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import func, select

from kotacerdas.database import Database
from kotacerdas.scope import Door
from tenants.cities.models import City
from tenants.cli.console import AsJson, opened, operator, show, show_fact
from tenants.cli.lookups import city_named
from tenants.cli.refusals import Refused
from tenants.editions.models import GuideEdition
from tenants.evaluation.models import Evaluation, EvaluationResult, EvaluationRound
from tenants.evaluation.rounds import open_round, take_part

app = typer.Typer(help="Open a yearly evaluation, name who takes part, see how cities stand.")

Year = Annotated[int, typer.Argument(help="Year that is evaluated.")]


@app.command("open")
def opening(
    year: Year,
    edition: Annotated[str, typer.Argument(help="Code of the guide whose weights count.")],
    due_at: Annotated[datetime, typer.Argument(help="When self scores are due, in UTC.")],
    scale_maximum: Annotated[str, typer.Option(help="Highest score of an item.")] = "5",
    objection_days: Annotated[int, typer.Option(help="Days for objections.")] = 7,
    as_json: AsJson = False,
) -> None:
    """Open the evaluation of a year; then let cities take part by `evaluation join`."""
    maximum = _decimal(scale_maximum)
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        row = open_round(
            session,
            year=year,
            edition_code=edition,
            scale_maximum=maximum,
            self_score_due_at=due_at.replace(tzinfo=due_at.tzinfo or UTC),
            objection_days=objection_days,
        )
        fact = {"year": row.year, "edition": edition, "scale_maximum": row.scale_maximum}
        fact |= {"self_scores_due": row.self_score_due_at, "objection_days": row.objection_days}
    show_fact(fact, as_json)


@app.command("join")
def join(
    year: Year,
    cities: Annotated[list[str], typer.Argument(help="Slugs of the cities.")],
    as_json: AsJson = False,
) -> None:
    """Let cities take part in a year's round; if one of them is unknown, none does."""
    with opened() as database:
        round_id = _round(database, year)
        tenants = [city_named(database, slug) for slug in cities]
        for tenant_id in tenants:
            with database.unit_of_work(operator(Door.MINISTRY, tenant_id)) as session:
                take_part(session, round_id)
    show([{"city": slug, "year": year, "state": "self_scoring"} for slug in cities], as_json)


@app.command("rounds")
def rounds(as_json: AsJson = False) -> None:
    """List the rounds with how many cities take part."""
    counted = (
        select(EvaluationRound, GuideEdition.code, func.count(Evaluation.id))
        .join(GuideEdition, GuideEdition.id == EvaluationRound.edition_id)
        .outerjoin(Evaluation, Evaluation.round_id == EvaluationRound.id)
        .group_by(EvaluationRound.id, GuideEdition.code)
        .order_by(EvaluationRound.year)
    )
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        rows = [
            {
                "year": held.year,
                "edition": code,
                "scale_maximum": held.scale_maximum,
                "self_scores_due": held.self_score_due_at,
                "cities": cities,
            }
            for held, code, cities in session.execute(counted)
        ]
    show(rows, as_json)


@app.command("list")
def listing(year: Year, as_json: AsJson = False) -> None:
    """List who takes part in a year's round, where they stand and their last result."""
    last = (
        select(EvaluationResult.index)
        .where(
            EvaluationResult.tenant_id == Evaluation.tenant_id,
            EvaluationResult.evaluation_id == Evaluation.id,
        )
        .order_by(EvaluationResult.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    with opened() as database:
        joined = (
            select(City.slug, Evaluation.state, last.label("index"), Evaluation.letter_number)
            .join(City, City.id == Evaluation.tenant_id)
            .where(Evaluation.round_id == _round(database, year))
            .order_by(City.slug)
        )
        with database.unit_of_work(operator(Door.MINISTRY)) as session:
            rows = [dict(row._mapping) for row in session.execute(joined)]
    show(rows, as_json)


def _round(database: Database, year: int) -> UUID:
    with database.unit_of_work(operator(Door.MINISTRY)) as session:
        found = session.scalar(select(EvaluationRound.id).where(EvaluationRound.year == year))
    if found is None:
        raise Refused(
            f"Evaluasi tahun {year} belum dibuka. Buka dengan `kotacerdas evaluation open`.",
            f"There is no evaluation of {year}. Open it with `kotacerdas evaluation open`.",
        )
    return found


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise Refused(
            f"{text} bukan angka. Tulis seperti 4 atau 4.5.",
            f"{text} is no number. Write it like 4 or 4.5.",
        ) from None
