"""Departments of a city."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from graphql_schema import lists
from graphql_schema.cities.lazy import LazyCity
from graphql_schema.cities.succession_types import OpenWork, UnitSuccession, open_work_of
from graphql_schema.node import Node
from graphql_schema.reader.declaration import children, column, key, listed, many, one, reads
from graphql_schema.reader.grouping import rows_of
from graphql_schema.reader.paging import Connection
from graphql_schema.reader.ruling import ruled
from kotacerdas.identity.policy import Permission
from tenants.cities import models as rows
from tenants.reorganisation.models import UnitSuccession as SuccessionRow
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
    replaced_by: Unit | None = one(
        "Unit", rows.Unit.replaced_by, "Unit that took over; of several the first."
    )
    successions: list[UnitSuccession] = listed(
        "UnitSuccession",
        rows_of(SuccessionRow, "unit_id", "id"),
        "How it ended: an entry for each unit that took over; empty while it works.",
    )
    predecessions: list[UnitSuccession] = listed(
        "UnitSuccession",
        rows_of(SuccessionRow, "successor_id", "id"),
        "From which units it took over.",
    )
    open_work: list[OpenWork] | None = ruled(
        open_work_of,
        "What would move with a reorganisation: open work, roles and invitations.",
        requires=Permission.UNIT_MANAGE,
    )
    innovations: Connection[
        Annotated[Innovation, strawberry.lazy("graphql_schema.submissions.types")]
    ] = many(
        "Innovation", lists.INNOVATIONS, children(InnovationRow.unit_id), "Innovations it proposed."
    )
