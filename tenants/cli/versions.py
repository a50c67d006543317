"""Steps of a masterplan at the console: freezing, adopting, going on from a version."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.scope import Door
from tenants.cli.console import AsJson, opened, operator, show, show_fact
from tenants.cli.lookups import city_named, person_scope
from tenants.cli.plans import City, Year, plan_of, version_of
from tenants.cli.refusals import Refused
from tenants.institutions.models import Regulation, RegulationSubject
from tenants.masterplan import adopting, forking, freezing
from tenants.masterplan.models import Adoption, MasterplanVersion

By = Annotated[str, typer.Option("--as", help="E-mail address of who takes the step.")]


def freeze(city: City, email: By, cohort: Year = None, as_json: AsJson = False) -> None:
    """Freeze the plan to a version; everything that is missing is named."""
    with opened() as database:
        tenant_id = city_named(database, city)
        with database.unit_of_work(person_scope(database, email, Door.CITY, tenant_id)) as session:
            plan = plan_of(session, tenant_id, cohort)
            made = freezing.freeze(session, plan.id, expected_version=plan.version)
            fact = _row(made, None)
    show_fact({**fact, "next": f"kotacerdas document request {city} --as {email}"}, as_json)


def adopt(
    city: City,
    regulation: Annotated[str, typer.Argument(help="The regulation: NUMBER/YEAR, as 41/2022.")],
    email: By,
    version: Annotated[int | None, typer.Option(help="Version; without: the last one.")] = None,
    cohort: Year = None,
    as_json: AsJson = False,
) -> None:
    """Record that a regulation on the masterplan adopts a frozen version."""
    with opened() as database:
        tenant_id = city_named(database, city)
        with database.unit_of_work(person_scope(database, email, Door.CITY, tenant_id)) as session:
            plan = plan_of(session, tenant_id, cohort)
            found = version_of(session, plan, version)
            law = _regulation(session, tenant_id, regulation)
            adopting.adopt(session, found.id, regulation_id=law.id)
            fact = _row(found, regulation)
    show_fact({**fact, "next": f"kotacerdas participation advance {city}"}, as_json)


def fork(
    city: City,
    version: Annotated[int, typer.Argument(help="Number of the version to go on from.")],
    email: By,
    cohort: Year = None,
    as_json: AsJson = False,
) -> None:
    """Make the working copy what a version was; what stands is kept as a version first."""
    with opened() as database:
        tenant_id = city_named(database, city)
        with database.unit_of_work(person_scope(database, email, Door.CITY, tenant_id)) as session:
            plan = plan_of(session, tenant_id, cohort)
            source = version_of(session, plan, version).id
            forking.fork(session, source, expected_version=plan.version)
            kept = version_of(session, plan, None).number
    show_fact({"working_copy_of": version, "kept_as": kept}, as_json)


def versions(city: City, cohort: Year = None, as_json: AsJson = False) -> None:
    """List the plan's versions, oldest first."""
    with opened() as database:
        tenant_id = city_named(database, city)
        with database.unit_of_work(operator(Door.CITY, tenant_id)) as session:
            plan = plan_of(session, tenant_id, cohort)
            of = Adoption.masterplan_version_id == MasterplanVersion.id
            rows = (
                select(MasterplanVersion, Regulation)
                .outerjoin(Adoption, (Adoption.tenant_id == tenant_id) & of)
                .outerjoin(
                    Regulation,
                    (Regulation.tenant_id == tenant_id) & (Regulation.id == Adoption.regulation_id),
                )
                .where(MasterplanVersion.tenant_id == tenant_id)
                .where(MasterplanVersion.masterplan_id == plan.id)
                .order_by(MasterplanVersion.number)
            )
            found = [
                _row(version, f"{law.number}/{law.year}" if law else None)
                for version, law in session.execute(rows)
            ]
    show(found, as_json)


def _regulation(session: Session, tenant_id: int, name: str) -> Regulation:
    number, _, year = name.rpartition("/")
    if number and year.isdigit():
        mine = {"tenant_id": tenant_id, "number": number, "year": int(year)}
        about = Regulation.subject == RegulationSubject.MASTERPLAN
        found = session.scalar(select(Regulation).filter_by(**mine).where(about).limit(1))
        if found is not None:
            return found
    raise Refused(
        f"Peraturan {name} tentang masterplan belum dicatat. Catat melalui `regulationRecord`.",
        f"No regulation {name} on the masterplan is recorded. Record it by `regulationRecord`.",
    )


def _row(version: MasterplanVersion, regulation: str | None) -> dict[str, object]:
    return {
        "version": version.number,
        "frozen_at": version.created_at,
        "set_aside": "yes" if version.is_set_aside else "no",
        "hash": version.content_hash.hex()[:12],
        "adopted_by": regulation,
    }
