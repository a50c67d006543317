"""One statement that links an entry: it moves the head of the chain on and inserts the entry.

PostgreSQL hashes, for only the row that is locked tells the last hash: the text before, between and
behind what the head knows comes from `parts`, by which Python checks the chain as well.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    ColumnElement,
    Insert,
    Integer,
    LargeBinary,
    Text,
    bindparam,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from kotacerdas.audit.models import AuditEntry, AuditHead
from kotacerdas.prepared import Prepared
from kotacerdas.tenancy import Json, table_of

GENESIS = bytes(32)
PARTS = ("hashed_start", "hashed_middle", "hashed_end")
HEAD, ENTRY = table_of(AuditHead), table_of(AuditEntry)
TENANT = bindparam("new_tenant_id", type_=Integer())
LINKED = ("sequence", "previous_hash", "hash")


def parts(
    *,
    tenant_id: int,
    id: UUID,  # noqa: A002  (the column's name)
    at: datetime,
    person_id: UUID | None,
    action: str,
    entity: str,
    entity_id: UUID | None,
    before: Json | None,
    after: Json | None,
    request_id: str | None,
) -> tuple[str, str, str]:
    """Canonical JSON of an entry, without the predecessor's hash and the number between them."""
    first = {
        "action": action,
        "after": after,
        "at": at.astimezone(UTC).isoformat(),
        "before": before,
        "entity": entity,
        "entity_id": entity_id,
        "id": id,
        "person": person_id,
    }
    start = orjson.dumps(first, option=orjson.OPT_SORT_KEYS).decode().removesuffix("}")
    request = orjson.dumps(request_id).decode()
    return (
        f'{start},"previous":"',
        f'","request":{request},"sequence":',
        f',"tenant":{tenant_id}}}',
    )


def _hash(previous: ColumnElement[bytes], sequence: ColumnElement[int]) -> ColumnElement[bytes]:
    start, middle, end = (bindparam(name, type_=Text()) for name in PARTS)
    text = start.concat(func.encode(previous, "hex", type_=Text()))
    text = text.concat(middle).concat(cast(sequence, Text)).concat(end)
    return func.sha256(func.convert_to(text, "UTF8"), type_=LargeBinary())


def _link() -> Insert:
    first: dict[str, ColumnElement[Any]] = {
        "sequence": literal(1, HEAD.c.sequence.type),
        "previous_hash": literal(GENESIS, LargeBinary()),
    }
    following: dict[str, ColumnElement[Any]] = {
        "sequence": HEAD.c.sequence + 1,
        "previous_hash": HEAD.c.hash,
    }
    for values in (first, following):
        values["hash"] = _hash(values["previous_hash"], values["sequence"])
    moved = (
        insert(HEAD)
        .values(tenant_id=TENANT, **first)
        .on_conflict_do_update(index_elements=["tenant_id"], set_=following)
        .returning(*(HEAD.c[name] for name in LINKED))
        .cte("moved")
    )
    noted = {
        column.name: bindparam(f"new_{column.name}", type_=column.type)
        for column in ENTRY.c
        if column.name not in LINKED
    }
    row = select(*noted.values(), *(moved.c[name] for name in LINKED))
    return insert(ENTRY).from_select([*noted, *LINKED], row)


LINK = Prepared(_link())
