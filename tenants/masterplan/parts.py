"""The rows that hang on a programme: supporting units, targets, budgets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas.scope import tenant_of
from tenants.masterplan.draft import CHILDREN, BudgetLine, ProgrammeDraft, TargetLine
from tenants.masterplan.models import Budget, Programme, ProgrammeSupport, YearTarget

Part = type[ProgrammeSupport | YearTarget | Budget]


def draft_of(session: Session, programme: Programme) -> ProgrammeDraft:
    """Read a stored programme with its parts as a draft."""
    key = {"tenant_id": tenant_of(session), "programme_id": programme.id}
    supports = select(ProgrammeSupport.unit_id).filter_by(**key).order_by(ProgrammeSupport.id)
    targets = select(YearTarget.year, YearTarget.value).filter_by(**key).order_by(YearTarget.year)
    budgets = select(Budget.year, Budget.source, Budget.amount_rupiah).filter_by(**key)
    own = {item.name for item in fields(ProgrammeDraft)} - CHILDREN
    return ProgrammeDraft(
        **{name: getattr(programme, name) for name in own},
        supporting_unit_ids=tuple(session.scalars(supports)),
        targets=tuple(TargetLine(*row) for row in session.execute(targets)),
        budgets=tuple(
            BudgetLine(*row) for row in session.execute(budgets.order_by(Budget.year, Budget.id))
        ),
    )


def write_parts(
    session: Session, programme_id: UUID, draft: ProgrammeDraft, names: Iterable[str]
) -> None:
    """Replace whole the parts that `names` tells of CHILDREN."""
    replaced = set(names)
    if "supporting_unit_ids" in replaced:
        units = [{"unit_id": unit_id} for unit_id in draft.supporting_unit_ids]
        _replace(session, ProgrammeSupport, programme_id, units)
    if "targets" in replaced:
        targets = [{"year": line.year, "value": line.value} for line in draft.targets]
        _replace(session, YearTarget, programme_id, targets)
    if "budgets" in replaced:
        budgets = [
            {"year": line.year, "source": line.source, "amount_rupiah": line.amount_rupiah}
            for line in draft.budgets
        ]
        _replace(session, Budget, programme_id, budgets)


def _replace(session: Session, part: Part, programme_id: UUID, rows: list[dict[str, Any]]) -> None:
    key = {"tenant_id": tenant_of(session), "programme_id": programme_id}
    session.execute(delete(part).filter_by(**key))
    if rows:
        session.execute(insert(part), [{**key, "id": uuid7(), **row} for row in rows])
