"""Servers, a migrated database and cities for every test; each test makes its own city."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from random import randrange
from uuid import UUID

import pytest
from sqlalchemy import func, update

from kotacerdas import migration
from kotacerdas.database import Database
from kotacerdas.identity.models import Membership, Person
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings
from kotacerdas.tenancy import Tenant
from tenants.cities.models import City, Region, Unit, UnitKind
from tests.predicate.hook import tenant_predicate

__all__ = ["tenant_predicate"]  # checks the statements of every test


@pytest.fixture(scope="session")
def settings() -> Iterator[Settings]:
    """Settings of servers of the tests' own, or of those that KOTACERDAS_CITY_URL points to."""
    if "KOTACERDAS_CITY_URL" in os.environ:
        yield Settings()
        return
    from tests.servers import servers

    with servers() as environment:
        before = dict(os.environ)
        os.environ.update(environment)
        yield Settings()
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture(scope="session")
def database(settings: Settings) -> Iterator[Database]:
    """The migrated database with the reference data that the tests' cities need."""
    migration.upgrade(settings)
    database = Database(settings)
    yield database
    database.close()


@dataclass(frozen=True)
class TestCity:
    """A city of its own for one test."""

    __test__ = False
    id: int
    slug: str
    region_code: str
    person: Callable[..., UUID]
    leave: Callable[[UUID], None]
    scope: Callable[..., Scope]
    unit: Callable[..., UUID]


NUMBERS = count(1)


@pytest.fixture
def make_city(database: Database) -> Callable[..., TestCity]:
    """Return a function that makes a new city: `make_city(name="...", zone="Asia/Jakarta")`."""
    return lambda **options: _city(database, **options)


@pytest.fixture
def city(make_city: Callable[..., TestCity]) -> TestCity:
    """One new city."""
    return make_city()


@pytest.fixture(scope="session")
def make_person(database: Database) -> Callable[..., UUID]:
    """Return a function that makes a person: `make_person(name)`."""
    return lambda name="Orang Uji": _person(database, name)


@pytest.fixture
def ministry(database: Database, make_person: Callable[..., UUID]) -> Callable[..., Scope]:
    """Return a function: the scope of ministry staff, in a city's tenant if given one."""

    def scope(tenant_id: int | None = None, role: Role = Role.MINISTRY_ADMIN) -> Scope:
        person_id = make_person("Staf Kementerian")
        with database.unit_of_work(Scope(Door.IDENTITY, NATION)) as session:
            session.add(Membership(tenant_id=NATION, person_id=person_id, role=role))
        return Scope(Door.MINISTRY, tenant_id, person_id, (Grant(NATION, role),))

    return scope


def _person(database: Database, name: str) -> UUID:
    with database.unit_of_work(Scope(Door.IDENTITY)) as session:
        person = Person(name=name)
        session.add(person)
        session.flush()
        return person.id


def _city(database: Database, name: str = "Kota Uji", zone: str = "Asia/Jakarta") -> TestCity:
    tenant_id = randrange(10_000, 2**31)  # several test processes may share a database
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        code = f"99.{tenant_id}"
        region = Region(
            code=code, kind="KOTA", name=name, province_code="99", province="Uji", zone=zone
        )
        session.add_all([Tenant(id=tenant_id), region])
        session.flush()  # a city references both
        slug = f"kota-uji-{tenant_id}"
        session.add(City(id=tenant_id, region_code=code, slug=slug, name=name, zone=zone))

    def unit(name: str = "Dinas Uji", short_name: str | None = None) -> UUID:
        with database.unit_of_work(Scope(Door.CITY, tenant_id)) as session:
            row = Unit(
                tenant_id=tenant_id,
                name=name,
                short_name=short_name or f"U{next(NUMBERS)}",
                kind=UnitKind.AGENCY,
            )
            session.add(row)
            session.flush()
            return row.id

    def person(role: Role, unit_id: UUID | None = None, name: str = "Orang Uji") -> UUID:
        person_id = _person(database, name)
        with database.unit_of_work(Scope(Door.IDENTITY, tenant_id)) as session:
            session.add(
                Membership(tenant_id=tenant_id, person_id=person_id, role=role, unit_id=unit_id)
            )
        return person_id

    def leave(person_id: UUID) -> None:
        mine = (Membership.tenant_id == tenant_id) & (Membership.person_id == person_id)
        with database.unit_of_work(Scope(Door.CITY, tenant_id)) as session:
            session.execute(update(Membership).where(mine).values(ended_at=func.now()))

    def scope(role: Role = Role.CITY_ADMIN, unit_id: UUID | None = None) -> Scope:
        person_id = person(role, unit_id)
        return Scope(Door.CITY, tenant_id, person_id, (Grant(tenant_id, role, unit_id),))

    return TestCity(tenant_id, slug, code, person, leave, scope, unit)
