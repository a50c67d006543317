"""Experts: who mentors or assesses which city, what each carries, and handing over."""

from __future__ import annotations

import sys
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.database import Database
from kotacerdas.identity.models import Person
from kotacerdas.scope import Door
from tenants.cities.models import City
from tenants.cli.console import AsJson, opened, operator, show, show_fact
from tenants.cli.lookups import city_named, person_named, person_scope
from tenants.cli.refusals import Refused
from tenants.experts.assigning import assign, end
from tenants.experts.models import Assignment, ExpertPart
from tenants.experts.queries import loads
from tenants.experts.reassigning import reassign, write_handover
from tenants.inbox.waiting import inbox

app = typer.Typer(help="Assign experts to cities, see what they carry, hand work over.")

Email = Annotated[str, typer.Argument(help="The expert's e-mail address.")]
CitySlug = Annotated[str, typer.Argument(help="The city's slug.")]
Cycle = Annotated[int, typer.Argument(help="Year of the cohort or of the evaluation.")]


@app.command("assign")
def assigning(
    email: Email,
    city: CitySlug,
    part: Annotated[ExpertPart, typer.Argument(help="mentor or assessor.")],
    cycle: Cycle,
    as_json: AsJson = False,
) -> None:
    """Give an expert a part in a city; nobody mentors and assesses it in one cycle."""
    with opened() as database:
        tenant_id, person_id = city_named(database, city), person_named(database, email)
        with database.unit_of_work(operator(Door.MINISTRY, tenant_id)) as session:
            row = assign(session, person_id, part=part, cycle=cycle)
    show_fact(_fact(row, email, city), as_json)


@app.command("reassign")
def reassigning(
    email: Email,
    city: CitySlug,
    cycle: Cycle,
    successor: Annotated[str, typer.Argument(help="E-mail address of who continues.")],
    as_json: AsJson = False,
) -> None:
    """Give an expert's assignment to a successor, with the reviews that were begun."""
    with opened() as database:
        tenant_id, person_id = city_named(database, city), person_named(database, email)
        successor_id = person_named(database, successor)
        with database.unit_of_work(operator(Door.MINISTRY, tenant_id)) as session:
            row = _running(session, tenant_id, person_id, cycle)
            following = reassign(
                session, row.id, successor_id=successor_id, expected_version=row.version
            )
    show_fact(_fact(following, successor, city), as_json)


@app.command("release")
def release(email: Email, city: CitySlug, cycle: Cycle) -> None:
    """End an expert's assignment; the last one in a city takes their sight of it along."""
    with opened() as database:
        tenant_id, person_id = city_named(database, city), person_named(database, email)
        with database.unit_of_work(operator(Door.MINISTRY, tenant_id)) as session:
            row = _running(session, tenant_id, person_id, cycle)
            end(session, row.id, expected_version=row.version)
    typer.echo("Ended. See `kotacerdas expert list`.")


@app.command("handover")
def handover(email: Email, city: CitySlug, cycle: Cycle) -> None:
    """Keep an expert's notes for a successor, read from standard input."""
    with opened() as database:
        tenant_id = city_named(database, city)
        scope = person_scope(database, email, Door.CITY, tenant_id)
        with database.unit_of_work(scope) as session:
            row = _running(session, tenant_id, scope.person_id, cycle)
            write_handover(session, row.id, text=sys.stdin.read(), expected_version=row.version)
    typer.echo("Kept. The successor and the ministry will read it.")


@app.command("list")
def listing(city: CitySlug, as_json: AsJson = False) -> None:
    """List a city's experts, those who left included."""
    with opened() as database:
        tenant_id = city_named(database, city)
        joined = (
            select(Person.name, Assignment)
            .join(Person, Person.id == Assignment.person_id)
            .where(Assignment.tenant_id == tenant_id)
            .order_by(Assignment.cycle.desc(), Assignment.id)
        )
        with database.unit_of_work(operator(Door.MINISTRY, tenant_id)) as session:
            rows = [_line(name, row) for name, row in session.execute(joined)]
    show(rows, as_json)


@app.command("load")
def load(as_json: AsJson = False) -> None:
    """List every expert with their cities, open reviews and the oldest of these."""
    with opened() as database:
        carried = loads().subquery()
        ordered = select(carried).order_by(carried.c.open_reviews.desc(), carried.c.name)
        with database.unit_of_work(operator(Door.MINISTRY)) as session:
            rows = [dict(row._mapping) for row in session.execute(ordered)]
    hidden = ("id", "person_id")
    show([{k: v for k, v in row.items() if k not in hidden} for row in rows], as_json)


@app.command("inbox")
def waiting(email: Email, as_json: AsJson = False) -> None:
    """List what waits for an expert in all their cities, oldest first."""
    with opened() as database:
        found = []
        for tenant_id in _cities(database, email):
            with database.unit_of_work(
                person_scope(database, email, Door.CITY, tenant_id)
            ) as session:
                found += inbox(session)
    found.sort(key=lambda item: (item.since, item.subject_id))
    show(
        [
            {"since": item.since, "city": item.slug, "kind": item.kind.value, "name": item.name}
            for item in found
        ],
        as_json,
    )


def _cities(database: Database, email: str) -> list[int]:
    person_id = person_named(database, email)
    mine = (
        select(City.id)
        .join(Assignment, Assignment.tenant_id == City.id)
        .where(Assignment.person_id == person_id, Assignment.ended_at.is_(None))
        .distinct()
        .order_by(City.id)
    )
    with database.unit_of_work(operator(Door.MINISTRY)) as session:
        return list(session.scalars(mine))


def _running(session: Session, tenant_id: int, person_id: UUID | None, cycle: int) -> Assignment:
    row = session.scalar(
        select(Assignment).where(
            Assignment.tenant_id == tenant_id,
            Assignment.person_id == person_id,
            Assignment.cycle == cycle,
        )
    )
    if row is None:
        raise Refused(
            f"Tidak ada penugasan orang itu pada siklus {cycle}. Lihat `kotacerdas expert list`.",
            f"That person has no assignment there in {cycle}. See `kotacerdas expert list`.",
        )
    return row


def _fact(row: Assignment, email: str, city: str) -> dict[str, object]:
    return {"expert": email, "city": city, "part": row.part.value, "cycle": row.cycle}


def _line(name: str, row: Assignment) -> dict[str, object]:
    return {
        "expert": name,
        "part": row.part.value,
        "cycle": row.cycle,
        "started_at": row.started_at,
        "ended_at": row.ended_at,
        "handover": row.handover or None,
    }
