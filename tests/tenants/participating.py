"""A participation of 2022 and the two sides that move it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from kotacerdas.identity.policy import Permission
from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.models import Participation
from tenants.cities.participation import invite
from tenants.cities.reference import load_reference
from tenants.cities.workflow import STEPS, Stage
from tenants.process.advancing import advance
from tests.tenants.refusals import run

INVITED_ON = date(2022, 2, 1)


def ensure_reference(database: Any) -> None:
    """Load the shipped regions, editions and cohorts."""
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

    def place(self, stage: Stage) -> None:
        """Put the participation where a test begins, past the steps that lead there."""

        def rule(session):
            row = session.get_one(Participation, (self.tenant_id, self.id))
            row.stage = stage
            session.flush()
            return row.version

        self.version = run(self.database, self.city, rule)


def invited(database: Any, city: Any, ministry: Any) -> Journey:
    """Return a city's participation that the ministry has just begun."""
    nation = ministry(city.id)
    row = run(database, nation, lambda s: invite(s, cohort_year=2022, occurred_on=INVITED_ON))
    return Journey(database, city.id, city.scope(), nation, row.id, row.version)
