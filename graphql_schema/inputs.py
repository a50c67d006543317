"""Reading inputs: what is absent stays out, opaque ids become UUIDs, several refusals at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from uuid import UUID

import strawberry

from graphql_schema.ids import decode
from kotacerdas.errors import DomainError, NotFound
from kotacerdas.money import parse_rupiah


def uuid_of(text: str, prefix: str, field: str) -> UUID:
    """Return the UUID behind an opaque id of that type; raises NotFound at the input's `field`."""
    try:
        key = decode(text, prefix)
    except NotFound:
        raise NotFound(path=(field,)) from None
    if key.id is None:
        raise NotFound(path=(field,))
    return key.id


def given(**fields: strawberry.Maybe[Any] | Any) -> dict[str, Any]:
    """Return the fields that the caller sent: the value of a `Some`; absent ones are left out."""
    return {
        name: value.value if isinstance(value, strawberry.Some) else value
        for name, value in fields.items()
        if value is not None and value is not strawberry.UNSET
    }


def money(text: object, *path: str) -> Decimal:
    """Read an amount of rupiah; raises Invalid at `path`, and asks where it is ambiguous."""
    return parse_rupiah(str(text), path=path)


@contextmanager
def within(*path: str) -> Iterator[None]:
    """Put `path` before the path of a refusal raised inside."""
    try:
        yield
    except DomainError as refusal:
        refusal.path = (*path, *refusal.path)
        raise


def replaced(fields: dict[str, Any], name: str, read: Callable[[Any], Any]) -> None:
    """Convert one field if it was sent and is not null."""
    if fields.get(name) is not None:
        fields[name] = read(fields[name])
