"""Opaque ids of the API: type prefix, UUID and, for a city's rows, the tenant.

Carrying the tenant lets `node(id:)` reach one partition by a bound predicate; it grants nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Text, Uuid, cast, func, literal_column

from kotacerdas.errors import NotFound
from kotacerdas.opaque_ids import opaque_id

CITY = "cty"
"""Prefix of cities' ids."""

_SHAPE = re.compile(r"([a-z]{3})_(?:([0-9a-f]{32})(0|[1-9a-f][0-9a-f]{0,7})?|c([0-9a-f]{1,8}))")


@dataclass(frozen=True)
class Key:
    """A row: `tenant_id` None for national tables; a city has a tenant and no UUID of its own."""

    prefix: str
    tenant_id: int | None
    id: UUID | None

    @property
    def row_id(self) -> UUID | int | None:
        """The row's id within its table: a city's is its tenant."""
        return self.tenant_id if self.id is None else self.id

    def __str__(self) -> str:
        return opaque_id(self.prefix, self.tenant_id, self.id)


def decode(text: str, prefix: str | None = None, field: str = "id") -> Key:
    """Read an opaque id.

    Raises NotFound for anything else, also for an id of another type where `prefix` is given: a
    caller learns nothing from the difference.
    """
    match = _SHAPE.fullmatch(text)
    if match is None or (prefix is not None and match[1] != prefix):
        raise NotFound(path=(field,))
    if (match[1] == CITY) == (match[2] is not None):  # a city alone has no UUID of its own
        raise NotFound(path=(field,))
    tenant = match[3] or match[4]
    tenant_id = int(tenant, 16) if tenant else None
    if tenant_id is not None and tenant_id >= 2**31:
        raise NotFound(path=(field,))
    return Key(match[1], tenant_id, UUID(match[2]) if match[2] else None)


def sql(prefix: str, row: FromClause, column: str = "id") -> ColumnElement[str]:
    """The same encoding in SQL, of `row`'s column; NULL stays NULL."""
    value = row.c[column]
    if not isinstance(value.type, Uuid):
        return literal_column(f"'{prefix}_c'", Text).concat(func.to_hex(value))
    plain = func.replace(cast(value, Text), literal_column("'-'"), literal_column("''"), type_=Text)
    text: ColumnElement[str] = literal_column(f"'{prefix}_'", Text).concat(plain)
    return text.concat(func.to_hex(row.c.tenant_id)) if "tenant_id" in row.c else text
