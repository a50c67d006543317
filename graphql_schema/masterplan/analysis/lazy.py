"""Types of the analysis by name, for types that it is built on itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

if TYPE_CHECKING:
    from graphql_schema.masterplan.analysis.types import SourceDocument

LazySource = Annotated[
    "SourceDocument", strawberry.lazy("graphql_schema.masterplan.analysis.types")
]
