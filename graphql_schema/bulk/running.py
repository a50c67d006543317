"""Running the rule of a single row on each item of a call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from graphql_schema.bulk.results import BulkPayload, results_of
from graphql_schema.context import Info
from graphql_schema.ids import Key, decode
from graphql_schema.mutating import run_rule
from graphql_schema.problems import UserError, user_errors
from kotacerdas import bulk
from kotacerdas.bulk import BulkRejected, Outcome
from kotacerdas.errors import DomainError, DomainErrors, NotFound
from kotacerdas.rows import lock_all
from kotacerdas.tenancy import TenantOwned
from tenants.notifications import digests

PayloadType = TypeVar("PayloadType", bound=BulkPayload)


async def change_all(
    info: Info,
    payload: type[PayloadType],
    given: Any,
    model: type[TenantOwned],
    rule: Callable[[Session, UUID, Any, str | None], Any],
    *,
    prefix: str | None = None,
    named: str = "id",
) -> PayloadType:
    """Run `rule(session, id, item, key)` on each item of a BulkChange, in the city that it names.

    `named` is the attribute of an item that holds the opaque id of a row of `model`, whose prefix
    is the result's own unless another is given; `key` is the row's idempotency key where the input
    has one. The rows are locked first, in one order.
    """
    known = [_key(getattr(item, named), prefix or payload.result.prefix) for item in given.items]

    def change(session: Session) -> list[Outcome]:
        rows = list(zip(known, given.items, _row_keys(given), strict=True))
        lock_all(session, model, [key.id for key in known if key and key.id])
        return digests.each(session, rows, one, on_error=given.on_error)

    def one(session: Session, row: tuple[Key | None, Any, str | None]) -> UUID:
        key, item, row_key = row
        if key is None or key.id is None:
            raise NotFound(path=(_camel(named),))
        changed: UUID = rule(session, key.id, item, row_key).id
        return changed

    own = known if prefix is None else []
    return await _run(info, payload, given.city_id, "cty", "cityId", change, own)


async def create_all(
    info: Info,
    payload: type[PayloadType],
    given: Any,
    parent: tuple[str, str],
    rule: Callable[[Session, UUID, Any, str | None], Any],
) -> PayloadType:
    """Run `rule(session, parent id, item, key)` on each item of a BulkCreation.

    `parent` is the attribute of the input that names where all belong, and the prefix of its ids;
    `key` is the row's own idempotency key.
    """
    attribute, prefix = parent
    place = getattr(given, attribute)
    key = _key(place, prefix)
    parent_id = (key and key.id) or UUID(int=0)

    def create(session: Session) -> list[Outcome]:
        rows = list(zip(given.items, _row_keys(given), strict=True))
        return digests.each(session, rows, one, on_error=given.on_error)

    def one(session: Session, row: tuple[Any, str | None]) -> UUID:
        made: UUID = rule(session, parent_id, *row).id
        return made

    return await _run(info, payload, place, prefix, _camel(attribute), create, [])


async def _run(
    info: Info,
    payload: type[PayloadType],
    place: str,
    prefix: str,
    named: str,
    rule: Callable[[Session], list[Outcome]],
    known: Sequence[Key | None],
) -> PayloadType:
    """Run a rule in the tenant of `place`; `known` are the keys of the rows that are there."""
    language = info.context.language
    tenant_id: int | None = None
    errors: list[UserError] = []
    try:
        target = decode(place, prefix, named)
        tenant_id = target.tenant_id
        outcomes = await run_rule(info, target, lambda s, _: rule(s), named)
    except BulkRejected as rejected:
        outcomes = [Outcome(None, outcome.errors) for outcome in rejected.outcomes]
        errors = user_errors(rejected, language)
    except (DomainError, DomainErrors) as refusal:
        return payload(errors=user_errors(refusal, language))
    return payload(
        results=results_of(payload.result, outcomes, tenant_id, language, known),  # type: ignore[call-arg]  # every payload declares its results
        errors=errors,
    )


def _key(text: str, prefix: str) -> Key | None:
    try:
        return decode(text, prefix)
    except NotFound:
        return None


def _row_keys(given: Any) -> list[str | None]:
    """An idempotency key for each item, where the call has one."""
    key = getattr(given, "idempotency_key", None)
    return [key and bulk.key_of_row(key, index) for index in range(len(given.items))]


def _camel(attribute: str) -> str:
    first, *rest = attribute.split("_")
    return first + "".join(word.capitalize() for word in rest)
