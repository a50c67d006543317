"""What of a plan's statements rests on nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, Text, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from kotacerdas.scope import tenant_of
from tenants.editions.models import Dimension
from tenants.masterplan.analysis.models import (
    Citation,
    Gap,
    Readiness,
    StatementKind,
    SwotPoint,
)
from tenants.masterplan.models import Goal, Masterplan, Mission

NAMES = {
    StatementKind.VISION: ("visi", "the vision"),
    StatementKind.MISSION: ("misi", "mission"),
    StatementKind.GOAL: ("sasaran", "goal"),
    StatementKind.READINESS: ("kesiapan", "readiness of"),
    StatementKind.GAP: ("kesenjangan", "gap"),
    StatementKind.SWOT: ("butir SWOT", "SWOT point"),
}
STEPS = list(StatementKind)


@dataclass(frozen=True)
class Uncited:
    """A statement without a citation; `place` names it within its kind: 2.1 for a goal, S3."""

    kind: StatementKind
    statement_id: UUID
    place: str

    @property
    def names(self) -> tuple[str, str]:
        """How people call it, in Indonesian and English."""
        indonesian, english = NAMES[self.kind]
        return f"{indonesian} {self.place}".strip(), f"{english} {self.place}".strip()


def uncited(session: Session, masterplan_id: UUID) -> list[Uncited]:
    """Return every statement of the plan that cites nothing: vision, missions, goals, then others.

    One statement of SQL, however large the plan is.
    """
    tenant_id = tenant_of(session)
    written = union_all(*_statements(tenant_id, masterplan_id)).subquery()
    cited = select(Citation.id).where(
        Citation.tenant_id == tenant_id,
        Citation.masterplan_id == masterplan_id,
        cast(Citation.about, String) == written.c.kind,
        Citation.statement_id == written.c.id,
    )
    order = (written.c.step, written.c.first, written.c.second, written.c.place)
    wanted = select(written.c.kind, written.c.id, written.c.place).where(~cited.exists())
    return [
        Uncited(StatementKind(kind), row_id, place)
        for kind, row_id, place in session.execute(wanted.order_by(*order))
    ]


def _statements(tenant_id: int, plan_id: UUID) -> Iterator[Select[*tuple[Any, ...]]]:
    """Rows (step, kind, id, place, first, second) of each kind of statement."""
    zero = literal(0)
    yield _rows(StatementKind.VISION, Masterplan.id, literal(""), zero, zero).where(
        Masterplan.tenant_id == tenant_id, Masterplan.id == plan_id, Masterplan.vision != ""
    )
    mission = (Mission.tenant_id == tenant_id) & (Mission.masterplan_id == plan_id)
    yield _rows(
        StatementKind.MISSION, Mission.id, cast(Mission.ordinal, Text), Mission.ordinal, zero
    ).where(mission)
    place = func.concat(Mission.ordinal, ".", Goal.ordinal)
    yield (
        _rows(StatementKind.GOAL, Goal.id, place, Mission.ordinal, Goal.ordinal)
        .join(Mission, (Mission.tenant_id == tenant_id) & (Mission.id == Goal.mission_id))
        .where(Goal.tenant_id == tenant_id, mission)
    )
    place = func.concat(Readiness.element, ".", Readiness.part)
    yield _rows(StatementKind.READINESS, Readiness.id, place, zero, zero).where(
        Readiness.tenant_id == tenant_id, Readiness.masterplan_id == plan_id
    )
    place = func.concat(Dimension.name, " ", Gap.ordinal)
    yield (
        _rows(StatementKind.GAP, Gap.id, place, Dimension.ordinal, Gap.ordinal)
        .join(Dimension, Dimension.id == Gap.dimension_id)
        .where(Gap.tenant_id == tenant_id, Gap.masterplan_id == plan_id)
    )
    place = func.concat(func.upper(func.left(cast(SwotPoint.kind, Text), 1)), SwotPoint.ordinal)
    yield _rows(StatementKind.SWOT, SwotPoint.id, place, zero, zero).where(
        SwotPoint.tenant_id == tenant_id, SwotPoint.masterplan_id == plan_id
    )


def _rows(kind: StatementKind, row_id: Any, place: Any, first: Any, second: Any) -> Any:  # noqa: ANN401  (expressions)
    return select(
        literal(STEPS.index(kind)).label("step"),
        literal(kind.value).label("kind"),
        row_id.label("id"),
        place.label("place"),
        first.label("first"),
        second.label("second"),
    )
