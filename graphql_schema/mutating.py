"""Mutations: read input, perform the rule, convert what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, ClassVar, TypeVar, cast, get_type_hints
from uuid import UUID

import strawberry
from sqlalchemy.orm import Session

from graphql_schema.context import Info
from graphql_schema.directives.requires import REQUIRES
from graphql_schema.ids import CITY, Key, decode
from graphql_schema.problems import CHANGED, UserError, user_errors
from kotacerdas.errors import DomainError, DomainErrors, Forbidden, NotFound, Unauthenticated
from kotacerdas.identity.policy import Permission
from kotacerdas.scope import NATION, Door

Resolver = TypeVar("Resolver", bound=Callable[..., Any])
PayloadType = TypeVar("PayloadType", bound="Payload")
THE_NATION = Key(CITY, NATION, None)
"""Stands where a city's key would, for what is done for all cities together."""


@strawberry.type
class Payload:
    """What a mutation answers: the changed object, or the errors for which nothing was changed."""

    prefix: ClassVar[str]
    key: strawberry.Private[Key | None] = None
    errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why nothing was changed; empty on success."
    )


def changed(description: str = "The object as it is stored now; null on errors.") -> Any:
    """The payload's object, read by the reader from the payload's key."""
    return strawberry.field(description=description, default=None, metadata={CHANGED: True})


@strawberry.input
class Change:
    """Input of a step of an object that exists."""

    id: strawberry.ID = strawberry.field(description="Opaque id of the object.")
    expected_version: int = strawberry.field(
        description="`version` that the caller last read; another one is refused as stale."
    )


@strawberry.input
class Creation:
    """Input of a mutation that makes something new."""

    idempotency_key: str = strawberry.field(
        description="A random UUID of the caller's: repeating the call with it has one effect."
    )


def answer(description: str) -> Callable[[Resolver], Resolver]:
    """Make a method a field that a resolver answers."""
    return cast(Callable[[Resolver], Resolver], strawberry.field(description=description))


def mutation(
    description: str, *, requires: Permission | tuple[Permission, ...] | None, **options: Any
) -> Callable[[Resolver], Resolver]:
    """Make a resolver a mutation with a payload type of its own, named after it.

    `requires` is the permission that its rule asks for, for the SDL: several where one of them
    suffices, None where the actor changes only what is theirs. A test holds it to the rule. Other
    options are Strawberry's: `deprecation_reason`, `directives`.

    `innovation_submit` returning `InnovationPayload` answers `InnovationSubmitPayload`, so that a
    mutation can be widened without touching its neighbours.
    """

    def declare(resolver: Resolver) -> Resolver:
        words = "".join(word.capitalize() for word in resolver.__name__.split("_"))
        hints = get_type_hints(resolver)
        base, given = hints["return"], hints["input"]
        own = strawberry.type(
            type(f"{words}Payload", (base,), {"__module__": base.__module__}),
            description=f"Answer of {words[0].lower()}{words[1:]}: the object, or errors.",
        )
        told = strawberry.argument(description=given.__strawberry_definition__.description)
        # Nullable, so that a defect in one mutation leaves the answers of its neighbours.
        resolver.__annotations__ |= {"return": own | None, "input": Annotated[given, told]}
        asked = (requires,) if isinstance(requires, Permission) else requires or ()
        options["metadata"] = {REQUIRES: asked}
        return cast(Resolver, strawberry.mutation(resolver, description=description, **options))

    return declare


async def perform(
    info: Info,
    payload: type[PayloadType],
    key: str,
    prefix: str,
    rule: Callable[[Session, UUID], Any],
    named: str = "id",
    at: Key | None = None,
) -> PayloadType:
    """Run `rule` on the row behind the opaque id `key`, in that row's tenant.

    `named` is the input field that holds the key. `at` is THE_NATION for a row that belongs to no
    city: it is changed at the ministry's desk.

    The rule returns the changed row, or its UUID. A refusal comes back as the payload's errors.
    """
    target: Key | None = None
    try:
        target = decode(key, prefix, named)
        row = target.id or UUID(int=0)
        result = await run_rule(info, at or target, lambda session, _: rule(session, row), named)
    except (DomainError, DomainErrors) as refusal:
        errors = user_errors(refusal, info.context.language, target)
        return payload(key=None, errors=errors)
    row_id = result if isinstance(result, UUID) else result.id
    return payload(key=Key(payload.prefix, target.tenant_id, row_id))


async def step(
    info: Info,
    payload: type[PayloadType],
    given: Change,
    rule: Callable[..., Any],
    at: Key | None = None,
    **more: Any,
) -> PayloadType:
    """Run a step of one object: `rule(session, id, expected_version=..., **more)`."""
    take = partial(rule, expected_version=given.expected_version, **more)
    return await perform(info, payload, given.id, payload.prefix, take, at=at)


async def perform_own(
    info: Info, payload: type[PayloadType], rule: Callable[[Session], UUID]
) -> PayloadType:
    """Run `rule` on what is the actor's own, in no city; it returns the UUID of the changed row."""
    context = info.context
    try:
        if context.actor.person_id is None:
            raise Unauthenticated
        row_id = await context.perform(context.own(), rule)
    except (DomainError, DomainErrors) as refusal:
        return payload(key=None, errors=user_errors(refusal, context.language))
    return payload(key=Key(payload.prefix, None, row_id))


async def run_rule(
    info: Info, target: Key, rule: Callable[[Session, UUID], Any], named: str
) -> Any:
    """Run `rule` with the UUID of `target` in its tenant; `named` is the field that names it.

    Raises what the rule raises, Unauthenticated, NotFound where no role reaches the tenant, and
    Forbidden where that is the nation itself.
    """
    context = info.context
    if context.actor.person_id is None:
        raise Unauthenticated
    scope = context.scope(target.tenant_id)
    if scope.tenant_id is None and target == THE_NATION:  # that it exists is no secret
        raise Forbidden(permission=Permission.NATIONAL_READ.value)
    if scope.tenant_id is None:  # another city's id looks like one that does not exist
        raise NotFound(path=(named,))
    national = scope.tenant_id == NATION  # its tables are written through the ministry's door
    if not national and any(grant.tenant_id == scope.tenant_id for grant in scope.grants):
        scope = scope.through(Door.CITY)
    row_id = target.id or UUID(int=0)
    return await context.perform(scope, lambda session: rule(session, row_id))
