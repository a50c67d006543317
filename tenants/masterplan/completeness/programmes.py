"""Programmes that lack what the book shows of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Exists, Row, exists, or_, select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from kotacerdas.identity.policy import Role
from tenants.cities.models import Unit
from tenants.masterplan.completeness.item import Missing, Owner, Place
from tenants.masterplan.models import Budget, Masterplan, Programme, YearTarget


class ProgrammeIncomplete(DomainError):
    """A programme that lacks what the book shows of each."""

    code = "PROGRAMME_INCOMPLETE"
    id = "Program {programme} belum lengkap: {missing_id}. Lengkapi, lalu bekukan lagi."
    en = "The programme {programme} is incomplete: {missing_en}. Fill it in, then freeze again."


NAMES = {
    "indicator": ("indikator", "indicator"),
    "targets": ("target", "targets"),
    "budgets": ("anggaran", "budgets"),
}
"""What each programme needs, by field: its names for people."""


def missing(session: Session, plan: Masterplan) -> Iterator[Missing]:
    """Yield each programme that is not complete, with all that it lacks."""
    lacks = {
        "indicator": Programme.indicator == "",
        "targets": ~_has(plan, YearTarget),
        "budgets": ~_has(plan, Budget),
    }
    rows = (
        select(
            Programme.id,
            Programme.code,
            Programme.name,
            Programme.lead_unit_id,
            Unit.name.label("unit"),
            *(lacking.label(field) for field, lacking in lacks.items()),
        )
        .join(Unit, _lead(plan))
        .where(Programme.tenant_id == plan.tenant_id, Programme.masterplan_id == plan.id)
        .where(or_(*lacks.values()))
        .order_by(Programme.code, Programme.id)
    )
    for row in session.execute(rows):
        yield _item(row)


def _item(row: Row[*tuple[Any, ...]]) -> Missing:
    names = [words for field, words in NAMES.items() if getattr(row, field)]
    error = ProgrammeIncomplete(
        path=("programmes", row.code),
        programme=f"{row.code} ({row.name})",
        missing_id=", ".join(name for name, _ in names),
        missing_en=", ".join(name for _, name in names),
    )
    owner = Owner(Role.UNIT_OPERATOR, row.lead_unit_id, row.unit)
    return Missing(error, owner, Place(programme_id=row.id))


def _has(plan: Masterplan, part: type[YearTarget | Budget]) -> Exists:
    return exists().where(part.tenant_id == plan.tenant_id, part.programme_id == Programme.id)


def _lead(plan: Masterplan) -> ColumnElement[bool]:
    return (Unit.tenant_id == plan.tenant_id) & (Unit.id == Programme.lead_unit_id)
