"""Sources of short lists: counts by a column, and rows by a foreign key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, FromClause, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import Rows
from kotacerdas.tenancy import Model


@dataclass(frozen=True)
class CountsBy:
    """Rows (`key`, `count`) of the city that the parent row is."""

    attribute: InstrumentedAttribute[Any]

    def __call__(self, parent: FromClause, asking: Asking) -> Select[Any]:
        """The counts of one city."""
        key, tenant = self._columns()
        counts = _counts(key).where(tenant == asking.tenant(parent.c.id))
        return counts.group_by(key).order_by(key)

    def together(self) -> Select[Any]:
        """The counts of all cities at once; `of` names the city."""
        key, tenant = self._columns()
        return _counts(key, tenant.label("of")).group_by(tenant, key).order_by(tenant, key)

    def _columns(self) -> tuple[ColumnElement[Any], ColumnElement[int]]:
        row = self.attribute.class_.__table__.alias()
        return row.c[self.attribute.key], row.c.tenant_id


def _counts(key: ColumnElement[Any], *more: ColumnElement[Any]) -> Select[Any]:
    counts: Any = select(*more, key.label("key"), func.count().label("count"))
    return cast("Select[Any]", counts)  # to pyright, named columns are no Select[Any]


def rows_of(model: type[Model], foreign: str, *order: str) -> Rows:
    """Source of a list: the rows of `model` whose `foreign` column names the parent row."""

    def source(parent: FromClause, asking: Asking) -> Select[Any]:
        row = model.__table__.alias()
        mine = [row.c[foreign] == parent.c.id]
        if "tenant_id" in row.c and "tenant_id" in parent.c:
            mine.append(row.c.tenant_id == asking.tenant(parent.c.tenant_id))
        return select(row).where(*mine).order_by(*(row.c[name] for name in order))

    return source


def all_of(model: type[Model], *order: str) -> Rows:
    """Source of a list: all rows of `model` of the city that the parent row is."""

    def source(parent: FromClause, asking: Asking) -> Select[Any]:
        row = model.__table__.alias()
        mine = row.c.tenant_id == asking.tenant(parent.c.id)
        return select(row).where(mine).order_by(*(row.c[name] for name in order))

    return source
