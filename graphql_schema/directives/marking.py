"""Writing into the schema what its declarations ask for, so that clients see it."""

from __future__ import annotations

from typing import Any

import strawberry
from graphql import GraphQLDirective, GraphQLField, GraphQLObjectType

from graphql_schema.directives.requires import REQUIRES, Requires, requires
from graphql_schema.reader.declaration import READ
from graphql_schema.reader.roots import ROOT
from kotacerdas.identity.policy import Permission


def mark(schema: strawberry.Schema) -> None:
    """Attach `@requires` to the types and fields of a wired schema that ask for a permission.

    A field of a row says nothing where reading the row asks for the same.
    """
    for name, kind in schema._schema.type_map.items():
        if isinstance(kind, GraphQLObjectType) and not name.startswith("__"):
            asked = _asked(kind.extensions.get("requires"))
            _attach(kind.extensions.get("strawberry-definition"), asked)
            for field in kind.fields.values():
                more = [each for each in permissions_of(field) if each not in asked]
                _attach(field.extensions["strawberry-definition"], more)


def describe(schema: strawberry.Schema) -> None:
    """Give the directives' arguments the descriptions of their fields, which Strawberry drops."""
    converter = schema.schema_converter.config.name_converter
    known: dict[Any, GraphQLDirective] = dict(schema._schema_graphql_directives)
    for kind, directive in known.items():
        for field in kind.__strawberry_directive__.fields:
            argument = directive.args[converter.get_graphql_name(field)]
            argument.description = field.description


def permissions_of(field: GraphQLField) -> list[Permission]:
    """Return the permissions of which a field asks for one; none where everybody may read it."""
    declared = field.extensions["strawberry-definition"].metadata
    read = declared.get(READ) or declared.get(ROOT)
    own = getattr(read, "requires", None) or field.extensions.get("requires")
    return _asked(own) + list(declared.get(REQUIRES, ()))


def _asked(permission: Permission | None) -> list[Permission]:
    return [] if permission is None else [permission]


def _attach(definition: Any, permissions: list[Permission]) -> None:
    present = list(definition.directives or ())
    if permissions and not any(isinstance(each, Requires) for each in present):
        definition.directives = [*present, *requires(permissions)]
