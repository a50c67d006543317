"""What lies between the present and the wanted state of each pillar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked
from kotacerdas.values import refuse
from tenants.cities.editions import pillars_of, refuse_foreign
from tenants.masterplan.analysis import writing
from tenants.masterplan.analysis.citations import CitationLine, checked
from tenants.masterplan.analysis.models import Gap, StatementKind
from tenants.masterplan.analysis.texts import Text, cleaned
from tenants.masterplan.models import Masterplan

ABOUT = StatementKind.GAP
TEXTS = {
    "present": Text("present"),
    "wanted": Text("wanted"),
    "gap": Text("gap", required=True),
    "action": Text("action"),
}


class GapFields(TypedDict, total=False):
    """What a caller may set; a field left out keeps its value, citations replace the former."""

    present: str
    wanted: str
    gap: str
    action: str
    citations: Sequence[CitationLine]


def create_gap(
    session: Session,
    masterplan_id: UUID,
    *,
    dimension_id: UUID,
    idempotency_key: str | None = None,
    **fields: Unpack[GapFields],
) -> Gap:
    """Add a gap of a pillar of the plan's edition; raises DimensionForeign for another one."""
    require(session, Permission.MASTERPLAN_WRITE)
    of = {"dimension_id": dimension_id}
    request: dict[str, Any] = {"do": "gap.create", "plan": masterplan_id, **of, **fields}

    def create() -> UUID:
        plan = locked(session, Masterplan, masterplan_id)
        refuse_foreign(dimension_id, pillars_of(session, plan.participation_id))
        values = _checked(session, {"gap": "", **fields})
        place = {"masterplan_id": plan.id, "dimension_id": dimension_id}
        ordinal = writing.next_ordinal(session, Gap, **place)
        return writing.add(session, Gap, plan, {**of, "ordinal": ordinal, **values}, ABOUT)

    return locked(session, Gap, once(session, idempotency_key, request, create))


def update_gap(
    session: Session, gap_id: UUID, *, expected_version: int, **changes: Unpack[GapFields]
) -> Gap:
    """Change a gap's words or citations; its pillar stays."""
    require(session, Permission.MASTERPLAN_WRITE)
    row, plan = writing.taken(session, Gap, gap_id, expected_version=expected_version)
    writing.change(session, row, plan.id, _checked(session, changes), ABOUT)
    return row


def delete_gap(session: Session, gap_id: UUID, *, expected_version: int) -> Masterplan:
    """Leave a gap out of the plan."""
    require(session, Permission.MASTERPLAN_WRITE)
    row, plan = writing.taken(session, Gap, gap_id, expected_version=expected_version)
    writing.remove(session, row, ABOUT)
    return plan


def _checked(session: Session, fields: GapFields) -> dict[str, Any]:
    errors: list[DomainError] = []
    clean = cleaned(fields, TEXTS, errors)
    if writing.CITATIONS in clean:
        clean[writing.CITATIONS] = checked(session, clean[writing.CITATIONS], errors)
    refuse(errors)
    return clean
