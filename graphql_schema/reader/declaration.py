"""What each field is in the database, declared beside the Strawberry field itself."""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, dataclass_transform

import strawberry
from sqlalchemy import ColumnElement, FromClause, Select
from sqlalchemy.orm import InstrumentedAttribute

from graphql_schema.reader.asking import Asking
from graphql_schema.reader.listing import Listing
from kotacerdas.identity.policy import Permission
from kotacerdas.tenancy import Model

READ = "read"
"""Key of a declaration in a Strawberry field's metadata."""

Where = Callable[[FromClause, FromClause], ColumnElement[bool]]
"""Joins a child (first) to its parent (second), tenant apart."""

Expression = Callable[[FromClause, Asking], ColumnElement[Any]]
"""A value over a row, for whoever asks."""

Rows = Callable[[FromClause, Asking], Select[Any]]
"""The rows that belong to a parent row, in their order."""


@dataclass(frozen=True)
class Column:
    """A column of the row, by name."""

    name: str
    requires: Permission | None = None


@dataclass(frozen=True)
class Identity:
    """The row's own opaque id."""

    requires: Permission | None = None


@dataclass(frozen=True)
class Computed:
    """An expression over the row and who asks."""

    expression: Expression
    requires: Permission | None = None


@dataclass(frozen=True)
class One:
    """A row of another type, or null; `by_key` where a key of this row names it.

    `latest` takes the last made of several: ids are in order of time.
    """

    target: str
    where: Where
    by_key: bool
    latest: bool = False
    requires: Permission | None = None


@dataclass(frozen=True)
class Listed:
    """A short list without pages: all rows of `source`, in its order."""

    target: str
    source: Rows
    requires: Permission | None = None
    own: bool = False


@dataclass(frozen=True)
class Many:
    """A connection: pages of `listing` that belong to the row."""

    target: str
    listing: Listing
    where: Where
    requires: Permission | None = None
    own: bool = False


@dataclass(frozen=True)
class Ruled:
    """What a rule of the domain says of the row, in Python: it takes a session and the row's id."""

    rule: Callable[..., Any]
    requires: Permission | None = None


@dataclass(frozen=True)
class Gathered:
    """What a rule says in every city where who asks holds a role, put `together`; for viewers."""

    rule: Callable[..., Any]
    together: Callable[[list[Any]], Any]
    where: Permission
    requires: Permission | None = None


Read = Column | Identity | Computed | One | Listed | Many | Ruled | Gathered


@dataclass(frozen=True)
class Source:
    """The table behind a type and the prefix of its ids."""

    model: type[Model]
    prefix: str | None
    requires: Permission = Permission.CITY_READ
    public: bool = False
    own: bool = False


Type = TypeVar("Type", bound=type)


@dataclass_transform(kw_only_default=True)
def reads(
    model: type[Model],
    prefix: str | None = None,
    *,
    description: str,
    requires: Permission = Permission.CITY_READ,
    public: bool = False,
    own: bool = False,
) -> Callable[[Type], Type]:
    """Make a Strawberry type whose fields are read from `model`.

    A tenant's rows are read by those who hold `requires` there; `public` lifts this. Rows of no
    tenant are anybody's, unless `requires` is NATIONAL_READ. `own` rows are found by id for the
    person alone whom their `person_id` names.
    """

    def declare(cls: Type) -> Type:
        made = strawberry.type(cls, description=description)
        made.__reads__ = Source(model, prefix, requires, public, own)  # type: ignore[attr-defined]  # read by wiring
        return made

    return declare


def declared(read: Read, description: str, **options: Any) -> Any:
    """A Strawberry field that the reader answers by `read`."""
    # Options are Strawberry's, in all that follows: `deprecation_reason`, `directives`.
    return strawberry.field(description=description, metadata={READ: read}, **options)


def key(description: str = "Opaque, stable id.") -> Any:
    """The row's opaque id."""
    return declared(Identity(), description)


def column(attribute: InstrumentedAttribute[Any] | str, description: str, **options: Any) -> Any:
    """A column of the row; a name instead of an attribute reads from a `listed` source."""
    name = attribute if isinstance(attribute, str) else attribute.key
    return declared(Column(name), description, **options)


def computed(
    expression: Expression,
    description: str,
    *,
    requires: Permission | None = None,
    **options: Any,
) -> Any:
    """A value computed in SQL from the row."""
    return declared(Computed(expression, requires), description, **options)


def one(
    target: str,
    foreign: InstrumentedAttribute[Any] | str | Where,
    description: str,
    *,
    latest: bool = False,
    requires: Permission | None = None,
    **options: Any,
) -> Any:
    """The row that this row's foreign key names, or the one for which the condition holds.

    A name instead of an attribute is the key's in a `listed` source. `latest` takes the last made
    of those for which the condition holds.
    """
    match foreign:
        case str():
            read = One(target, _named(foreign), by_key=True, requires=requires)
        case InstrumentedAttribute():
            read = One(target, _named(foreign.key), by_key=True, requires=requires)
        case _:
            read = One(target, foreign, by_key=False, latest=latest, requires=requires)
    return declared(read, description, **options)


def _named(name: str) -> Where:
    def where(child: FromClause, parent: FromClause) -> ColumnElement[bool]:
        return identity(child) == parent.c[name]

    return where


def identity(row: FromClause) -> ColumnElement[Any]:
    """The primary key's column beside the tenant."""
    (column,) = [c for c in row.primary_key if c.key != "tenant_id"]
    return column


def children(foreign: InstrumentedAttribute[Any]) -> Where:
    """Condition: the child's foreign key names the parent."""
    name = foreign.key

    def where(child: FromClause, parent: FromClause) -> ColumnElement[bool]:
        return child.c[name] == identity(parent)

    return where


def listed(
    target: str,
    source: Rows,
    description: str,
    *,
    requires: Permission | None = None,
    own: bool = False,
    **options: Any,
) -> Any:
    """A short list without pages; `own` rows are the actor's in any tenant, shown to no token."""
    return declared(Listed(target, source, requires, own), description, **options)


def many(
    target: str,
    listing: Listing,
    where: Where,
    description: str,
    *,
    requires: Permission | None = None,
    own: bool = False,
    **options: Any,
) -> Any:
    """A connection with the listing's arguments: first, after, last, before, filter, orderBy.

    `own` rows are the actor's in any tenant, shown to no token.
    """
    read = Many(target, listing, where, requires, own)
    resolver = with_parameters(unread, listing.arguments())
    return declared(read, description, resolver=resolver, **options)


def with_parameters(
    resolver: Callable[..., Any], parameters: list[inspect.Parameter]
) -> Callable[..., Any]:
    """Give a resolver's function parameters that are known only at run time."""
    resolver = types.FunctionType(
        resolver.__code__, resolver.__globals__, resolver.__name__, closure=resolver.__closure__
    )
    resolver.__kwdefaults__ = None
    resolver.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by Strawberry
    resolver.__annotations__ = {each.name: each.annotation for each in parameters}
    return resolver


def unread(**_arguments: Any) -> Any:
    """Stand for what the reader answers in a resolver's place."""
    raise AssertionError("rows answer declared fields; wire(schema) was not called")
