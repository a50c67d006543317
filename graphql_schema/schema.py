"""The whole schema, built once."""

from __future__ import annotations

import strawberry
from strawberry.schema.config import StrawberryConfig

from graphql_schema import enums  # noqa: F401  (names the domain's enums before types use them)
from graphql_schema.directives.marking import describe, mark
from graphql_schema.directives.requires import Requires
from graphql_schema.directives.since import Since
from graphql_schema.limits.prices import DIRECTIVES, INTROSPECTION, price
from graphql_schema.mutation import Mutation
from graphql_schema.problems import ERRORS
from graphql_schema.query import Query
from graphql_schema.reader.wiring import wire
from graphql_schema.scalars import SCALARS
from graphql_schema.subscription import Subscription

schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[*ERRORS, *DIRECTIVES, Requires, Since],
    schema_directives=[INTROSPECTION],
    config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
)
price(schema)
core = wire(schema)
mark(schema)
describe(schema)
