"""The schema's description of itself as JSON, for tools that read it before they ask anything."""

from __future__ import annotations

import orjson
from graphql import introspection_from_schema

from graphql_schema.schema import core


def introspection() -> bytes:
    """Return what the standard introspection query would, as a whole response."""
    return orjson.dumps({"data": introspection_from_schema(core, input_value_deprecation=True)})
