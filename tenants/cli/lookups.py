"""Finding what an operator names: a city by its slug, a person by an e-mail address."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kotacerdas.database import Database
from kotacerdas.identity.members import grants_of
from kotacerdas.identity.people import account_by_email, email_value
from kotacerdas.scope import NATION, Door, Scope, tenant_of
from tenants.cities.models import City, Participation, Unit
from tenants.cli.console import REQUEST, operator
from tenants.cli.refusals import Refused
from tenants.editions.models import Cohort

NATION_NAME = "nation"
"""How the tenant of the ministry's own rows is called."""


def tenant_named(database: Database, slug: str | None) -> int:
    """Return the tenant of a city's slug; none or `nation` is the ministry's. Raises Refused."""
    if slug is None or slug == NATION_NAME:
        return NATION
    with database.unit_of_work(operator(Door.MINISTRY)) as session:
        tenant_id = session.scalar(select(City.id).where(City.slug == slug))
    if tenant_id is None:
        raise Refused(
            f"Kota {slug} tidak terdaftar. Lihat `kotacerdas city list`.",
            f"There is no city {slug}. See `kotacerdas city list`.",
        )
    return tenant_id


def city_named(database: Database, slug: str) -> int:
    """Return the tenant of a city's slug; raises Refused, for `nation` too."""
    tenant_id = tenant_named(database, slug)
    if tenant_id == NATION:
        raise Refused("Sebutkan satu kota.", "Name a city.")
    return tenant_id


def tenant_names(database: Database) -> dict[int, str]:
    """Return every tenant's name: the cities' slugs, and `nation`."""
    with database.unit_of_work(operator(Door.MINISTRY)) as session:
        cities = session.execute(select(City.id, City.slug).order_by(City.id))
        return {NATION: NATION_NAME, **dict(cities.all())}


def person_named(database: Database, email: str) -> UUID:
    """Return who has an address; raises Refused."""
    with database.unit_of_work(operator(Door.IDENTITY)) as session:
        account = account_by_email(session, email_value(email))
    if account is None:
        raise Refused(
            f"{email} belum punya akun. Buat dengan `kotacerdas user add`.",
            f"{email} has no account. Make one with `kotacerdas user add`.",
        )
    return account.person_id


def person_scope(database: Database, email: str, door: Door, tenant_id: int) -> Scope:
    """Return a scope in which the console acts for a person, with that person's roles."""
    person_id = person_named(database, email)
    with database.unit_of_work(operator(Door.IDENTITY)) as session:
        grants = grants_of(session, person_id)
    return Scope(door, tenant_id, person_id, grants, REQUEST)


def unit_named(database: Database, tenant_id: int, short_name: str | None) -> UUID | None:
    """Return a city's unit of today by its short name in any case; None for none.

    Raises Refused.
    """
    return None if short_name is None else unit_called(database, tenant_id, short_name)


def unit_called(database: Database, tenant_id: int, short_name: str) -> UUID:
    """Return a city's unit of today by its short name in any case. Raises Refused."""
    mine = select(Unit.id).where(Unit.tenant_id == tenant_id, Unit.valid_to.is_(None))
    with database.unit_of_work(operator(Door.CITY, tenant_id)) as session:
        unit_id = session.scalar(mine.where(func.lower(Unit.short_name) == short_name.lower()))
    if unit_id is None:
        raise Refused(
            f"Tidak ada perangkat daerah dengan singkatan {short_name}."
            " Lihat `kotacerdas unit list`.",
            f"No unit has the short name {short_name}. See `kotacerdas unit list`.",
        )
    return unit_id


def participation_of_year(session: Session, year: int) -> UUID:
    """Return the city's participation in the cohort of a year; raises Refused."""
    tenant_id = tenant_of(session)
    mine = (
        select(Participation.id)
        .join(Cohort, Cohort.id == Participation.cohort_id)
        .where(Participation.tenant_id == tenant_id, Cohort.year == year)
    )
    found = session.scalar(mine)
    if found is None:
        raise Refused(
            f"Kota ini tidak mengikuti angkatan {year}.",
            f"The city does not take part in the cohort of {year}.",
        )
    return found
