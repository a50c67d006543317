"""Types of reviews by name, for types that they are built on themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

if TYPE_CHECKING:
    from graphql_schema.reviews.types import Remark, ReviewRound

LazyRemark = Annotated["Remark", strawberry.lazy("graphql_schema.reviews.types")]
LazyRound = Annotated["ReviewRound", strawberry.lazy("graphql_schema.reviews.types")]
