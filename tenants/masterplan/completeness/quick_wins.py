"""Quick wins that the edition asks for, in all or in each pillar, and what each of them lacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, Select, exists, select
from sqlalchemy.orm import Session

from kotacerdas.identity.policy import Role
from tenants.cities.editions import edition_of
from tenants.cities.models import Unit
from tenants.editions.rules import QuickWinRule, rules_of
from tenants.masterplan import quick_wins
from tenants.masterplan.completeness.item import Missing, Owner, Place
from tenants.masterplan.faults import Period, QuickWinBaselineMissing, QuickWinLate
from tenants.masterplan.models import Budget, Horizon, Masterplan, Programme


def missing(session: Session, plan: Masterplan) -> Iterator[Missing]:
    """Yield where the plan has too few or too many, and each quick win that is none by the rule.

    Bappeda chooses them; the unit that leads one supplies what it lacks.
    """
    rule = rules_of(edition_of(session, plan.participation_id)).quick_win
    for error in quick_wins.faults(session, plan, rule):
        yield Missing(error)
    opening = Period(plan.period_start, plan.period_end).opening(rule.first_years)
    for row in session.execute(_wins(plan, opening)):
        yield from _lacks(row, opening, rule)


def _wins(plan: Masterplan, opening: Period) -> Select[*tuple[Any, ...]]:
    late = exists().where(
        Budget.tenant_id == plan.tenant_id,
        Budget.programme_id == Programme.id,
        Budget.year > opening.last,
    )
    return (
        select(
            Programme.id,
            Programme.code,
            Programme.lead_unit_id,
            Unit.name.label("unit"),
            Programme.baseline.is_(None).label("unmeasured"),
            (late | (Programme.horizon != Horizon.SHORT)).label("late"),
        )
        .join(Unit, (Unit.tenant_id == plan.tenant_id) & (Unit.id == Programme.lead_unit_id))
        .where(Programme.tenant_id == plan.tenant_id, Programme.masterplan_id == plan.id)
        .where(Programme.is_quick_win)
        .order_by(Programme.code, Programme.id)
    )


def _lacks(row: Row[*tuple[Any, ...]], opening: Period, rule: QuickWinRule) -> Iterator[Missing]:
    path = ("programmes", row.code)
    owner = Owner(Role.UNIT_OPERATOR, row.lead_unit_id, row.unit)
    place = Place(programme_id=row.id)
    if row.late:
        error = QuickWinLate(path=(*path, "budgets"), first=opening.first, last=opening.last)
        yield Missing(error, owner, place)
    if row.unmeasured and rule.needs_baseline:
        yield Missing(QuickWinBaselineMissing(path=(*path, "baseline")), owner, place)
