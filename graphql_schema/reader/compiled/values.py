"""How a value of each scalar is written in SQL, byte for byte as graphql-core's answer has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql import GraphQLEnumType, get_named_type, get_nullable_type, is_list_type
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Text,
    Uuid,
    case,
    func,
    literal,
    literal_column,
)
from sqlalchemy import Enum as SqlEnum
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import JSONB

from graphql_schema.reader.compiled.text import BROKEN, Pieces, or_null, text
from graphql_schema.reader.unfit import Unfit

Written = Callable[[ColumnElement[Any]], Pieces]


def written(kind: Any, value: ColumnElement[Any], *, may_be_null: bool) -> Pieces:
    """Return the pieces of a value of an output type."""
    inner = get_nullable_type(kind)
    nullable = inner is kind
    pieces = _list(inner, value) if is_list_type(inner) else _scalar(inner)(value)
    if not may_be_null:
        return pieces
    # || gives NULL for a NULL within, which concat() would swallow.
    whole = _strict(pieces)
    return [or_null(whole, nullable=nullable)]


def _strict(pieces: Pieces) -> ColumnElement[Any]:
    parts = [text(piece) if isinstance(piece, str) else piece for piece in pieces]
    whole = sql_cast(parts[0], Text) if len(parts) == 1 else parts[0]
    for part in parts[1:]:
        whole = whole.op("||", return_type=Text())(part)
    return whole


def _scalar(kind: Any) -> Written:
    if isinstance(kind, GraphQLEnumType):
        return _enum(kind)
    known = SCALARS.get(kind.name)
    if known is None:
        raise Unfit(f"no form in SQL is known of {kind.name}")
    return known


def _json(value: ColumnElement[Any]) -> Pieces:
    return [sql_cast(func.to_json(value), Text)]


def _plain(value: ColumnElement[Any]) -> Pieces:
    return [sql_cast(value, Text)]


def _exact(value: ColumnElement[Any]) -> Pieces:
    return ['"', sql_cast(func.trim_scale(value), Text), '"']


def _float(value: ColumnElement[Any]) -> Pieces:
    """Shortest digits that read back the same, with a point: 101.0 and not 101.

    Who writes an exponent, and how, is told by graphql-core alone.
    """
    digits = sql_cast(value + literal_column("0"), Text)  # 0 where it was -0
    whole = digits.op("~")(literal_column("'^-?[0-9]+$'"))
    strange = digits.op("~")(literal_column("'[^0-9.-]'"))
    zero = (digits == text("-0"), text("0.0"))
    return [
        case(zero, (whole, func.concat(digits, text(".0"))), (strange, text(BROKEN)), else_=digits)
    ]


SCALARS: dict[str, Written] = {
    "Boolean": _plain,
    "Int": _plain,
    "Float": _float,
    "String": _json,
    "ID": _json,
    "Slug": _json,
    "RegionCode": _json,
    "DateTime": _json,
    "Date": lambda value: ['"', sql_cast(value, Text), '"'],
    "Decimal": _exact,
    "Rupiah": _exact,
    "JSON": _plain,
}
"""By the name of the scalar; one that is missing is answered by graphql-core alone."""


def _enum(kind: GraphQLEnumType) -> Written:
    """The name of a stored value: by upper case where all names are made so, else by a list."""
    names = {_stored(value.value): name for name, value in kind.values.items()}
    alike = all(name == stored.upper() for stored, name in names.items())

    def name_of(value: ColumnElement[Any]) -> Pieces:
        if alike and isinstance(value.type, SqlEnum):  # its CHECK lets no other value in
            return ['"', func.upper(sql_cast(value, Text)), '"']
        known = {stored: f'"{name}"' for stored, name in names.items()}
        return [case(known, value=sql_cast(value, Text), else_=_broken_unless_null(value))]

    return name_of


def _broken_unless_null(value: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((value.is_not(None), text(BROKEN)))


def _stored(value: Any) -> str:
    return str(getattr(value, "value", value))


def _list(kind: Any, value: ColumnElement[Any]) -> Pieces:
    entry = get_nullable_type(kind.of_type)
    named = get_named_type(kind)
    if is_list_type(entry):
        raise Unfit(f"lists of lists are not compiled: {kind}")
    if isinstance(named, GraphQLEnumType):
        _require_plain_names(named)
        if isinstance(value.type, JSONB):  # a list of our own making
            return [_names(value)]
        known = literal([_stored(each.value) for each in named.values.values()], ARRAY(Text))
        within = value.op("<@", is_comparison=True)(known)
        names = _names(func.to_json(value))
        return [case((within, names), else_=_broken_unless_null(value))]
    if isinstance(value.type, JSONB):
        raise Unfit(f"lists in JSONB are compiled for enums alone: {kind}")
    return [sql_cast(func.to_json(value), Text)]


def _names(array: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.translate(func.upper(sql_cast(array, Text)), ": ", "_")


def _require_plain_names(kind: GraphQLEnumType) -> None:
    for name, value in kind.values.items():
        if name != _stored(value.value).upper().replace(":", "_"):
            raise Unfit(f"{kind.name}.{name} is not the upper case of its value")


def identity(prefix: str, row: FromClause) -> Pieces:
    """Return the pieces of the row's opaque id; the same form as `ids.sql`."""
    value = row.c.id
    if not isinstance(value.type, Uuid):
        return [f'"{prefix}_c', func.to_hex(value), '"']
    digits = func.replace(sql_cast(value, Text), text("-"), text(""), type_=Text)
    tenant: Pieces = [func.to_hex(row.c.tenant_id)] if "tenant_id" in row.c else []
    return [f'"{prefix}_', digits, *tenant, '"']
