"""Reference data, and a city that has been invited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from kotacerdas.identity.policy import Permission
from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.models import Participation
from tenants.cities.participation import advance, invite
from tenants.cities.reference import load_reference
from tenants.cities.workflow import STEPS, Stage
from tests.tenants.refusals import run

INVITED_ON = date(2022, 2, 1)


@pytest.fixture(scope="session", autouse=True)
def reference(database) -> None:
    """The shipped regions, editions and cohorts."""
    run(database, Scope(Door.MINISTRY, NATION), load_reference)


@dataclass
class Journey:
    """A city's participation of 2022 and the two sides that move it."""

    database: Any
    tenant_id: int
    city: Scope
    ministry: Scope
    id: UUID
    version: int

    def side(self, to: Stage) -> Scope:
        national = STEPS[to].permission is Permission.COHORT_MANAGE
        return self.ministry if national else self.city

    def step(self, to: Stage, **options: Any):
        """Return the rule that takes a step with fitting papers."""
        given = {
            "occurred_on": date(2022, 4, 21),
            "document_number": "B-1/2022",
            "expected_version": self.version,
            **options,
        }
        return lambda session: advance(session, self.id, to=to, **given)

    def go(self, *stages: Stage, **options: Any) -> Participation:
        """Take the steps, each by the side that may."""
        for to in stages:
            row = run(self.database, self.side(to), self.step(to, **options))
            self.version = row.version
        return row


@pytest.fixture
def journey(database, city, ministry) -> Journey:
    """A city that the ministry has invited to the cohort of 2022."""
    nation = ministry(city.id)
    row = run(database, nation, lambda s: invite(s, cohort_year=2022, occurred_on=INVITED_ON))
    return Journey(database, city.id, city.scope(), nation, row.id, row.version)
