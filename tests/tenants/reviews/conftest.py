"""A city whose masterplan the experts review."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import literal, select

from kotacerdas.identity.policy import Role
from kotacerdas.tenancy import table_of
from tenants.cities.models import Participation
from tenants.cities.workflow import Stage
from tenants.masterplan.books import editing
from tenants.masterplan.models import Programme
from tenants.notifications.models import Notification
from tenants.remarks.models import Remark, RemarkAbout
from tenants.reviews import remarking, rounds, settling
from tenants.reviews.models import ReviewRound, RoundVerdictKind
from tenants.reviews.remarking import Place
from tenants.reviews.wording import orphaned, standing
from tests.tenants.masterplan.books.shelf import Shelf, body, make_guide
from tests.tenants.refusals import refused


class Table(Shelf):
    """A city with a plan, a programme, people of every part, and short ways to review."""

    def __init__(self, database: Any, city: Any, guide: Any, ministry: Any) -> None:
        super().__init__(database, city, guide)
        self.ministry = ministry(city.id)
        self.mentor = city.scope(Role.EXPERT)
        self.assessor = city.scope(Role.EXPERT)
        self.operator = city.scope(Role.UNIT_OPERATOR, self.unit_id)
        self.stranger = city.scope(Role.UNIT_OPERATOR, city.unit("Dinas Sosial"))

    def text(self, text: str, *more: dict[str, Any]) -> tuple[UUID, str]:
        """Write the first section; its id and its first block's."""
        section = self.section()
        row = self.run(
            editing.update,
            section.id,
            expected_version=section.version,
            body=body(text, *more),
            scope=self.bappeda,
        )
        return row.id, row.body["blocks"][0]["id"]

    def remark(self, place: Place, **options: Any) -> Remark:
        """Write a remark as the mentor unless another scope is given."""
        scope = options.pop("scope", self.mentor)
        given = {"text": "Sebutkan sumbernya.", "blocking": True, **options}
        return self.run(remarking.add, self.plan_id, place=place, scope=scope, **given)

    def on_programme(self, programme: Programme, **options: Any) -> Remark:
        return self.remark(Place(RemarkAbout.PROGRAMME, programme.id), **options)

    def refuse(self, scope: Any, rule: Any, code: str, *args: Any, **options: Any) -> Any:
        """A rule that must be refused with the code, without a trace."""
        (error,) = refused(self.database, scope, lambda s: rule(s, *args, **options), code)
        return error

    def answer(self, remark: Remark, scope: Any = None, answer: str = "Sudah.") -> Remark:
        return self.run(
            settling.answer,
            remark.id,
            answer=answer,
            expected_version=remark.version,
            scope=scope or self.bappeda,
        )

    def settle(self, remark: Remark, scope: Any = None) -> Remark:
        return self.run(
            settling.settle,
            remark.id,
            expected_version=remark.version,
            scope=scope or self.mentor,
        )

    def now(self, remark: Remark) -> tuple[str | None, bool]:
        """What stands where the remark points, and whether it is orphaned."""
        row = table_of(Remark)
        tenant = literal(self.city.id)
        asked = select(standing(row, tenant), orphaned(row, tenant))
        mine = (row.c.tenant_id == tenant) & (row.c.id == remark.id)
        return self.run(lambda session: tuple(session.execute(asked.where(mine)).one()))

    def enter(self, stage: Stage) -> None:
        """Put the participation to a stage as a step does: rounds follow."""

        def move(session: Any) -> None:
            row = session.get_one(Participation, (self.city.id, self.participation_id))
            row.stage = stage
            rounds.follow(session, row, date(2022, 9, 27))

        self.run(move)

    def round(self) -> ReviewRound:
        """The last round as it stands."""
        mine = select(ReviewRound).where(ReviewRound.tenant_id == self.city.id)
        last = mine.order_by(ReviewRound.number.desc()).limit(1)
        return self.run(lambda session: session.scalars(last).one())

    def judge(self, verdict: RoundVerdictKind, comment: str = "", **options: Any) -> Any:
        given = {"verdict": verdict, "comment": comment, "scope": self.assessor, **options}
        return self.run(rounds.judge, self.round().id, **given)

    def told(self, kind: str) -> list[tuple[UUID, dict[str, str]]]:
        """Who was told of a kind, and with which facts."""
        mine = select(Notification).where(
            Notification.tenant_id == self.city.id, Notification.kind == kind
        )
        return self.run(
            lambda session: [(row.person_id, row.data) for row in session.scalars(mine)]
        )


@pytest.fixture(scope="session")
def guide(database: Any) -> Any:
    return make_guide(database)


@pytest.fixture
def table(database: Any, make_city: Any, guide: Any, ministry: Any) -> Table:
    return Table(database, make_city(), guide, ministry)
