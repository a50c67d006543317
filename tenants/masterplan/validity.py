"""Checking a programme's draft against its plan: texts, faults, and the rows that it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError, NotFound
from kotacerdas.scope import tenant_of
from kotacerdas.values import NAME_LENGTH, TEXT_LENGTH, refusals, refuse, text_value
from tenants.cities.editions import edition_of
from tenants.cities.models import Unit
from tenants.cities.units import UnitEnded
from tenants.editions.rules import rules_of
from tenants.masterplan.draft import ProgrammeDraft
from tenants.masterplan.faults import Period, faults
from tenants.masterplan.models import Goal, Masterplan, Mission
from tenants.masterplan.permendagri import normal
from tenants.masterplan.quick_wins import refuse_one_more
from tenants.masterplan.sdgs import goal_of, in_order
from tenants.masterplan.sub_dimensions import placed

LINES = {
    "name": "name",
    "sub_dimension": "subDimension",
    "place": "place",
    "indicator": "indicator",
    "indicator_unit": "indicatorUnit",
}
NEW = ProgrammeDraft()
"""What a new programme was before."""

PROSE = {"description": "description", "activity": "activity", "partners": "partners"}


class GoalNotOfPlan(DomainError):
    """A programme serves a goal of its own plan."""

    code = "GOAL_NOT_OF_PLAN"
    id = "Sasaran ini bukan bagian masterplan program. Pilih sasaran dari masterplan yang sama."
    en = "This goal is not part of the programme's masterplan. Choose a goal of the same plan."


def checked(
    session: Session,
    plan: Masterplan,
    dimension_id: UUID,
    draft: ProgrammeDraft,
    former: ProgrammeDraft = NEW,
) -> ProgrammeDraft:
    """Return the draft with clean texts and with tuples for lists; raises every fault at once.

    `former` is what is stored. A programme that becomes a quick win is counted: the plan must then
    be locked. A unit that has ended may stay, but is not given anything new.
    """
    rules = rules_of(edition_of(session, plan.participation_id))
    found: list[DomainError] = []
    clean = _tidy(_texts(draft, found))
    clean = placed(session, dimension_id, clean, found)
    found += faults(clean, Period(plan.period_start, plan.period_end), rules)
    found += _unfit_units(session, clean, former)
    found += _unknown_goal(session, plan.id, clean.goal_id)
    if draft.is_quick_win and not former.is_quick_win:
        found += refusals(lambda: refuse_one_more(session, plan, rules.quick_win, dimension_id))
    refuse(found)
    return replace(
        clean,
        sdgs=sorted({*clean.sdgs, *map(goal_of, clean.sdg_targets)}),
        sdg_targets=in_order(set(clean.sdg_targets)),
        supporting_unit_ids=tuple(clean.supporting_unit_ids),
        targets=tuple(sorted(clean.targets, key=lambda line: line.year)),
        budgets=tuple(clean.budgets),
    )


def _tidy(draft: ProgrammeDraft) -> ProgrammeDraft:
    """Codes as they are stored."""
    return replace(
        draft,
        permendagri_code=normal(draft.permendagri_code),
        sdg_targets=[target.strip().lower() for target in draft.sdg_targets],
    )


def _texts(draft: ProgrammeDraft, errors: list[DomainError]) -> ProgrammeDraft:
    texts: dict[str, str] = {}
    for name, label in {**LINES, **PROSE}.items():
        one_line = name in LINES
        try:
            texts[name] = text_value(
                getattr(draft, name),
                path=(label,),
                maximum=NAME_LENGTH if one_line else TEXT_LENGTH,
                required=name == "name",
                lines=not one_line,
            )
        except DomainError as error:
            errors.append(error)
    return replace(draft, **texts)  # type: ignore[arg-type]  # names of text fields only


def _unfit_units(
    session: Session, draft: ProgrammeDraft, former: ProgrammeDraft
) -> Iterator[DomainError]:
    named: list[tuple[UUID, tuple[str, ...]]] = [
        (unit_id, ("supportingUnitIds", str(place)))
        for place, unit_id in enumerate(draft.supporting_unit_ids)
    ]
    if draft.lead_unit_id is not None:
        named.insert(0, (draft.lead_unit_id, ("leadUnitId",)))
    ids = {unit_id for unit_id, _ in named}
    mine = select(Unit.id, Unit.name, Unit.valid_to).where(
        Unit.tenant_id == tenant_of(session), Unit.id.in_(ids)
    )
    mine = mine.with_for_update(read=True, key_share=True)  # none ends meanwhile
    known = {row.id: row for row in session.execute(mine)}
    kept = {former.lead_unit_id, *former.supporting_unit_ids}
    for unit_id, path in named:
        if unit_id not in known:
            yield NotFound(path=path)
        elif unit_id not in kept and known[unit_id].valid_to is not None:
            row = known[unit_id]
            yield UnitEnded(path=path, name=row.name, valid_to=row.valid_to)


def _unknown_goal(session: Session, plan_id: UUID, goal_id: UUID | None) -> Iterator[DomainError]:
    if goal_id is None:
        return
    tenant_id = tenant_of(session)
    goal = (
        select(Goal.id)
        .join(Mission, (Mission.tenant_id == Goal.tenant_id) & (Mission.id == Goal.mission_id))
        .where(Goal.tenant_id == tenant_id, Goal.id == goal_id)
        .where(Mission.tenant_id == tenant_id, Mission.masterplan_id == plan_id)
    )
    if session.scalar(goal) is None:
        yield GoalNotOfPlan(path=("goalId",))
