"""Vision, missions and goals that are missing."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from tenants.masterplan.completeness.item import Missing
from tenants.masterplan.models import Goal, Masterplan, Mission


class VisionMissing(DomainError):
    """A plan without a vision."""

    code = "VISION_MISSING"
    id = "Visi belum diisi. Tulis visi masterplan, lalu bekukan lagi."
    en = "The vision is empty. Write it, then freeze again."


class MissionsMissing(DomainError):
    """A plan without missions."""

    code = "MISSIONS_MISSING"
    id = "Belum ada misi. Tulis misi dan sasarannya, lalu bekukan lagi."
    en = "There are no missions. Write them with their goals, then freeze again."


class MissionWithoutGoal(DomainError):
    """A mission that names nothing to reach."""

    code = "MISSION_WITHOUT_GOAL"
    id = "Misi {mission} belum punya sasaran. Tambahkan paling sedikit satu sasaran."
    en = "Mission {mission} has no goal. Add at least one."


def missing(session: Session, plan: Masterplan) -> Iterator[Missing]:
    """Yield what the plan's own statements lack."""
    if not plan.vision:
        yield Missing(VisionMissing(path=("vision",)))
    goal = exists().where(and_(Goal.tenant_id == plan.tenant_id, Goal.mission_id == Mission.id))
    rows = session.execute(
        select(Mission.ordinal, goal)
        .where(Mission.tenant_id == plan.tenant_id, Mission.masterplan_id == plan.id)
        .order_by(Mission.ordinal)
    ).all()
    if not rows:
        yield Missing(MissionsMissing(path=("missions",)))
    for ordinal, has_goal in rows:
        if not has_goal:
            path = ("missions", str(ordinal - 1), "goals")
            yield Missing(MissionWithoutGoal(path=path, mission=ordinal))
