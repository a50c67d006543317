"""Who acts, in which tenant, and through which door of the database."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from kotacerdas.identity.policy import Grant

NATION = 0
"""Tenant of the ministry's own rows: national jobs, audit entries, memberships."""


class Door(StrEnum):
    """A PostgreSQL login role: what it may reach is told by `deploy/postgres/roles.sql`."""

    CITY = "app_city"
    MINISTRY = "app_ministry"
    IDENTITY = "app_identity"
    WORKER = "app_worker"
    RELAY = "app_relay"


@dataclass(frozen=True)
class Scope:
    """Decides which rows are visible and which permissions hold.

    `tenant_id` None reaches no tenant's rows, except through the ministry's door, which reads all.
    `grants` are the actor's memberships and, for a token (`by_token`), already narrowed to its
    scopes.
    """

    door: Door
    tenant_id: int | None = None
    person_id: UUID | None = None
    grants: tuple[Grant, ...] = ()
    request_id: str | None = None
    language: str = field(default="id", compare=False)
    by_token: bool = False

    def within(self, tenant_id: int) -> Scope:
        """Return the same actor looking at one tenant."""
        return replace(self, tenant_id=tenant_id)

    def through(self, door: Door) -> Scope:
        """Return the same actor using another login role."""
        return replace(self, door=door)


def scope_of(session: Session) -> Scope:
    """Return the scope that the session's unit of work was opened with."""
    scope: Scope = session.info["scope"]
    return scope


def tenant_of(session: Session) -> int:
    """Return the tenant that the session works in.

    Raises LookupError where the scope names none: a rule of one city was called without a city.
    """
    tenant_id = scope_of(session).tenant_id
    if tenant_id is None:
        raise LookupError("this rule needs a scope with a tenant")
    return tenant_id
