"""Departments: listed, and renamed, merged, split or ended with their open work."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.database import Database
from kotacerdas.scope import Door
from tenants.cities.models import Unit
from tenants.cli.console import AsJson, opened, operator, show, show_fact
from tenants.cli.lookups import city_named, unit_called
from tenants.cli.refusals import Refused
from tenants.reorganisation.asking import Choice, Ending, Reorganisation, Successor
from tenants.reorganisation.models import ReorganisationKind, UnitSuccession
from tenants.reorganisation.open_work import open_work
from tenants.reorganisation.reorganising import reorganise

app = typer.Typer(help="List departments, and rename, merge, split or end them.")

CitySlug = Annotated[str, typer.Argument(help="The city's slug.")]
ShortName = Annotated[str, typer.Argument(help="Short name of the department.")]
On = Annotated[
    datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="First day without the former.")
]
Basis = Annotated[str, typer.Option(help="Regulation behind it, e.g. Perda 5 Tahun 2026.")]
Moves = Annotated[
    list[str] | None,
    typer.Option("--move", help="ID=SHORTNAME: which successor takes it; see `unit work`."),
]


@app.command("list")
def listing(
    city: CitySlug,
    ended: Annotated[bool, typer.Option("--ended", help="Those that ended, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List a city's departments, with those that took over where one ended."""
    with opened() as database:
        tenant_id = city_named(database, city)
        rows = select(Unit).where(Unit.tenant_id == tenant_id)
        if not ended:
            rows = rows.where(Unit.valid_to.is_(None))
        with database.unit_of_work(operator(Door.CITY, tenant_id)) as session:
            units = session.scalars(rows.order_by(Unit.short_name, Unit.id)).all()
            followed = _followed(session, tenant_id) if ended else {}
            facts = [
                {
                    "short_name": unit.short_name,
                    "name": unit.name,
                    "kind": unit.kind.value,
                    "from": unit.valid_from,
                    "to": unit.valid_to,
                    "successors": ", ".join(followed.get(unit.id, [])),
                }
                for unit in units
            ]
    show(facts, as_json)


@app.command("work")
def work(city: CitySlug, unit: ShortName, as_json: AsJson = False) -> None:
    """List what of a department's work is open and would move with a reorganisation."""
    with opened() as database:
        tenant_id = city_named(database, city)
        unit_id = unit_called(database, tenant_id, unit)
        with database.unit_of_work(operator(Door.CITY, tenant_id)) as session:
            found = open_work(session, unit_id)
    rows = [{"kind": item.kind.value, "id": item.id, "name": item.name} for item in found]
    show(rows, as_json)


@app.command("rename")
def rename(
    city: CitySlug,
    unit: ShortName,
    name: Annotated[str, typer.Argument(help="New full name.")],
    on: On,
    short_name: Annotated[str, typer.Option(help="New short name; by default it stays.")] = "",
    basis: Basis = "",
    as_json: AsJson = False,
) -> None:
    """End a department and let one of the new name take over; what is closed keeps the old name."""
    successor = Successor(name=name, short_name=short_name or unit)
    _reorganise(city, ReorganisationKind.RENAME, [unit], [successor], on, basis, None, as_json)


@app.command("merge")
def merge(
    city: CitySlug,
    units: Annotated[list[str], typer.Argument(help="Short names of those that end.")],
    into: Annotated[str, typer.Option(help="Short name of the one that takes over.")],
    on: On,
    name: Annotated[str, typer.Option(help="Full name, where it is new.")] = "",
    basis: Basis = "",
    as_json: AsJson = False,
) -> None:
    """Merge departments into one that is there or, with --name, into a new one."""
    with opened() as database:
        successor = _successor(database, city, into, name)
    _reorganise(city, ReorganisationKind.MERGE, units, [successor], on, basis, None, as_json)


@app.command("split")
def split(
    city: CitySlug,
    unit: ShortName,
    into: Annotated[
        list[str],
        typer.Option(help="SHORTNAME of one that is there, or SHORTNAME=NAME of a new one."),
    ],
    on: On,
    moves: Moves = None,
    basis: Basis = "",
    as_json: AsJson = False,
) -> None:
    """Split a department; the first successor takes the open work that no --move names."""
    with opened() as database:
        parts = [each.partition("=") for each in into]
        successors = [_successor(database, city, short, name) for short, _, name in parts]
    names = [short for short, _, _ in parts]
    choices = [_choice(move, names) for move in moves or []]
    _reorganise(city, ReorganisationKind.SPLIT, [unit], successors, on, basis, choices, as_json)


@app.command("end")
def end(
    city: CitySlug,
    units: Annotated[list[str], typer.Argument(help="Short names of those that end.")],
    on: On,
    basis: Basis = "",
    as_json: AsJson = False,
) -> None:
    """End departments that nobody follows; refused while work of theirs is open."""
    _reorganise(city, ReorganisationKind.END, units, [], on, basis, None, as_json)


def _reorganise(
    city: str,
    kind: ReorganisationKind,
    units: list[str],
    successors: list[Successor],
    on: datetime,
    basis: str,
    choices: list[Choice] | None,
    as_json: bool,
) -> None:
    with opened() as database:
        tenant_id = city_named(database, city)
        ids = [unit_called(database, tenant_id, unit) for unit in units]
        with database.unit_of_work(operator(Door.CITY, tenant_id)) as session:
            mine = select(Unit.id, Unit.version).where(Unit.tenant_id == tenant_id)
            versions = dict(session.execute(mine.where(Unit.id.in_(ids))).all())
            endings = tuple(Ending(unit_id, versions[unit_id]) for unit_id in ids)
            asked = Reorganisation(
                kind, endings, on.date(), tuple(successors), basis, tuple(choices or ())
            )
            reorganise(session, asked)
            followed = _followed(session, tenant_id)
    fact = {
        "kind": kind.value,
        "ended": ", ".join(units),
        "on": on.date(),
        "successors": ", ".join(dict.fromkeys(name for each in ids for name in followed[each])),
        "next": f"kotacerdas unit list {city} --ended",
    }
    show_fact(fact, as_json)


def _followed(session: Session, tenant_id: int) -> dict[UUID, list[str]]:
    """Short names of those that took over, by the unit that ended."""
    successor = UnitSuccession.successor_id == Unit.id
    rows = (
        select(UnitSuccession.unit_id, Unit.short_name)
        .outerjoin(Unit, successor & (Unit.tenant_id == tenant_id))
        .where(UnitSuccession.tenant_id == tenant_id)
        .order_by(UnitSuccession.id)
    )
    followed: dict[UUID, list[str]] = {}
    for unit_id, short_name in session.execute(rows):
        followed.setdefault(unit_id, []).extend([short_name] if short_name else [])
    return followed


def _successor(database: Database, city: str, short_name: str, name: str) -> Successor:
    if name:
        return Successor(name=name, short_name=short_name)
    return Successor(unit_called(database, city_named(database, city), short_name))


def _choice(move: str, names: list[str]) -> Choice:
    subject, _, short_name = move.rpartition("=")
    try:
        return Choice(UUID(subject), names.index(short_name))
    except ValueError:
        raise Refused(
            f"--move {move}: tulis ID=SINGKATAN dari `unit work` dan --into.",
            f"--move {move}: write ID=SHORTNAME out of `unit work` and --into.",
        ) from None
