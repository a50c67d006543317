"""A programme as it is about to be stored: its fields as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from tenants.masterplan.models import BudgetSource, Horizon


@dataclass(frozen=True)
class TargetLine:
    """The indicator's value to be reached in a year."""

    year: int
    value: Decimal


@dataclass(frozen=True)
class BudgetLine:
    """Money of one source in one year."""

    year: int
    source: BudgetSource
    amount_rupiah: Decimal


class ProgrammeFields(TypedDict, total=False):
    """What a caller may set of a programme; a field left out keeps its value or its default.

    Lists replace the former list whole.
    """

    name: str
    lead_unit_id: UUID
    goal_id: UUID | None
    permendagri_code: str | None
    description: str
    sub_dimension: str
    sub_dimension_id: UUID | None
    activity: str
    partners: str
    place: str
    indicator: str
    indicator_unit: str
    baseline: Decimal | None
    horizon: Horizon
    is_new: bool
    is_quick_win: bool
    sdgs: Sequence[int]
    sdg_targets: Sequence[str]
    supporting_unit_ids: Sequence[UUID]
    targets: Sequence[TargetLine]
    budgets: Sequence[BudgetLine]


@dataclass(frozen=True)
class ProgrammeDraft:
    """All fields of a programme but its plan, pillar, code and origin."""

    name: str = ""
    lead_unit_id: UUID | None = None
    goal_id: UUID | None = None
    permendagri_code: str | None = None
    description: str = ""
    sub_dimension: str = ""
    sub_dimension_id: UUID | None = None
    activity: str = ""
    partners: str = ""
    place: str = ""
    indicator: str = ""
    indicator_unit: str = ""
    baseline: Decimal | None = None
    horizon: Horizon = Horizon.MEDIUM
    is_new: bool = True
    is_quick_win: bool = False
    sdgs: Sequence[int] = ()
    sdg_targets: Sequence[str] = ()
    supporting_unit_ids: Sequence[UUID] = ()
    targets: Sequence[TargetLine] = ()
    budgets: Sequence[BudgetLine] = ()


CHILDREN = frozenset({"supporting_unit_ids", "targets", "budgets"})
"""Fields of a draft that are rows of their own tables."""
