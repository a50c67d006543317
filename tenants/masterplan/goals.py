"""Single missions and goals: words, indicators, what they rest on, their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypedDict, Unpack
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.errors import DomainError, NotFound
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from kotacerdas.values import refuse
from tenants.masterplan.analysis import writing
from tenants.masterplan.analysis.citations import CitationLine, checked
from tenants.masterplan.analysis.models import StatementKind
from tenants.masterplan.analysis.texts import Text, cleaned
from tenants.masterplan.faults import Period, YearOutsidePeriod, measure_faults
from tenants.masterplan.models import Goal, Masterplan, Mission
from tenants.masterplan.plan import touch

TEXTS = {
    "text": Text("text", required=True),
    "indicator": Text("indicator", one_line=True),
    "indicator_unit": Text("indicatorUnit", one_line=True),
}


class MissionFields(TypedDict, total=False):
    """What a caller may set of a mission; citations replace the former ones."""

    text: str
    citations: Sequence[CitationLine]


class GoalFields(MissionFields, total=False):
    """What a caller may set of a goal beside its words: the indicator that shows it."""

    indicator: str
    indicator_unit: str
    baseline: Decimal | None
    target: Decimal | None
    target_year: int | None


class OrderIncomplete(DomainError):
    """An order that leaves out or repeats what is to be ordered."""

    code = "ORDER_INCOMPLETE"
    id = (
        "Urutan harus memuat setiap butir tepat satu kali: ada {wanted}, diberikan {given}."
        " Muat ulang daftarnya, lalu kirim lagi."
    )
    en = (
        "An order names each item exactly once: there are {wanted}, {given} were given."
        " Reload the list and send it again."
    )


class GoalIndicatorMissing(DomainError):
    """A goal with figures but without the indicator that they belong to."""

    code = "GOAL_INDICATOR_MISSING"
    id = "Nilai awal atau target sasaran perlu indikatornya. Isi nama indikator."
    en = "A goal's baseline or target needs its indicator. Enter the indicator's name."


def update_mission(
    session: Session, mission_id: UUID, *, expected_version: int, **changes: Unpack[MissionFields]
) -> Mission:
    """Change a mission's words or citations."""
    require(session, Permission.MASTERPLAN_WRITE)
    plan = _plan_of(session, mission_id)
    row = locked(session, Mission, mission_id, expected_version=expected_version)
    values = _checked(session, changes, [])
    writing.change(session, row, plan.id, values, StatementKind.MISSION)
    return row


def update_goal(
    session: Session, goal_id: UUID, *, expected_version: int, **changes: Unpack[GoalFields]
) -> Goal:
    """Change a goal's words, indicator or citations; its target's year lies in the period."""
    require(session, Permission.MASTERPLAN_WRITE)
    own = (Goal.tenant_id == tenant_of(session)) & (Goal.id == goal_id)
    mission_id = session.scalar(select(Goal.mission_id).where(own))
    plan = _plan_of(session, mission_id)
    row = locked(session, Goal, goal_id, expected_version=expected_version)
    after = {name: getattr(row, name) for name in GoalFields.__annotations__ if name != "citations"}
    errors = list(_goal_faults({**after, **changes}, plan))
    writing.change(session, row, plan.id, _checked(session, changes, errors), StatementKind.GOAL)
    return row


def order_missions(
    session: Session, masterplan_id: UUID, *, mission_ids: Sequence[UUID], expected_version: int
) -> Masterplan:
    """Put the plan's missions in this order; each keeps its goals and its id."""
    require(session, Permission.MASTERPLAN_WRITE)
    plan = locked(session, Masterplan, masterplan_id, expected_version=expected_version)
    _order(session, Mission, {"masterplan_id": plan.id}, mission_ids, "missionIds")
    touch(plan)
    after = {"missions": list(mission_ids)}
    audit.record(session, "masterplan.order_missions", "masterplan", plan.id, after=after)
    session.flush()  # the caller reads the new version
    return plan


def order_goals(
    session: Session, mission_id: UUID, *, goal_ids: Sequence[UUID], expected_version: int
) -> Mission:
    """Put a mission's goals in this order; programmes that serve them follow."""
    require(session, Permission.MASTERPLAN_WRITE)
    _plan_of(session, mission_id)
    mission = locked(session, Mission, mission_id, expected_version=expected_version)
    _order(session, Goal, {"mission_id": mission.id}, goal_ids, "goalIds")
    writing.touch(session, mission)
    after = {"goals": list(goal_ids)}
    audit.record(session, "mission.order_goals", "mission", mission.id, after=after)
    return mission


def _plan_of(session: Session, mission_id: UUID | None) -> Masterplan:
    """The mission's plan, locked before the mission: see `writing.taken`."""
    own = (Mission.tenant_id == tenant_of(session)) & (Mission.id == mission_id)
    plan_id = session.scalar(select(Mission.masterplan_id).where(own))
    if plan_id is None:
        raise NotFound
    return locked(session, Masterplan, plan_id)


def _checked(
    session: Session, fields: Mapping[str, Any], errors: list[DomainError]
) -> dict[str, Any]:
    clean = cleaned(fields, TEXTS, errors)
    if writing.CITATIONS in clean:
        clean[writing.CITATIONS] = checked(session, clean[writing.CITATIONS], errors)
    refuse(errors)
    return clean


def _goal_faults(goal: Mapping[str, Any], plan: Masterplan) -> Iterator[DomainError]:
    for name in ("baseline", "target"):
        if goal[name] is not None:
            yield from measure_faults(goal[name], (name,))
    year, period = goal["target_year"], Period(plan.period_start, plan.period_end)
    if year is not None and year not in period:
        bounds = {"first": period.first, "last": period.last}
        yield YearOutsidePeriod(path=("targetYear",), year=year, **bounds)
    figures = (goal["baseline"], goal["target"], year)
    if not goal["indicator"] and any(figure is not None for figure in figures):
        yield GoalIndicatorMissing(path=("indicator",))


def _order(
    session: Session,
    model: type[Mission | Goal],
    of: dict[str, UUID],
    ids: Sequence[UUID],
    field: str,
) -> None:
    own = {"tenant_id": tenant_of(session), **of}
    held = set(session.scalars(select(model.id).filter_by(**own)))
    if held != set(ids) or len(held) != len(ids):
        raise OrderIncomplete(path=(field,), wanted=len(held), given=len(ids))
    for sign in (-1, 1):  # below zero first: no two rows have one place meanwhile
        for ordinal, row_id in enumerate(ids, start=1):
            session.execute(
                update(model).filter_by(**own, id=row_id).values(ordinal=sign * ordinal)
            )
