"""Participations: inviting a city, its steps, and what the next one waits for."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from sqlalchemy import Select, literal, select
from sqlalchemy.orm import Session

from kotacerdas.scope import Door, tenant_of
from tenants.cities.models import Participation, ParticipationMode
from tenants.cities.participation import invite
from tenants.cities.repeats import is_repeat
from tenants.cities.workflow import Stage, next_stages
from tenants.cli.console import AsJson, opened, operator, show, show_fact
from tenants.cli.lookups import city_named
from tenants.cli.refusals import Refused
from tenants.editions.models import Cohort
from tenants.process.advancing import advance
from tenants.process.guards import missing_for

app = typer.Typer(help="Invite cities, take steps, and see what the next one waits for.")

City = Annotated[str, typer.Argument(help="The city's slug.")]
Year = Annotated[int | None, typer.Option(help="Year of the cohort; without: the last one.")]
On = Annotated[
    datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="Day that it happened, 2022-04-21.")
]


@app.command("list")
def listing(city: City, as_json: AsJson = False) -> None:
    """List a city's participations, the last cohort first."""
    with opened() as database:
        scope = operator(Door.MINISTRY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            rows = _of_city(session).add_columns(
                is_repeat(Participation.__table__, literal(tenant_of(session)))
            )
            found = [
                _row(row, year) | {"repeat": repeat} for row, year, repeat in session.execute(rows)
            ]
    show(found, as_json)


@app.command("invite")
def begin(
    city: City,
    year: Annotated[int, typer.Argument(help="Year of the cohort.")],
    on: On,
    mode: Annotated[
        ParticipationMode, typer.Option(help="How it comes to take part.")
    ] = ParticipationMode.INVITATION,
    as_json: AsJson = False,
) -> None:
    """Invite a city into a cohort; its administrators are told."""
    with opened() as database:
        scope = operator(Door.MINISTRY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            row = invite(session, cohort_year=year, occurred_on=on.date(), mode=mode)
    show_fact(_row(row, year), as_json)


@app.command("advance")
def step(
    city: City,
    stage: Annotated[Stage, typer.Argument(help="Stage to enter.")],
    on: On,
    number: Annotated[str | None, typer.Option(help="Number of the letter or decree.")] = None,
    note: Annotated[str | None, typer.Option(help="What to note about it.")] = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """Take a step; a refusal names everything that the stage still waits for."""
    with opened() as database:
        scope = operator(Door.MINISTRY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            row, of = participation_of(session, year)
            row = advance(
                session,
                row.id,
                to=stage,
                occurred_on=on.date(),
                expected_version=row.version,
                document_number=number,
                note=note,
            )
    show_fact(_row(row, of), as_json)


@app.command("missing")
def waiting(
    context: typer.Context,
    city: City,
    stage: Annotated[
        Stage | None, typer.Option(help="For which stage; without: the next one.")
    ] = None,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """List what keeps a city from a stage, and whose turn it is."""
    with opened() as database:
        scope = operator(Door.MINISTRY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            row, _ = participation_of(session, year)
            found = [
                {
                    "code": item.error.code,
                    "owner": item.owner.value,
                    "missing": item.error.text(context.obj.language),
                }
                for item in missing_for(session, row.id, stage=stage)
            ]
    show(found, as_json)


def _of_city(session: Session) -> Select[Participation, int]:
    rows = select(Participation, Cohort.year).join(Cohort, Cohort.id == Participation.cohort_id)
    mine = rows.where(Participation.tenant_id == tenant_of(session))
    return mine.order_by(Cohort.year.desc())


def participation_of(session: Session, year: int | None) -> tuple[Participation, int]:
    """Return the city's participation of a cohort's year, or its last, with the year.

    Raises Refused where there is none.
    """
    rows = _of_city(session)
    found = session.execute(rows if year is None else rows.where(Cohort.year == year)).first()
    if found is None:
        raise Refused(
            "Kota ini belum diundang. Undang dengan `kotacerdas participation invite`.",
            "The city has not been invited. Invite it by `kotacerdas participation invite`.",
        )
    return found[0], found[1]


def _row(row: Participation, year: int) -> dict[str, object]:
    return {
        "cohort": year,
        "stage": row.stage.value,
        "mode": row.mode.value,
        "next": [stage.value for stage in next_stages(row.stage)],
        "version": row.version,
        "id": str(row.id),
    }
