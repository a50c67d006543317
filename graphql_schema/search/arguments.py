"""The arguments of `search`."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from graphql_schema.scalars import RegionCode
from tenants.masterplan.models import ItemKind


def _may(kind: Any, description: str) -> Any:
    return Annotated[kind | None, strawberry.argument(description=description)]


SEARCH_ARGUMENTS: dict[str, Any] = {
    "text": Annotated[
        str,
        strawberry.argument(
            description="Words, whole or their beginnings; all of them are looked for."
        ),
    ],
    "kinds": _may(list[ItemKind], "Only these kinds; null or [] is every kind."),
    "dimension": _may(str, "Code of a pillar in any edition, e.g. economy."),
    "province": _may(str, "Name of a province, e.g. Sumatera Barat."),
    "region": _may(RegionCode, "Code of one regency or city."),
    "first": _may(int, "Page size, 1 to 100; 20 if nothing is said."),
    "after": _may(str, "Cursor: the page begins after it."),
}
"""By Python name: words, what narrows them, and the page."""
