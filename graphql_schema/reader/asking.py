"""Who asks, as SQL sees it: the tenant, and what else an expression takes from the scope.

An expression that takes everything through `Asking` is compiled once for all who may see the same
columns; whose tenant and rights they are is bound at each request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement, FromClause, Integer, bindparam, literal
from sqlalchemy.types import TypeEngine

from kotacerdas.scope import Scope

TENANT = "tenant"
"""Name of the bound tenant."""
Take = Callable[[Any], Any]
"""Checks an argument's value and makes it what the column holds; raises DomainError."""


class Asking(Protocol):
    """What the expressions of declarations may know of who asks."""

    def tenant(self, column: ColumnElement[int]) -> ColumnElement[int]:
        """The tenant of the scope as a bound value where it has one, else the given column."""
        ...

    def value(self, of: Callable[[Scope], Any], kind: TypeEngine[Any]) -> ColumnElement[Any]:
        """A value that follows from the scope, bound."""
        ...

    def bind(self, given: Any, kind: TypeEngine[Any], take: Take) -> ColumnElement[Any]:
        """An argument's value, checked by `take`, bound."""
        ...

    def confined(self) -> bool:
        """Whether the scope has a tenant."""
        ...


@dataclass(frozen=True)
class Known:
    """Asking where the scope and the arguments are at hand."""

    scope: Scope

    def tenant(self, column: ColumnElement[int]) -> ColumnElement[int]:
        """The scope's tenant, or the column."""
        if self.scope.tenant_id is None:
            return column
        return bindparam(TENANT, self.scope.tenant_id, Integer(), unique=False)

    def value(self, of: Callable[[Scope], Any], kind: TypeEngine[Any]) -> ColumnElement[Any]:
        """The value, as it is now."""
        return literal(of(self.scope), kind)

    def bind(self, given: Any, kind: TypeEngine[Any], take: Take) -> ColumnElement[Any]:
        """The argument, as it is."""
        return literal(take(given), kind)

    def confined(self) -> bool:
        """Whether the scope has a tenant."""
        return self.scope.tenant_id is not None


def own(asking: Asking, row: FromClause, parent: FromClause | None) -> list[ColumnElement[bool]]:
    """The tenant predicate of `row`: bound where the scope has a tenant, else the parent's."""
    if "tenant_id" not in row.c:
        return []
    beside = None if parent is None else parent.c.get("tenant_id")
    if beside is None:
        return [row.c.tenant_id == asking.tenant(row.c.tenant_id)] if asking.confined() else []
    return [row.c.tenant_id == asking.tenant(beside)]
