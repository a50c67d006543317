"""The text of an opaque id: a type's prefix, a UUID and, for a city's rows, the tenant."""

from __future__ import annotations

from uuid import UUID


def opaque_id(prefix: str, tenant_id: int | None, row_id: UUID | None) -> str:
    """Return `inn_` and 32 hex digits, followed by the tenant's; a city itself is `cty_c` and it.

    Carrying the tenant lets a row be found in one partition; it grants nothing.
    """
    tenant = "" if tenant_id is None else f"{tenant_id:x}"
    return f"{prefix}_c{tenant}" if row_id is None else f"{prefix}_{row_id.hex}{tenant}"
