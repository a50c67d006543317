"""What came of each row, and its object: all objects of a call are read by one statement."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

import strawberry

from graphql_schema.context import Info
from graphql_schema.directives.cost import Cost
from graphql_schema.directives.list_size import ListSize
from graphql_schema.ids import Key
from graphql_schema.problems import UserError, user_errors
from graphql_schema.reader.reading import read_keys
from kotacerdas.bulk import MOST, Outcome
from kotacerdas.errors import DomainErrors

ROW = Cost(weight="3")
"""A row is a change like any other, but shares its transaction and its notices."""
ROWS = ListSize(assumed_size=MOST, require_one_slicing_argument=strawberry.UNSET)
ROW_ERRORS = ListSize(assumed_size=2, require_one_slicing_argument=strawberry.UNSET)


class Batch:
    """The stored rows of one call, read by one statement for each place that asks for them."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._keys = list(keys)
        self._read: dict[str, asyncio.Task[dict[Key, Any]]] = {}

    async def row(self, info: Info, key: Key) -> Any:
        """Return one of the rows, in the selection of the field that `info` is about."""
        place = str(info.path.key)
        if place not in self._read:
            self._read[place] = asyncio.ensure_future(self._all(info))
        return (await self._read[place]).get(key)

    async def _all(self, info: Info) -> dict[Key, Any]:
        return dict(zip(self._keys, await read_keys(info._raw_info, self._keys), strict=True))


@strawberry.type
class RowResult:
    """What came of one row: the object as it is stored, or errors."""

    prefix: ClassVar[str]
    key: strawberry.Private[Key | None]
    batch: strawberry.Private[Batch]
    index: int = strawberry.field(description="Place among the input's items, from 0.")
    errors: list[UserError] = strawberry.field(
        description="Why this row was refused; paths begin with `items` and the row's place.",
        directives=[ROW_ERRORS],
    )


@strawberry.type
class BulkPayload:
    """What came of each row, and what was wrong with the call as a whole."""

    result: ClassVar[type[RowResult]]
    errors: list[UserError] = strawberry.field(
        default_factory=list,
        description="What is wrong with the call as a whole; BULK_REJECTED where nothing was saved"
        " because of a row.",
    )


def results() -> Any:
    """The payload's results, one for each item."""
    return strawberry.field(
        default_factory=list,
        description="One for each item, in the order of the input; none where no row was tried.",
        directives=[ROW, ROWS],
    )


def stored() -> Any:
    """A result's object, read together with those of the other results."""
    return strawberry.field(
        resolver=_stored,
        description="The object as it is stored now; null where the row was refused or undone.",
    )


async def _stored(root: strawberry.Parent[RowResult], info: Info) -> Any:
    return None if root.key is None else await root.batch.row(info, root.key)


def results_of(
    kind: type[RowResult],
    outcomes: Sequence[Outcome],
    tenant_id: int | None,
    language: str,
    known: Sequence[Key | None],
) -> list[RowResult]:
    """Return the results of a call; `known` are the keys of the rows that were there before."""
    keys = [
        Key(kind.prefix, tenant_id, outcome.row_id) if outcome.row_id else None
        for outcome in outcomes
    ]
    return placed_results(kind, keys, outcomes, language, known=known)


def placed_results(
    kind: type[RowResult],
    keys: Sequence[Key | None],
    outcomes: Sequence[Outcome],
    language: str,
    field: str = "items",
    known: Sequence[Key | None] = (),
) -> list[RowResult]:
    """Return the results of a call whose rows are behind `keys`; `field` lists what was asked."""
    batch = Batch(key for key in keys if key)
    return [
        kind(
            index=index,
            key=keys[index],
            batch=batch,
            errors=_errors((field, str(index)), outcome, language, known[index] if known else None),
        )
        for index, outcome in enumerate(outcomes)
    ]


def _errors(
    place: tuple[str, str], outcome: Outcome, language: str, key: Key | None
) -> list[UserError]:
    if not outcome.errors:
        return []
    for error in outcome.errors:
        error.path = (*place, *error.path)
    return user_errors(DomainErrors(outcome.errors), language, key)
