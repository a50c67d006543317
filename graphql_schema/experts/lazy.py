"""Types of experts by name, for types that they are built on themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

if TYPE_CHECKING:
    from graphql_schema.experts.types import Assignment

LazyAssignment = Annotated["Assignment", strawberry.lazy("graphql_schema.experts.types")]
