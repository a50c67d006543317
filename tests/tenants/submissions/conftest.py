"""A city that takes submissions, and the people who move an innovation."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from kotacerdas.identity.policy import Role
from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.models import Participation
from tenants.cities.reference import load_reference
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort, Dimension
from tenants.notifications.models import Notification
from tenants.remarks.models import Remark
from tenants.submissions import drafting, remarks, reviewing, submitting
from tenants.submissions.models import Innovation, InnovationKind, Maturity, Review, Verdict
from tests.tenants.refusals import run

TEXTS = {
    "problem": "Antrean pendaftaran pasien dimulai sebelum subuh.",
    "solution": "Pendaftaran dari rumah dengan nomor antrean yang jujur.",
    "benefit": "Waktu tunggu turun dari tiga jam menjadi setengah jam.",
    "uniqueness": "Nomor antrean dibacakan dalam bahasa Minang.",
    "sustainability": "Dianggarkan tetap di Dinas Kesehatan.",
}


@pytest.fixture(scope="session", autouse=True)
def reference(database) -> None:
    """The shipped regions, editions and cohorts."""
    run(database, Scope(Door.MINISTRY, NATION), load_reference)


@dataclass
class Desk:
    """One city's submissions: its scopes by part, and short ways to act."""

    database: Any
    city: Any
    participation_id: UUID
    unit_id: UUID
    dimension_id: UUID
    scopes: dict[str, Scope] = field(default_factory=dict)

    def run(self, who: str, rule: Any) -> Any:
        return run(self.database, self.scopes[who], rule)

    def draft(self, **options: Any):
        """Return the rule that starts a draft."""
        given = {
            "participation_id": self.participation_id,
            "unit_id": self.unit_id,
            "dimension_id": self.dimension_id,
            "name": "Antrean Puskesmas",
            "kind": InnovationKind.DIGITAL,
            "maturity": Maturity.TRIAL,
            "budget_rupiah": Decimal("150000000.00"),
            **TEXTS,
            **options,
        }
        return lambda session: drafting.create(session, **given)

    def drafted(self, **options: Any) -> Innovation:
        return self.run("operator", self.draft(**options))

    def submitted(self, **options: Any) -> Innovation:
        row = self.drafted(**options)
        return self.submit(row)

    def submit(self, row: Innovation) -> Innovation:
        version = row.version
        return self.run("head", lambda s: submitting.submit(s, row.id, expected_version=version))

    def endorse(self, row: Innovation) -> Innovation:
        version = row.version
        return self.run("admin", lambda s: submitting.endorse(s, row.id, expected_version=version))

    def review(self, row: Innovation) -> Review:
        version = row.version
        return self.run(
            "expert", lambda s: reviewing.start_review(s, row.id, expected_version=version)
        )

    def in_review(self) -> tuple[Innovation, Review]:
        """An innovation that an expert looks at, as it is now, and the review."""
        row = self.endorse(self.submitted())
        review = self.review(row)
        return self.innovation(row.id), review

    def remark(self, review: Review, **options: Any) -> Remark:
        given = {"anchor": "problem", "text": "Data antrean belum ada.", "blocking": True}
        return self.run(
            "expert", lambda s: remarks.add_remark(s, review.id, **{**given, **options})
        )

    def answer(self, remark: Remark, answer: str = "Data ditambahkan.") -> Remark:
        version = remark.version
        return self.run(
            "operator",
            lambda s: remarks.answer_remark(s, remark.id, answer=answer, expected_version=version),
        )

    def settle(self, remark: Remark) -> Remark:
        version = remark.version
        return self.run(
            "expert", lambda s: remarks.settle_remark(s, remark.id, expected_version=version)
        )

    def verdict(self, review: Review, verdict: Verdict, comment: str = ""):
        """Return the rule that closes the review."""
        return lambda s: reviewing.decide(
            s, review.id, verdict=verdict, comment=comment, expected_version=review.version
        )

    def innovation(self, innovation_id: UUID) -> Innovation:
        return self.run("admin", lambda s: s.get_one(Innovation, (self.city.id, innovation_id)))

    def told(self, kind: str) -> dict[str, dict[str, str]]:
        """Who was told of a kind, by part, and with which facts."""
        parts = {scope.person_id: who for who, scope in self.scopes.items()}
        notices = select(Notification).where(
            Notification.tenant_id == self.city.id, Notification.kind == kind
        )
        return self.run(
            "admin", lambda s: {parts[row.person_id]: row.data for row in s.scalars(notices)}
        )

    def stage(self, stage: Stage) -> None:
        """Put the participation into a stage."""

        def move(session: Any) -> None:
            session.get_one(Participation, (self.city.id, self.participation_id)).stage = stage

        self.run("admin", move)


def cohort_and_pillars(session: Any) -> tuple[Cohort, list[Dimension]]:
    cohort = session.scalars(select(Cohort).where(Cohort.year == 2022)).one()
    pillars = select(Dimension).where(Dimension.edition_id == cohort.edition_id)
    return cohort, list(session.scalars(pillars.order_by(Dimension.ordinal)))


@pytest.fixture
def make_desk(database, make_city):
    """Return a function that makes a city in stage MENTORED of 2022 with its people."""

    def make() -> Desk:
        city = make_city()
        unit_id = city.unit("Dinas Kesehatan")
        scopes = {
            "admin": city.scope(Role.CITY_ADMIN),
            "bappeda": city.scope(Role.BAPPEDA),
            "operator": city.scope(Role.UNIT_OPERATOR, unit_id),
            "head": city.scope(Role.UNIT_HEAD, unit_id),
            "expert": city.scope(Role.EXPERT),
            "stranger": city.scope(Role.UNIT_HEAD, city.unit("Dinas Sosial")),
        }
        with database.unit_of_work(scopes["admin"]) as session:
            cohort, pillars = cohort_and_pillars(session)
            row = Participation(
                tenant_id=city.id, id=uuid7(), cohort_id=cohort.id, stage=Stage.MENTORED
            )
            session.add(row)
        return Desk(database, city, row.id, unit_id, pillars[3].id, scopes)

    return make


@pytest.fixture
def desk(make_desk) -> Desk:
    """One such city."""
    return make_desk()
