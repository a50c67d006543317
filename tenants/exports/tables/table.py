"""A kind of export as data: columns of one SELECT over a city's rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.orm.util import AliasedClass

from kotacerdas.filtering import criterion
from kotacerdas.tenancy import Json, TenantOwned
from tenants.cities.models import City
from tenants.exports.models import ExportKind

Sql = ColumnElement[Any] | InstrumentedAttribute[Any]
Words = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Column:
    """A column of an export.

    `name` is its key in JSON, `heading` its words in Indonesian and English. `value` is its SQL, or
    one for each language. `prefix` makes an opaque id of a UUID; `words` names plain texts of a
    fixed set; `entry` writes one entry of a list into a table's cell. `width` is in characters.
    """

    name: str
    heading: tuple[str, str]
    value: Sql | Mapping[str, Sql]
    prefix: str | None = None
    words: Words = field(default_factory=dict)
    entry: Callable[[Any, str], str] | None = None
    width: int = 16

    def title(self, language: str) -> str:
        """Return the heading in a language."""
        return self.heading[language == "en"]

    def sql(self, language: str) -> Sql:
        """Return the SQL in a language."""
        return self.value[language] if isinstance(self.value, Mapping) else self.value


@dataclass(frozen=True)
class Table:
    """A kind of export: rows of `model` in `order`, filtered by columns of the table `filtered`."""

    kind: ExportKind
    title: tuple[str, str]
    model: type[TenantOwned]
    filtered: FromClause
    source: FromClause
    order: tuple[Sql, ...]
    columns: tuple[Column, ...]

    def statement(self, tenant_id: int, criteria: Json, language: str) -> Select[Any]:
        """Return the SELECT of one city's rows, one column for each of `columns`."""
        picked = [
            column.sql(language).label(f"c{place}") for place, column in enumerate(self.columns)
        ]
        return (
            select(*picked)
            .select_from(self.source)
            .where(self.model.tenant_id == tenant_id, self._holds(criteria))
            .order_by(*self.order)
        )

    def count(self, tenant_id: int, criteria: Json) -> Select[int]:
        """Return the SELECT of how many rows there are."""
        rows = select(func.count()).select_from(self.source)
        return rows.where(self.model.tenant_id == tenant_id, self._holds(criteria))

    def _holds(self, criteria: Json) -> ColumnElement[bool]:
        return criterion(self.filtered, criteria)


CITY = (
    Column("regionCode", ("Kode wilayah", "Region code"), City.region_code, width=12),
    Column("city", ("Daerah", "City"), City.name, width=24),
)
"""The first columns of every export."""


def of_city(model: type[TenantOwned]) -> ColumnElement[bool]:
    """Join a city to its rows."""
    return City.id == model.tenant_id


def named(
    child: type[TenantOwned],
    foreign: InstrumentedAttribute[Any],
    target: type[TenantOwned] | AliasedClass[Any],
) -> ColumnElement[bool]:
    """Join the row of the same tenant that a foreign key names."""
    return and_(target.tenant_id == child.tenant_id, target.id == foreign)
