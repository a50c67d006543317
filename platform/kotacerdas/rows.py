"""Taking a tenant's row to change it."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import NotFound, StaleVersion
from kotacerdas.scope import tenant_of
from kotacerdas.tenancy import TenantOwned, Versioned

Owned = TypeVar("Owned", bound=TenantOwned)


def locked(
    session: Session, model: type[Owned], row_id: UUID, *, expected_version: int | None = None
) -> Owned:
    """Return the tenant's row, locked until the transaction ends.

    Raises NotFound for a missing id and for another tenant's alike, and StaleVersion where the row
    has another version than the caller saw.
    """
    row = session.get(model, (tenant_of(session), row_id), with_for_update=True)
    if row is None:
        raise NotFound
    if isinstance(row, Versioned) and expected_version not in (None, row.version):
        raise StaleVersion(current_version=row.version)
    return row
