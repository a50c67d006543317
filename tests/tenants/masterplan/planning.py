"""What the tests of masterplans and documents share: a city with a plan to work on."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas.database import Database
from kotacerdas.errors import DomainError, DomainErrors
from kotacerdas.scope import Door, Scope
from tenants.cities.models import Participation
from tenants.cities.workflow import Stage
from tenants.masterplan import goals, missions, plan, programmes
from tenants.masterplan.analysis.citations import CitationLine
from tenants.masterplan.draft import BudgetLine, TargetLine
from tenants.masterplan.models import BudgetSource, Horizon, Masterplan, Mission, Programme
from tenants.masterplan.parts import draft_of
from tenants.submissions.models import Innovation, InnovationKind, Maturity
from tenants.submissions.workflow import InnovationState
from tests.tenants.masterplan.cohorts import PILLARS, Cohorts

PROBLEM = "Warga mengantre berjam-jam untuk satu tanda tangan."
RISK = "Server lama dapat mati sewaktu-waktu."

INDICATOR = CitationLine(indicator="Pengguna internet", value="78,2 persen", year=2022)

TABLES = [
    "unit",
    "unit_succession",
    "membership",
    "invitation",
    "masterplan",
    "mission",
    "goal",
    "programme",
    "programme_support",
    "year_target",
    "budget",
    "source_document",
    "citation",
    "readiness",
    "gap",
    "swot_point",
    "swot_strategy",
    "swot_strategy_point",
    "masterplan_version",
    "publication",
    "adoption",
    "book",
    "chapter",
    "section",
    "section_revision",
    "section_draft",
    "remark",
    "review_round",
    "round_verdict",
    "document",
    "innovation",
    "participation",
    "job",
    "notification",
    "audit_entry",
    "idempotency_key",
]


class Planning:
    """A city, its administrator, a participation and short ways to run rules."""

    def __init__(self, database: Database, city, cohorts: Cohorts, stage: Stage) -> None:
        self.database, self.city, self.pillars = database, city, cohorts.pillars
        self.parts = cohorts.parts
        self.scope = city.scope()
        self.unit_id = city.unit("Dinas Komunikasi dan Informatika")
        self.participation_id = uuid7()
        with database.unit_of_work(Scope(Door.MINISTRY, city.id)) as session:
            session.add(
                Participation(
                    tenant_id=city.id,
                    id=self.participation_id,
                    cohort_id=cohorts.cohort_id,
                    stage=stage,
                )
            )

    def run(self, rule: Callable[..., Any], *args: Any, scope: Scope | None = None, **named: Any):
        """Run one rule in a unit of work of its own."""
        with self.database.unit_of_work(scope or self.scope) as session:
            return rule(session, *args, **named)

    def refused(self, rule: Callable[..., Any], *args: Any, **named: Any) -> list[DomainError]:
        """Run a rule that must be refused; nothing may have changed, been told or enqueued."""
        before = self.traces()
        with pytest.raises((DomainError, DomainErrors)) as caught:
            self.run(rule, *args, **named)
        assert self.traces() == before
        errors = getattr(caught.value, "errors", [caught.value])
        for error in errors:
            assert error.text("id") != error.text("en")
            assert len(error.text("id")) > 20
        return errors

    def traces(self) -> list[str | None]:
        """A fingerprint of all rows of the city, by table."""
        with self.database.unit_of_work(Scope(Door.WORKER, self.city.id)) as session:
            return [
                session.scalar(
                    text(
                        f"select md5(string_agg(t::text, ';' order by t.id)) from {table} t"
                        " where t.tenant_id = :tenant"
                    ),
                    {"tenant": self.city.id},
                )
                for table in TABLES
            ]

    def stage(self, stage: Stage) -> None:
        """Put the participation to a stage."""
        with self.database.unit_of_work(Scope(Door.MINISTRY, self.city.id)) as session:
            key = (self.city.id, self.participation_id)
            session.get_one(Participation, key).stage = stage

    def plan(self) -> Masterplan:
        """Open the masterplan, 2023 to 2027."""
        return self.run(
            plan.create,
            participation_id=self.participation_id,
            title="Masterplan Smart City Kota Uji",
            period_start=2023,
            period_end=2027,
        )

    def version(self, plan_id: UUID) -> int:
        """The plan's version as it stands."""
        return self.run(
            lambda session: session.get_one(Masterplan, (self.city.id, plan_id)).version
        )

    def innovation(
        self, pillar: str = "government", state: InnovationState = InnovationState.ACCEPTED
    ) -> UUID:
        """Store an innovation in a state."""
        innovation = Innovation(
            tenant_id=self.city.id,
            id=uuid7(),
            participation_id=self.participation_id,
            unit_id=self.unit_id,
            dimension_id=self.pillars[pillar],
            state=state,
            name="Layanan Satu Pintu Daring",
            kind=InnovationKind.DIGITAL,
            maturity=Maturity.APPLIED,
            problem=PROBLEM,
            solution="Warga mengurus izin dari rumah.",
            partners="Bank Nagari",
            risks=RISK,
            created_by=self.scope.person_id,
        )
        with self.database.unit_of_work(self.scope) as session:
            session.add(innovation)
        return innovation.id

    def programme(self, plan_id: UUID, pillar: str = "government", **fields: Any) -> Programme:
        """Add a programme that has all that a book asks for."""
        return self.run(
            programmes.create_programme,
            plan_id,
            dimension_id=self.pillars[pillar],
            **{"name": f"Program {pillar}", "lead_unit_id": self.unit_id, **whole(), **fields},
        )

    def goals(self, plan_id: UUID) -> list[tuple[UUID, UUID, str]]:
        """Ids of missions and goals and the goals' texts, in their order."""
        statement = text(
            "select m.id, g.id, g.text from mission m join goal g"
            " on g.tenant_id = m.tenant_id and g.mission_id = m.id"
            " where m.tenant_id = :tenant and m.masterplan_id = :plan"
            " order by m.ordinal, g.ordinal"
        )
        values = {"tenant": self.city.id, "plan": plan_id}
        return self.run(lambda session: [tuple(row) for row in session.execute(statement, values)])

    def complete(self) -> UUID:
        """Make a plan that can be frozen: cited vision, mission and goal, six programmes."""
        plan_id = self.plan().id
        vision = {"vision": "Kota yang melayani.", "vision_citations": [INDICATOR]}
        self.run(plan.update, plan_id, **vision, expected_version=1)
        self.run(
            missions.write_missions,
            plan_id,
            missions=[("Memudahkan layanan.", ["Layanan daring"])],
            expected_version=2,
        )
        ((mission_id, goal_id, _),) = self.goals(plan_id)
        for rule, row_id in ((goals.update_mission, mission_id), (goals.update_goal, goal_id)):
            self.run(rule, row_id, expected_version=1, citations=[INDICATOR])
        for pillar in PILLARS:
            self.programme(plan_id, pillar)
        return plan_id


def whole() -> dict[str, Any]:
    """The fields that a programme needs to be complete."""
    return {
        "indicator": "Layanan daring",
        "indicator_unit": "persen",
        "horizon": Horizon.MEDIUM,
        "targets": [TargetLine(2023, Decimal(40)), TargetLine(2027, Decimal("82.5"))],
        "budgets": [BudgetLine(2023, BudgetSource.APBD, Decimal("1500000000.00"))],
    }


def codes(errors: list[DomainError]) -> list[str]:
    """The codes of refusals, in order."""
    return [error.code for error in errors]


def missions_of(session: Session, tenant_id: int, plan_id: UUID) -> list[str]:
    """Texts of a plan's missions in their order."""
    mine = select(Mission.text).where(
        Mission.tenant_id == tenant_id, Mission.masterplan_id == plan_id
    )
    return list(session.scalars(mine.order_by(Mission.ordinal)))


def draft(planning, programme: Programme):
    """The stored programme as it is read back."""
    key = (planning.city.id, programme.id)
    return planning.run(lambda session: draft_of(session, session.get_one(Programme, key)))
