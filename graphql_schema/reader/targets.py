"""Opaque ids as where a read begins: which rows they mean, and in which scope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLNamedType

from graphql_schema.context import Context
from graphql_schema.ids import Key, decode
from graphql_schema.reader.roots import RootNodes
from kotacerdas.errors import Invalid, NotFound
from kotacerdas.identity.policy import permitted
from kotacerdas.scope import Scope

MOST_NODES = 100


def asked_keys(root: RootNodes, arguments: Mapping[str, Any]) -> list[Key | None]:
    """Return the keys that `node` or `nodes` ask for; None where a text is no id.

    Raises Invalid for more than 100.
    """
    texts = arguments["ids"] if root.several else [arguments["id"]]
    if len(texts) > MOST_NODES:
        raise Invalid(
            "ids",
            "paling banyak 100 id; bagi menjadi beberapa permintaan.",
            "at most 100 ids; split them up.",
        )
    return [_decoded(text) for text in texts]


def node_scope(context: Context, kind: GraphQLNamedType, tenant_id: int | None) -> Scope | None:
    """Return the scope in which rows of a type are found by id, or None if they may not be."""
    own = kind.extensions["reads"].own
    scope = context.person() if own else context.scope(tenant_id)
    requires = kind.extensions["requires"]
    gated = requires is not None and not permitted(scope, requires)
    return None if gated or (own and scope.by_token) else scope


def _decoded(text: str) -> Key | None:
    try:
        return decode(text)
    except NotFound:
        return None
