"""A city that plans, with a unit that has work of every kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from kotacerdas.identity.policy import Role
from tenants.cities.models import Unit
from tenants.cities.workflow import Stage
from tenants.reorganisation.asking import Choice, Ending, Reorganisation, Successor
from tenants.reorganisation.models import ReorganisationKind, UnitSuccession
from tenants.reorganisation.reorganising import reorganise
from tests.tenants.masterplan.cohorts import Cohorts, make_cohort
from tests.tenants.masterplan.planning import Planning

ON = date(2024, 7, 1)
"""The middle of a year."""


@dataclass
class Office:
    """A city's units and short ways to reorganise them."""

    planning: Planning

    @property
    def city(self) -> Any:
        return self.planning.city

    def asked(
        self,
        kind: str,
        units: list[UUID],
        *successors: Successor,
        on: date = ON,
        choices: tuple[Choice, ...] = (),
        basis: str = "Perda 5 Tahun 2024",
    ) -> Reorganisation:
        endings = tuple(Ending(each, self.unit(each).version) for each in units)
        how = ReorganisationKind(kind)
        return Reorganisation(how, endings, on, successors, basis, choices)

    def does(self, *given: Any, scope: Any = None, **options: Any) -> UUID:
        asked = self.asked(*given, **options)
        return self.planning.run(reorganise, asked, scope=scope)

    def refused(self, *given: Any, scope: Any = None, **options: Any) -> list[Any]:
        asked = self.asked(*given, **options)
        return self.planning.refused(reorganise, asked, scope=scope)

    def unit(self, unit_id: UUID) -> Unit:
        key = (self.city.id, unit_id)
        return self.planning.run(lambda session: session.get_one(Unit, key))

    def named(self, short_name: str) -> UUID:
        mine = select(Unit.id).where(Unit.tenant_id == self.city.id, Unit.valid_to.is_(None))
        return self.planning.run(
            lambda s: s.scalars(mine.where(Unit.short_name == short_name)).one()
        )

    def row(self, model: Any, row_id: UUID) -> Any:
        return self.planning.run(lambda session: session.get_one(model, (self.city.id, row_id)))

    def successions(self, unit_id: UUID) -> list[UnitSuccession]:
        mine = select(UnitSuccession).where(
            UnitSuccession.tenant_id == self.city.id, UnitSuccession.unit_id == unit_id
        )
        return self.planning.run(lambda s: s.scalars(mine.order_by(UnitSuccession.id)).all())

    def person(self, unit_id: UUID, role: Role = Role.UNIT_OPERATOR) -> UUID:
        return self.city.person(role, unit_id)


@pytest.fixture(scope="session")
def cohorts(database) -> Cohorts:
    return make_cohort(database)


@pytest.fixture
def make_office(database, make_city, cohorts):
    return lambda: Office(Planning(database, make_city(), cohorts, Stage.MENTORED))


@pytest.fixture
def office(make_office) -> Office:
    return make_office()
