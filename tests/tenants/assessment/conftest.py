"""A cohort of a test's own with an instrument, and cities that are assessed in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import NATION, Door, Scope
from tenants.assessment import applying, assessing, assigning, cohorts, instruments
from tenants.assessment.assessing import AnswerInput
from tenants.assessment.deciding import LetterInput, decide
from tenants.assessment.faults import VerdictInput
from tenants.assessment.models import Assessment, SelectionVerdict, VerdictKind
from tenants.cities.models import Participation
from tenants.cities.participation import invite
from tenants.cities.reference import load_reference
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort as Year
from tenants.editions.models import GuideEdition
from tenants.process.advancing import advance
from tests.tenants.refusals import run
from tests.years import next_year

DAY = date(2022, 3, 1)
PARAMETERS = [
    {"code": "policy", "name": {"id": "Kebijakan", "en": "Policy"}, "weight": 60},
    {
        "code": "network",
        "name": {"id": "Jaringan", "en": "Network"},
        "weight": 40,
        "evidence_required": True,
        "evidence_needed": "Peta jaringan",
    },
]


def instrument(code: str, **more: Any) -> dict[str, Any]:
    names = {"id": "Instrumen Uji", "en": "Test instrument"}
    return {"code": code, "name": names, "parameters": PARAMETERS, **more}


@pytest.fixture(scope="session", autouse=True)
def reference(database) -> None:
    """The shipped regions, editions and cohorts."""
    run(database, Scope(Door.MINISTRY, NATION), load_reference)


@dataclass
class Candidate:
    """A city of the cohort."""

    cohort: Cohort
    city: Any
    participation_id: UUID
    assessors: list[Scope] = field(default_factory=list)

    def at(self, scope: Scope) -> Scope:
        """The ministry, in this city's tenant."""
        return scope.within(self.city.id)

    def assigned(self) -> tuple[Scope, Assessment]:
        """An expert who is to assess the city."""
        person = self.city.person(Role.EXPERT)
        scope = Scope(Door.CITY, self.city.id, person, (Grant(self.city.id, Role.EXPERT),))
        row = self.cohort.run(
            self.at(self.cohort.ministry),
            lambda s: assigning.assign(s, self.participation_id, assessor_id=person),
        )
        return scope, row

    def answers(self, policy: str, network: str) -> list[AnswerInput]:
        """Scores of both parameters."""
        ids = self.cohort.parameters
        return [
            AnswerInput(ids["policy"], Decimal(policy)),
            AnswerInput(ids["network"], Decimal(network), evidence="Peta jaringan 2022"),
        ]

    def assess(self, policy: str, network: str) -> Assessment:
        """One assessor's finished assessment."""
        scope, row = self.assigned()
        row = self.cohort.run(
            scope,
            lambda s: assessing.answer(
                s,
                row.id,
                expected_version=row.version,
                answers=self.answers(policy, network),
            ),
        )
        return self.cohort.run(
            scope, lambda s: assessing.submit(s, row.id, expected_version=row.version)
        )

    def advance(self, to: Stage, day: date = DAY) -> Participation:
        """Take a step for the ministry."""
        return self.cohort.run(
            self.at(self.cohort.ministry),
            lambda s: advance(
                s,
                self.participation_id,
                to=to,
                occurred_on=day,
                expected_version=self.row().version,
                document_number="B-1/2022",
            ),
        )

    def assessed(self, policy: str, network: str) -> Candidate:
        """The city in the stage in which the ministry decides."""
        self.assess(policy, network)
        self.advance(Stage.ASSESSED)
        return self

    def row(self) -> Participation:
        """The participation as it stands."""
        scope = Scope(Door.CITY, self.city.id)
        return self.cohort.run(
            scope, lambda s: s.get_one(Participation, (self.city.id, self.participation_id))
        )

    def verdict(self) -> SelectionVerdict | None:
        """What was decided of the city."""
        mine = select(SelectionVerdict).where(SelectionVerdict.tenant_id == self.city.id)
        return self.cohort.run(Scope(Door.CITY, self.city.id), lambda s: s.scalar(mine))


@dataclass
class Cohort:
    """A cohort with an instrument of its own."""

    database: Any
    make_city: Any
    ministry: Scope
    id: UUID
    year: int
    parameters: dict[str, UUID]

    def run(self, scope: Scope, rule: Any) -> Any:
        """Run a rule."""
        return run(self.database, scope, rule)

    def candidate(self, name: str = "Kota Uji") -> Candidate:
        """A city that was invited."""
        city = self.make_city(name=name)
        row = self.run(
            self.ministry.within(city.id),
            lambda s: invite(s, cohort_year=self.year, occurred_on=DAY),
        )
        return Candidate(self, city, row.id)

    def decide(
        self,
        *verdicts: tuple[Candidate, VerdictKind],
        number: str = "S-7/2022",
        day: date = date(2022, 4, 1),
        publish_scores: bool = False,
        key: str | None = None,
    ) -> Any:
        """The rule of a letter on these cities."""
        letter = LetterInput(number, day, publish_scores)
        lines = [VerdictInput(each.participation_id, verdict) for each, verdict in verdicts]
        return lambda session: decide(
            session, self.id, letter=letter, verdicts=lines, idempotency_key=key
        )

    def apply(self, decision_id: UUID) -> int:
        """Do what the job does; returns how many cities followed."""
        nation = Scope(Door.WORKER, NATION)
        letter = self.run(nation, lambda s: applying.pending(s, decision_id))
        done = 0
        for line in letter.lines:
            scope = Scope(Door.WORKER, line["tenant_id"])
            done += self.run(scope, lambda s, line=line: applying.apply_line(s, letter, line))
        self.run(nation, lambda s: applying.finish(s, decision_id))
        return done

    def decided(self, *verdicts: tuple[Candidate, VerdictKind], **more: Any) -> None:
        """Decide and apply."""
        row = self.run(self.ministry, self.decide(*verdicts, **more))
        assert self.apply(row.id) == len(verdicts)


def free_year(session: Any) -> int:
    """A year without a cohort; a database that many runs have used has one left."""
    taken = set(session.scalars(select(Year.year)))
    return next(year for year in iter(next_year, None) if year not in taken)


@pytest.fixture
def make_cohort(database, make_city, ministry):
    """Return a function that makes a cohort with an instrument."""

    def make(quota: int = 2) -> Cohort:
        nation = ministry(NATION)
        with database.unit_of_work(nation) as session:
            edition = session.scalars(
                select(GuideEdition.id).where(GuideEdition.code == "pilar-2022")
            ).one()
            year = free_year(session)
            row = Year(id=uuid7(), year=year, edition_id=edition, quota=quota, source="tests")
            made = instruments.create(session, instrument(f"uji-{year}"))
            instruments.activate(session, made.id, expected_version=made.version)
            session.add(row)
            session.flush()  # the instrument refers to it
            cohorts.use_instrument(session, row.id, instrument_id=made.id)
            ids = {each.code: each.id for each in instruments.parameters_of(session, made.id)}
        return Cohort(database, make_city, nation, row.id, year, ids)

    return make


@pytest.fixture
def cohort(make_cohort) -> Cohort:
    """A cohort with two places."""
    return make_cohort()
