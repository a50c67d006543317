"""Faults to plant in the compiler, one at a time; the random documents must find each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Text, literal_column
from sqlalchemy import cast as sql_cast

from graphql_schema.reader.compiled import binding, children, fields, objects, pages, slots, values

Plant = Callable[[pytest.MonkeyPatch], None]


def null_not_coalesced(patch: pytest.MonkeyPatch) -> None:
    """NULL within concat() vanishes, and with it the value."""
    for module in (values, children, pages):
        patch.setattr(module, "or_null", lambda value, *, nullable: value)


def wrong_order(patch: pytest.MonkeyPatch) -> None:
    """A page from the end comes in the order in which it was read."""
    patch.setattr(pages, "aggregate_order_by", lambda column, *_order: column)


def one_row_too_many(patch: pytest.MonkeyPatch) -> None:
    """Nested pages show the row that only tells whether there is more."""
    size = binding.Deferred.size
    patch.setattr(binding.Deferred, "size", lambda self, page, beyond: size(self, page, beyond + 1))


def name_of_the_stored_value(patch: pytest.MonkeyPatch) -> None:
    """Enums are written as they are stored."""
    patch.setattr(values, "_enum", lambda _kind: lambda value: ['"', sql_cast(value, Text), '"'])


def cursor_of_the_other_end(patch: pytest.MonkeyPatch) -> None:
    """startCursor and endCursor change places."""
    other = {"startCursor": "endCursor", "endCursor": "startCursor"}
    told = pages._info_kind
    patch.setattr(pages, "_info_kind", lambda name: told(other.get(name, name)))


def trailing_zeros(patch: pytest.MonkeyPatch) -> None:
    """Decimals keep the zeros of their column."""
    plain = lambda value: ['"', sql_cast(value, Text), '"']  # noqa: E731
    for name in ("Decimal", "Rupiah"):
        patch.setitem(values.SCALARS, name, plain)


def moments_as_text(patch: pytest.MonkeyPatch) -> None:
    """Moments are written as PostgreSQL prints them."""
    plain = lambda value: ['"', sql_cast(value, Text), '"']  # noqa: E731
    patch.setitem(values.SCALARS, "DateTime", plain)


def whole_floats(patch: pytest.MonkeyPatch) -> None:
    """1.0 is written as 1."""
    patch.setitem(values.SCALARS, "Float", values.SCALARS["Int"])


def everything_allowed(patch: pytest.MonkeyPatch) -> None:
    """Gated fields are read by everybody whom row-level security lets through."""
    patch.setattr(objects.Objects, "allowed", lambda *_arguments: True)


def tenant_of_nobody(patch: pytest.MonkeyPatch) -> None:
    """Statements have no tenant predicate of their own."""
    for module in (children, fields, pages):
        patch.setattr(module, "own", lambda *_arguments: [])


def kept_for_other_switches(patch: pytest.MonkeyPatch) -> None:
    """A plan made for @skip(if: true) is kept for false."""
    shaper = slots.shaper

    def forgetful(kind: Any) -> Any:
        known = shaper(kind)
        plain = str(kind).rstrip("!") == "Boolean"
        return (lambda value, path: ("?", known(value, path)[1])) if plain else known

    from graphql_schema.reader.compiled import reader

    patch.setattr(reader, "shaper", forgetful)


def cursor_forgotten(patch: pytest.MonkeyPatch) -> None:
    """Pages begin at the start, whatever the cursor."""
    always = literal_column("true")
    patch.setattr(pages.Order, "beyond", lambda *_arguments: always)


FAULTS: tuple[Plant, ...] = (
    null_not_coalesced,
    wrong_order,
    one_row_too_many,
    name_of_the_stored_value,
    cursor_of_the_other_end,
    trailing_zeros,
    moments_as_text,
    whole_floats,
    everything_allowed,
    kept_for_other_switches,
)
