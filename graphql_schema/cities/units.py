"""Departments of a city."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from graphql_schema import lists
from graphql_schema.cities.lazy import LazyCity
from graphql_schema.node import Node
from graphql_schema.reader.declaration import children, column, key, many, one, reads
from graphql_schema.reader.paging import Connection
from tenants.cities import models as rows
from tenants.submissions.models import Innovation as InnovationRow

if TYPE_CHECKING:
    from graphql_schema.submissions.types import Innovation


@reads(rows.Unit, "unt", description="A department of the city (perangkat daerah).")
class Unit(Node):
    """A department of the city (perangkat daerah)."""

    id: strawberry.ID = key()
    name: str = column(rows.Unit.name, "Full name.")
    short_name: str = column(rows.Unit.short_name, "Short name, unique within the city.")
    kind: rows.UnitKind = column(rows.Unit.kind, "Kind by PP 18/2016.")
    valid_from: date | None = column(rows.Unit.valid_from, "First day, if known.")
    valid_to: date | None = column(rows.Unit.valid_to, "Day it ended.")
    version: int = column(rows.Unit.version, "Version for `expectedVersion`.")
    city: LazyCity = one("City", rows.Unit.tenant_id, "City that it belongs to.")
    replaced_by: Unit | None = one("Unit", rows.Unit.replaced_by, "Unit that took over.")
    innovations: Connection[
        Annotated[Innovation, strawberry.lazy("graphql_schema.submissions.types")]
    ] = many(
        "Innovation", lists.INNOVATIONS, children(InnovationRow.unit_id), "Innovations it proposed."
    )
