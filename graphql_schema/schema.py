"""The whole schema, built once."""

from __future__ import annotations

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from graphql_schema import enums  # noqa: F401  (names the domain's enums before types use them)
from graphql_schema.mutation import Mutation
from graphql_schema.problems import ERRORS
from graphql_schema.query import Query
from graphql_schema.reader.wiring import wire
from graphql_schema.scalars import SCALARS


class Schema(strawberry.Schema):
    """Strawberry's schema, which logs no errors: the view does, without what people wrote."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Nothing: `Api` tells each error and logs defects."""


schema = Schema(
    query=Query,
    mutation=Mutation,
    types=ERRORS,
    config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
)
core = wire(schema)
