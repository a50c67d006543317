"""Who has earned a certificate, as the API shows it."""

from __future__ import annotations

from uuid import UUID

import strawberry
from sqlalchemy.orm import Session

from graphql_schema.ids import Key
from kotacerdas.scope import tenant_of
from tenants.bimtek.certificates import candidates


@strawberry.type(description="Somebody's attendance over a participation's held sessions.")
class CertificateCandidate:
    """Somebody's attendance over a participation's held sessions."""

    name: str = strawberry.field(description="Name as in the attendance lists.")
    unit_id: strawberry.ID = strawberry.field(description="Id of the person's department.")
    attended: int = strawberry.field(description="Held sessions at which the person was present.")
    held: int = strawberry.field(description="Sessions that were held.")
    eligible: bool = strawberry.field(description="Whether a certificate may be given.")


def candidates_of(session: Session, participation_id: UUID) -> list[CertificateCandidate]:
    """Return everybody who was present at a held session."""
    return [
        CertificateCandidate(
            name=each.name,
            unit_id=strawberry.ID(str(Key("unt", tenant_of(session), each.unit_id))),
            attended=each.attended,
            held=each.held,
            eligible=each.eligible,
        )
        for each in candidates(session, participation_id)
    ]
