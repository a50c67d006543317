"""Counts by a column, as short lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import ColumnElement, FromClause, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from kotacerdas.scope import Scope
from kotacerdas.tenancy import Model


def counts_by(
    attribute: InstrumentedAttribute[Any], tenant: str = "id"
) -> Callable[[FromClause, Scope], Select[Any]]:
    """Source of a list: rows (`key`, `count`) of the city that the parent row is."""

    def source(parent: FromClause, scope: Scope) -> Select[Any]:
        row = attribute.class_.__table__.alias()
        key = row.c[attribute.key]
        counts: Any = (
            select(key.label("key"), func.count().label("count"))
            .where(row.c.tenant_id == _tenant(parent.c[tenant], scope))
            .group_by(key)
            .order_by(key)
        )
        return cast("Select[Any]", counts)  # to pyright, two columns are no Select[Any]

    return source


def rows_of(
    model: type[Model],
    foreign: str,
    *order: str,
) -> Callable[[FromClause, Scope], Select[Any]]:
    """Source of a list: the rows of `model` whose `foreign` column names the parent row."""

    def source(parent: FromClause, scope: Scope) -> Select[Any]:
        row = model.__table__.alias()
        mine = [row.c[foreign] == parent.c.id]
        if "tenant_id" in row.c and "tenant_id" in parent.c:
            mine.append(row.c.tenant_id == _tenant(parent.c.tenant_id, scope))
        return select(row).where(*mine).order_by(*(row.c[name] for name in order))

    return source


def _tenant(parent: ColumnElement[int], scope: Scope) -> ColumnElement[int] | int:
    """The bound tenant where there is one, else the parent row's."""
    return parent if scope.tenant_id is None else scope.tenant_id
