"""The verdict by its name, for types that are read before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

if TYPE_CHECKING:
    from graphql_schema.assessment.types import SelectionVerdict

LazyVerdict = Annotated["SelectionVerdict", strawberry.lazy("graphql_schema.assessment.types")]
