"""What a city itself shows to its assessors."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import NotFound, StaleVersion
from kotacerdas.identity.policy import Permission, require
from kotacerdas.scope import tenant_of
from kotacerdas.values import link_value, text_value
from tenants.assessment.candidates import required_instrument, still_open
from tenants.assessment.instruments import parameters_of
from tenants.assessment.models import Evidence


def show_evidence(
    session: Session,
    participation_id: UUID,
    *,
    parameter_id: UUID,
    text: str,
    link: str = "",
    expected_version: int = 0,
) -> Evidence:
    """Write what the city shows for a parameter; a second text replaces the first.

    `expected_version` is 0 where nothing is shown yet. Raises AssessmentClosed, InstrumentMissing,
    NotFound, StaleVersion, or Invalid.
    """
    require(session, Permission.PARTICIPATION_ADVANCE)
    participation = still_open(session, participation_id)
    instrument_id = required_instrument(session, participation)
    if parameter_id not in {each.id for each in parameters_of(session, instrument_id)}:
        raise NotFound(path=("parameterId",))
    mine = select(Evidence).where(
        Evidence.tenant_id == tenant_of(session),
        Evidence.participation_id == participation.id,
        Evidence.parameter_id == parameter_id,
    )
    known = session.scalar(mine)
    if (known.version if known else 0) != expected_version:
        raise StaleVersion(current_version=known.version if known else 0)
    row = known or Evidence(
        tenant_id=tenant_of(session),
        id=uuid7(),
        participation_id=participation.id,
        parameter_id=parameter_id,
    )
    row.text = text_value(text, path=("text",), required=True)
    row.link = link_value(link, path=("link",)) or None
    session.add(row)
    audit.record(
        session, "assessment.evidence", "assessment_evidence", row.id, after={"text": row.text}
    )
    return row
