"""A round of the shipped guide, and a city that takes part in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from kotacerdas.identity.policy import Role
from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.reference import load_reference
from tenants.evaluation import assessing, rounds, self_scoring
from tenants.evaluation.instruments import instrument_of
from tenants.evaluation.models import Evaluation, EvaluationRound
from tests.tenants.refusals import run
from tests.years import next_year

EDITION = "pilar-2022"
DUE = datetime(2031, 8, 29, 16, 59, tzinfo=UTC)
LETTER = {"letter_number": "B-31/2031", "letter_date": date(2022, 12, 1)}


@pytest.fixture(scope="session", autouse=True)
def reference(database) -> None:
    """The shipped regions, editions and cohorts."""
    run(database, Scope(Door.MINISTRY, NATION), load_reference)


def free_year(database) -> int:
    """A year after every other round: those of other tests stay on the database."""
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        taken = set(session.scalars(select(EvaluationRound.year)))
    return next(year for year in iter(next_year, None) if year not in taken)


def opened(year: int, **options: Any):
    """Return the rule that opens a round of a year."""
    given = {
        "year": year,
        "edition_code": EDITION,
        "scale_maximum": Decimal(5),
        "self_score_due_at": DUE,
        "objection_days": 7,
        **options,
    }
    return lambda session: rounds.open_round(session, **given)


@dataclass
class Desk:
    """A city's evaluation and the people around it."""

    database: Any
    city: Any
    nation: Scope
    ministry: Scope
    year: int
    round_id: UUID = field(init=False)
    id: UUID = field(init=False)

    def __post_init__(self) -> None:
        self.admin = self.city.scope(Role.CITY_ADMIN)
        self.expert = self.city.scope(Role.EXPERT)
        self.begin(self.year)

    def begin(self, year: int) -> None:
        """Open a year's round and take part in it."""
        self.round_id = run(self.database, self.nation, opened(year)).id
        self.id = run(self.database, self.ministry, self.taking_part()).id

    def taking_part(self):
        return lambda session: rounds.take_part(session, self.round_id)

    def row(self) -> Evaluation:
        key = (self.city.id, self.id)
        return run(self.database, self.admin, lambda s: s.get_one(Evaluation, key))

    @property
    def items(self) -> list[str]:
        def read(session):
            used = instrument_of(session, session.get_one(EvaluationRound, self.round_id))
            return [item.key for item in used.items()]

        return run(self.database, self.admin, read)

    def step(self, scope: Scope, rule: Any, **options: Any) -> Evaluation:
        """Take a step of the evaluation with its present version."""
        given = {"expected_version": self.row().version, **options}
        return run(self.database, scope, lambda s: rule(s, self.id, **given))

    def scoring(self, item, score="3.00", evidence="SK Nomor 1/2022", version=0, **options):
        return lambda s: self_scoring.score_item(
            s,
            self.id,
            item=item,
            score=Decimal(score),
            evidence=evidence,
            expected_version=version,
            **options,
        )

    def assessing(self, item, score="2.50", reason="Bukti kurang lengkap.", version=0):
        return lambda s: assessing.assess(
            s, self.id, item=item, score=Decimal(score), reason=reason, expected_version=version
        )

    def submitted(self, score="3.00") -> Evaluation:
        for item in self.items:
            run(self.database, self.admin, self.scoring(item, score))
        return self.step(self.admin, self_scoring.submit)

    def concluded(self) -> Evaluation:
        self.submitted()
        for item in self.items:
            run(self.database, self.expert, self.assessing(item))
        return self.step(self.ministry, assessing.conclude)


@pytest.fixture
def desk(database, city, ministry) -> Desk:
    """A city that takes part in a round of its own."""
    return Desk(database, city, ministry(NATION), ministry(city.id), free_year(database))
