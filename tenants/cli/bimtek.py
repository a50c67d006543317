"""Bimtek: sessions of a city and of a whole cohort, who came, and what they left."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError, DomainErrors
from kotacerdas.scope import Door
from tenants.bimtek.absence import absences
from tenants.bimtek.attendance import name_key
from tenants.bimtek.certificates import candidates
from tenants.bimtek.models import (
    Certificate,
    Workshop,
    WorkshopMode,
    WorkshopOutput,
    WorkshopState,
)
from tenants.bimtek.scheduling import hold, schedule, session_values
from tenants.cities.models import Unit
from tenants.cli import attendance_sheet
from tenants.cli.bimtek_rows import attendance_rows, participating, sessions_rows
from tenants.cli.console import AsJson, language_of, opened, operator, show, show_fact
from tenants.cli.lines import tell
from tenants.cli.lookups import city_named
from tenants.cli.participations import participation_of
from tenants.cli.refusals import Refused

app = typer.Typer(help="Schedule bimtek, keep attendance, see outputs, certificates, absences.")

CitySlug = Annotated[str, typer.Argument(help="The city's slug.")]
Year = Annotated[int | None, typer.Option(help="Year of the cohort; without: the last one.")]
Ordinal = Annotated[int, typer.Argument(help="Which session of the guide, from 1.")]
Moment = Annotated[
    datetime,
    typer.Option(formats=["%Y-%m-%dT%H:%M%z"], help="With its zone: 2022-06-13T08:30+07:00."),
]


@app.command("list")
def listing(city: CitySlug, year: Year = None, as_json: AsJson = False) -> None:
    """List a city's sessions with how many came and which outputs are open."""
    with opened() as database:
        scope = operator(Door.MINISTRY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            found = session.execute(sessions_rows(participation_of(session, year)[0]))
            rows = [dict(row._mapping) for row in found]
    show(rows, as_json)


@app.command("schedule")
def scheduling(
    context: typer.Context,
    year: Annotated[int, typer.Argument(help="Year of the cohort.")],
    ordinal: Ordinal,
    starts: Moment,
    ends: Moment,
    place: Annotated[str, typer.Option(help="Where people meet, or the address of the call.")],
    cities: Annotated[
        list[str] | None, typer.Argument(help="Slugs; without: all of the cohort that go on.")
    ] = None,
    mode: Annotated[WorkshopMode, typer.Option(help="How people meet.")] = WorkshopMode.ONSITE,
    opener: Annotated[str, typer.Option(help="Who opens it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Put one session on the calendar of many cities; what a city refuses is named.

    The same command again has no further effect. Leaves with 1 where a city refused.
    """
    times = {"starts_at": starts, "ends_at": ends, "place": place, "opener": opener}
    values = session_values(times) | {"ordinal": ordinal, "mode": mode}
    key = sha256(repr((year, sorted(values.items()))).encode()).hexdigest()
    rows: list[dict[str, object]] = []
    with opened() as database:
        for slug, row in participating(database, year, cities):
            scope = operator(Door.MINISTRY, row.tenant_id)
            try:
                with database.unit_of_work(scope) as session:
                    schedule(session, row.id, **values, idempotency_key=key)
                rows.append({"city": slug, "session": ordinal, "refused": None})
            except (DomainError, DomainErrors) as refusal:
                told = _told(refusal, language_of(context))
                rows.append({"city": slug, "session": ordinal, "refused": told})
    show(rows, as_json)
    if any(row["refused"] for row in rows):
        raise typer.Exit(1)


@app.command("hold")
def holding(city: CitySlug, ordinal: Ordinal, year: Year = None, as_json: AsJson = False) -> None:
    """Note that a session took place; heads of absent departments are told."""
    with opened() as database:
        scope = operator(Door.CITY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            row = _session(session, ordinal, year)
            row = hold(session, row.id, expected_version=row.version)
            fact = {"city": city, "session": row.ordinal, "state": row.state.value}
    show_fact(fact, as_json)


@app.command("attendance")
def attending(
    context: typer.Context,
    city: CitySlug,
    ordinal: Ordinal,
    file: Annotated[
        Path | None,
        typer.Argument(exists=True, dir_okay=False, help="A CSV to bring in; without: shown."),
    ] = None,
    year: Year = None,
    dry_run: Annotated[bool, typer.Option(help="Only tell what would happen.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show who came to a session, or bring the list in: unit, name, presence, position, signedAt.

    Lines that are there already are corrected; with one faulty line nothing is saved.
    """
    with opened() as database:
        scope = operator(Door.CITY, city_named(database, city))
        if file is None:
            with database.unit_of_work(scope) as session:
                found = session.execute(attendance_rows(_session(session, ordinal, year)))
                rows = [dict(row._mapping) for row in found]
            show(rows, as_json)
            return
        with database.unit_of_work(scope) as session:
            workshop_id = _session(session, ordinal, year).id
        count, faults = attendance_sheet.bring_in(database, scope, file, workshop_id, dry_run)
    tell(count, faults, dry_run=dry_run, language=language_of(context), as_json=as_json)


@app.command("outputs")
def outputs(city: CitySlug, year: Year = None, as_json: AsJson = False) -> None:
    """List what the sessions must leave and how far it has come."""
    with opened() as database:
        scope = operator(Door.MINISTRY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            row, _ = participation_of(session, year)
            mine = select(WorkshopOutput).where(
                WorkshopOutput.tenant_id == row.tenant_id,
                WorkshopOutput.participation_id == row.id,
            )
            ordered = mine.order_by(WorkshopOutput.ordinal, WorkshopOutput.code)
            rows = [
                {
                    "session": each.ordinal,
                    "code": each.code,
                    "name": each.name,
                    "state": each.state.value,
                    "where": each.url or each.note or None,
                    "returned": each.reason,
                }
                for each in session.scalars(ordered)
            ]
    show(rows, as_json)


@app.command("certificates")
def certificates(city: CitySlug, year: Year = None, as_json: AsJson = False) -> None:
    """List who was present, who has earned a certificate, and the numbers given."""
    with opened() as database:
        scope = operator(Door.CITY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            row, _ = participation_of(session, year)
            given = select(Certificate).where(
                Certificate.tenant_id == row.tenant_id, Certificate.participation_id == row.id
            )
            numbers = {
                (each.unit_id, each.name_key): each.number for each in session.scalars(given)
            }
            units = dict(
                session.execute(
                    select(Unit.id, Unit.short_name).where(Unit.tenant_id == row.tenant_id)
                ).all()
            )
            rows = [
                {
                    "unit": units[each.unit_id],
                    "name": each.name,
                    "attended": f"{each.attended}/{each.held}",
                    "earned": "yes" if each.eligible else "no",
                    "number": getattr(
                        numbers.get((each.unit_id, name_key(each.name))), "number", None
                    ),
                }
                for each in candidates(session, row.id)
            ]
    show(rows, as_json)


@app.command("absent")
def absent(
    year: Annotated[int, typer.Argument(help="Year of the cohort.")],
    session_number: Annotated[
        int | None, typer.Option("--session", help="Which session; without: all that were held.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List departments of all cities of which nobody came to a session that was held."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        rows = [dict(row._mapping) for row in session.execute(absences(year, session_number))]
    show(rows, as_json)


def _session(session: Session, ordinal: int, year: int | None) -> Workshop:
    row, of = participation_of(session, year)
    standing = select(Workshop).where(
        Workshop.tenant_id == row.tenant_id,
        Workshop.participation_id == row.id,
        Workshop.ordinal == ordinal,
        Workshop.state != WorkshopState.CANCELLED,
    )
    found = session.scalar(standing)
    if found is None:
        raise Refused(
            f"Bimtek ke-{ordinal} angkatan {of} belum dijadwalkan."
            " Jadwalkan dengan `kotacerdas bimtek schedule`.",
            f"Bimtek {ordinal} of {of} is not scheduled. Schedule it by `kotacerdas bimtek"
            " schedule`.",
        )
    return found


def _told(refusal: DomainError | DomainErrors, language: str) -> str:
    errors = refusal.errors if isinstance(refusal, DomainErrors) else [refusal]
    return " ".join(error.text(language) for error in errors)
