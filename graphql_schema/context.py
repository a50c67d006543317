"""What every resolver is given: who asks, and the doors to the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, TypeVar

import strawberry
from graphql import FieldNode, GraphQLResolveInfo
from pydantic import SecretStr
from sqlalchemy.orm import Session

from graphql_schema.cities.directory import CityDirectory
from graphql_schema.ids import Key
from kotacerdas.database import Database
from kotacerdas.identity.authentication import Actor, identity_scope, scope_for
from kotacerdas.scope import Door, Scope
from kotacerdas.settings import Settings
from kotacerdas.signing import sign

Result = TypeVar("Result")


class Reading(NamedTuple):
    """An object behind a key that an execution wants at a place of its data."""

    path: list[str | int]
    key: Key
    type_name: str
    nodes: list[FieldNode]


@dataclass(frozen=True)
class Context:
    """One request: its actor and the scopes that follow from it."""

    settings: Settings
    database: Database
    directory: CityDirectory
    actor: Actor
    request_id: str
    language: str
    fresh: bool = False
    """Whether reads must see what was just committed, which a replica may not have yet."""
    readings: list[Reading] | None = None
    """Where objects behind keys are noted to be read later, if they are."""

    @property
    def cursor_key(self) -> bytes:
        """Key that signs page cursors, and nothing else."""
        return _cursor_key(self.settings.secret_key)

    def scope(self, tenant_id: int | None) -> Scope:
        """Return the actor's scope in a tenant; without a fitting role it reaches no rows of it."""
        return scope_for(self.actor, tenant_id, request_id=self.request_id, language=self.language)

    def public(self) -> Scope:
        """Return the scope of somebody unknown: published and national data only."""
        return Scope(Door.CITY, request_id=self.request_id, language=self.language)

    def person(self) -> Scope:
        """Return the scope in which the actor reads what is theirs in any tenant."""
        return replace(self.own(), tenant_id=None)

    def own(self) -> Scope:
        """Return the scope in which the actor changes what is theirs; audited in the nation."""
        return identity_scope(self.actor, request_id=self.request_id, language=self.language)

    async def perform(self, scope: Scope, rule: Callable[[Session], Result]) -> Result:
        """Run a domain rule in a unit of work of its own.

        GraphQL resolves sibling fields concurrently and a session serves one task at a time, so no
        session is ever shared between resolvers.
        """
        return await self.database.perform(scope, rule)


@lru_cache(4)
def _cursor_key(secret_key: SecretStr) -> bytes:
    return sign(secret_key, "cursor", "")


Info = strawberry.Info[Context, None]
ResolveInfo = GraphQLResolveInfo[Context]
