"""Servers, a migrated database and cities for every test; each test makes its own city."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import count
from random import randrange
from uuid import UUID

import hypothesis
import pytest
from sqlalchemy import func, update
from uuid_utils.compat import uuid7

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

# Hypothesis's own 200 ms for an example would measure what else the machine does.
hypothesis.settings.register_profile("tests", deadline=None)
hypothesis.settings.load_profile("tests")


@pytest.fixture(scope="session")
def settings() -> Iterator[Settings]:
    """Settings of servers of the tests' own, or of those that KOTACERDAS_CITY_URL points to."""
    from tests.servers import UNHURRIED, servers

    given = nullcontext(UNHURRIED) if "KOTACERDAS_CITY_URL" in os.environ else servers()
    with given as environment:
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
    database: Database
    id: int
    slug: str
    region_code: str

    def unit(self, name: str = "Dinas Uji", short_name: str | None = None) -> UUID:
        """Add a department."""
        short_name = short_name or f"U{next(NUMBERS)}"
        unit_id = uuid7()
        with self.database.unit_of_work(Scope(Door.CITY, self.id)) as session:
            kind = UnitKind.AGENCY
            values = {"tenant_id": self.id, "id": unit_id, "name": name, "kind": kind}
            session.add(Unit(**values, short_name=short_name))
        return unit_id

    def person(self, role: Role, unit_id: UUID | None = None, name: str = "Orang Uji") -> UUID:
        """Add somebody with a role."""
        person_id = _person(self.database, name)
        row = Membership(tenant_id=self.id, person_id=person_id, role=role, unit_id=unit_id)
        with self.database.unit_of_work(Scope(Door.IDENTITY, self.id)) as session:
            session.add(row)
        return person_id

    def leave(self, person_id: UUID) -> None:
        """End all roles of somebody."""
        mine = (Membership.tenant_id == self.id) & (Membership.person_id == person_id)
        with self.database.unit_of_work(Scope(Door.CITY, self.id)) as session:
            session.execute(update(Membership).where(mine).values(ended_at=func.now()))

    def scope(self, role: Role = Role.CITY_ADMIN, unit_id: UUID | None = None) -> Scope:
        """Add somebody with a role and return their scope."""
        person_id = self.person(role, unit_id)
        return Scope(Door.CITY, self.id, person_id, (Grant(self.id, role, unit_id),))


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


def _city(
    database: Database, name: str = "Kota Uji", zone: str = "Asia/Jakarta", kind: str = "KOTA"
) -> TestCity:
    tenant_id = randrange(10_000, 2**31)  # several test processes may share a database
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        code = f"99.{tenant_id}"
        region = Region(
            code=code, kind=kind, name=name, province_code="99", province="Uji", zone=zone
        )
        session.add_all([Tenant(id=tenant_id), region])
        session.flush()  # a city references both
        slug = f"kota-uji-{tenant_id}"
        session.add(City(id=tenant_id, region_code=code, slug=slug, name=name, zone=zone))
    return TestCity(database, tenant_id, slug, code)
