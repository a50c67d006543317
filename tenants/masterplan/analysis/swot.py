"""Strengths, weaknesses, opportunities and threats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, TypedDict, Unpack
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError, Invalid
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked
from kotacerdas.values import refuse
from tenants.masterplan.analysis import writing
from tenants.masterplan.analysis.citations import CitationLine, checked
from tenants.masterplan.analysis.models import (
    StatementKind,
    Strategy,
    StrategyPoint,
    SwotKind,
    SwotPoint,
)
from tenants.masterplan.analysis.texts import Text, cleaned
from tenants.masterplan.models import Masterplan

ABOUT = StatementKind.SWOT
TEXTS = {"text": Text("text", required=True)}
RATINGS = range(1, 5)
MOST_DECIMALS = 4


class SwotFields(TypedDict, total=False):
    """What a caller may set; a field left out keeps its value, citations replace the former."""

    text: str
    weight: Decimal | None
    rating: int | None
    citations: Sequence[CitationLine]


class SwotPointInUse(DomainError):
    """A point that strategies come from."""

    code = "SWOT_POINT_IN_USE"
    id = (
        "Butir {point} menjadi dasar strategi {strategies}. Ubah atau hapus strategi itu lebih"
        " dahulu."
    )
    en = "The strategies {strategies} come from {point}. Change or delete them first."


def create_point(
    session: Session,
    masterplan_id: UUID,
    *,
    kind: SwotKind,
    idempotency_key: str | None = None,
    **fields: Unpack[SwotFields],
) -> SwotPoint:
    """Add a point of one kind, at the end of its kind."""
    require(session, Permission.MASTERPLAN_WRITE)
    request: dict[str, Any] = {
        "do": "swot_point.create",
        "plan": masterplan_id,
        "kind": kind,
        **fields,
    }

    def create() -> UUID:
        plan = locked(session, Masterplan, masterplan_id)
        values = _checked(session, {"text": "", **fields})
        ordinal = writing.next_ordinal(session, SwotPoint, masterplan_id=plan.id, kind=kind)
        values = {"kind": kind, "ordinal": ordinal, **values}
        return writing.add(session, SwotPoint, plan, values, ABOUT)

    return locked(session, SwotPoint, once(session, idempotency_key, request, create))


def update_point(
    session: Session, point_id: UUID, *, expected_version: int, **changes: Unpack[SwotFields]
) -> SwotPoint:
    """Change a point's words, weight, rating or citations; its kind stays."""
    require(session, Permission.MASTERPLAN_WRITE)
    row, plan = writing.taken(session, SwotPoint, point_id, expected_version=expected_version)
    writing.change(session, row, plan.id, _checked(session, changes), ABOUT)
    return row


def delete_point(session: Session, point_id: UUID, *, expected_version: int) -> Masterplan:
    """Leave a point out; raises SwotPointInUse where strategies come from it."""
    require(session, Permission.MASTERPLAN_WRITE)
    row, plan = writing.taken(session, SwotPoint, point_id, expected_version=expected_version)
    strategies = _strategies(session, row)
    if strategies:
        names = ", ".join(strategies)
        raise SwotPointInUse(path=("id",), point=point_code(row), strategies=names)
    writing.remove(session, row, ABOUT)
    return plan


def point_code(point: SwotPoint) -> str:
    """S1, W2, O3 or T4."""
    return f"{point.kind.value[0].upper()}{point.ordinal}"


def strategy_code(strategy: Strategy) -> str:
    """SO-1, WO-2, ST-3 or WT-4."""
    return f"{strategy.kind.value.upper()}-{strategy.ordinal}"


def _strategies(session: Session, point: SwotPoint) -> list[str]:
    of = Strategy.id == StrategyPoint.strategy_id
    rows = session.scalars(
        select(Strategy)
        .join(StrategyPoint, (StrategyPoint.tenant_id == Strategy.tenant_id) & of)
        .where(Strategy.tenant_id == point.tenant_id, StrategyPoint.tenant_id == point.tenant_id)
        .where(StrategyPoint.swot_point_id == point.id)
        .order_by(Strategy.kind, Strategy.ordinal)
    )
    return [strategy_code(row) for row in rows]


def _checked(session: Session, fields: SwotFields) -> dict[str, Any]:
    errors: list[DomainError] = []
    clean = cleaned(fields, TEXTS, errors)
    errors += _measure_faults(clean.get("weight"), clean.get("rating"))
    if writing.CITATIONS in clean:
        clean[writing.CITATIONS] = checked(session, clean[writing.CITATIONS], errors)
    refuse(errors)
    return clean


def _measure_faults(weight: Decimal | None, rating: int | None) -> Iterator[DomainError]:
    if weight is not None and not _is_weight(weight):
        yield Invalid(
            "weight",
            "isi angka 0 sampai 1 dengan paling banyak 4 desimal, misalnya 0.15.",
            "enter a number from 0 to 1 with at most 4 decimals, such as 0.15.",
        )
    if rating is not None and rating not in RATINGS:
        yield Invalid(
            "rating",
            "isi 1 (lemah) sampai 4 (kuat).",
            "enter 1 (weak) to 4 (strong).",
        )


def _is_weight(weight: Decimal) -> bool:
    return weight.is_finite() and 0 <= weight <= 1 and weight == round(weight, MOST_DECIMALS)
