"""Writing an innovation, by its department."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Unpack
from uuid import UUID

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, acting, require
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from kotacerdas.values import refuse
from tenants.cities.editions import pillars_of, refuse_foreign
from tenants.cities.units import refuse_ended, unit_of
from tenants.submissions.content import InnovationChanges, InnovationTexts, checked
from tenants.submissions.models import Innovation, InnovationKind, Maturity
from tenants.submissions.people import of_unit
from tenants.submissions.states import closed, participation_of, refuse_state
from tenants.submissions.workflow import EDITABLE, InnovationState


def create(
    session: Session,
    *,
    participation_id: UUID,
    unit_id: UUID,
    dimension_id: UUID,
    name: str,
    kind: InnovationKind,
    maturity: Maturity,
    budget_rupiah: Decimal | str = Decimal(0),
    idempotency_key: str | None = None,
    **texts: Unpack[InnovationTexts],
) -> Innovation:
    """Start a draft; only its name, pillar, kind and maturity are needed yet.

    A text of money is read as people write it: "Rp1.500.000,00", "1,5 M".

    Raises NotFound, Forbidden, UnitEnded, SubmissionsClosed, DimensionForeign, or Invalid for each
    field that is refused.
    """
    require(session, Permission.INNOVATION_WRITE, unit_id=unit_id)
    request: dict[str, Any] = {
        "name": name,
        "kind": kind,
        "maturity": maturity,
        "dimension_id": dimension_id,
        "budget_rupiah": budget_rupiah,
        **texts,
    }
    values = checked(request)
    places = {"participation_id": participation_id, "unit_id": unit_id}
    asked = {"do": "innovation.create"} | places | request
    row_id = once(session, idempotency_key, asked, lambda: _insert(session, places, values))
    return locked(session, Innovation, row_id)


def update(
    session: Session, innovation_id: UUID, *, expected_version: int, changes: InnovationChanges
) -> Innovation:
    """Change a draft or a returned innovation.

    Raises NotFound, Forbidden, StaleVersion, InnovationWrongState, SubmissionsClosed,
    DimensionForeign, or Invalid for each field that is refused.
    """
    row = of_unit(session, innovation_id, Permission.INNOVATION_WRITE, expected_version)
    refuse_state(row, EDITABLE)
    participation = participation_of(session, row.participation_id)
    refuse(closed(participation.stage))
    values = checked(changes)
    if "dimension_id" in values:
        refuse_foreign(values["dimension_id"], pillars_of(session, participation.id))
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    before = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        audit.record(
            session, "innovation.update", "innovation", row.id, before=before, after=changed
        )
    return row


def _insert(session: Session, places: dict[str, UUID], values: dict[str, Any]) -> UUID:
    participation = participation_of(session, places["participation_id"])
    refuse_ended(unit_of(session, places["unit_id"], path=("unitId",)), path=("unitId",))
    refuse(closed(participation.stage))
    refuse_foreign(values["dimension_id"], pillars_of(session, participation.id))
    row = Innovation(
        tenant_id=tenant_of(session),
        id=uuid7(),
        state=InnovationState.DRAFT,
        created_by=acting(session),
        **places,
        **values,
    )
    session.add(row)
    audit.record(session, "innovation.create", "innovation", row.id, after=places | values)
    return row.id
