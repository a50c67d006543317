"""Counts by a column, as short lists."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import FromClause, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import Rows
from kotacerdas.tenancy import Model


def counts_by(attribute: InstrumentedAttribute[Any], tenant: str = "id") -> Rows:
    """Source of a list: rows (`key`, `count`) of the city that the parent row is."""

    def source(parent: FromClause, asking: Asking) -> Select[Any]:
        row = attribute.class_.__table__.alias()
        key = row.c[attribute.key]
        counts: Any = (
            select(key.label("key"), func.count().label("count"))
            .where(row.c.tenant_id == asking.tenant(parent.c[tenant]))
            .group_by(key)
            .order_by(key)
        )
        return cast("Select[Any]", counts)  # to pyright, two columns are no Select[Any]

    return source


def rows_of(model: type[Model], foreign: str, *order: str) -> Rows:
    """Source of a list: the rows of `model` whose `foreign` column names the parent row."""

    def source(parent: FromClause, asking: Asking) -> Select[Any]:
        row = model.__table__.alias()
        mine = [row.c[foreign] == parent.c.id]
        if "tenant_id" in row.c and "tenant_id" in parent.c:
            mine.append(row.c.tenant_id == asking.tenant(parent.c.tenant_id))
        return select(row).where(*mine).order_by(*(row.c[name] for name in order))

    return source
