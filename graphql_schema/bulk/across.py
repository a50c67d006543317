"""Running a rule on rows of many cities: each in its own city, kept whatever another refuses."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from graphql_schema.bulk.results import BulkPayload, placed_results
from graphql_schema.context import Info
from graphql_schema.ids import Key, decode
from graphql_schema.mutating import run_rule
from graphql_schema.problems import user_errors
from kotacerdas import bulk
from kotacerdas.bulk import Outcome
from kotacerdas.errors import DomainError, DomainErrors
from kotacerdas.identity.policy import Permission

PayloadType = TypeVar("PayloadType", bound=BulkPayload)


async def create_in_cities(
    info: Info,
    payload: type[PayloadType],
    given: Any,
    named: tuple[str, str],
    rule: Callable[..., Any],
    *,
    requires: Permission,
    check: Callable[[], object],
) -> PayloadType:
    """Run `rule(session, id, idempotency_key=...)` on each of a Creation's ids, in its own city.

    `named` is the input's field that holds the ids, and their prefix. `check` raises what is wrong
    for all of them before any is tried, for those who hold what the rule `requires` anywhere; the
    others are told by each city what they lack. Called again with its key, only those that were
    refused are tried anew.
    """
    field, prefix = named
    ids: list[str] = vars(given)[_attribute(field)]
    language = info.context.language
    try:
        if any(grant.holds(requires) for grant in info.context.actor.grants):
            check()
        bulk.refuse_count(ids, path=(field,))
        row_keys = [bulk.key_of_row(given.idempotency_key, place) for place in range(len(ids))]
    except (DomainError, DomainErrors) as refusal:
        return payload(errors=user_errors(refusal, language))
    kept: list[Key | None] = []
    outcomes: list[Outcome] = []
    for text, row_key in zip(ids, row_keys, strict=True):
        once = partial(rule, idempotency_key=row_key)
        key, outcome = await _in_city(info, payload.result.prefix, (text, prefix, field), once)
        kept.append(key)
        outcomes.append(outcome)
    results = placed_results(payload.result, kept, outcomes, language, field)
    return payload(results=results)  # type: ignore[call-arg]  # every payload declares its results


async def _in_city(
    info: Info, made: str, place: tuple[str, str, str], rule: Callable[[Session, UUID], Any]
) -> tuple[Key | None, Outcome]:
    text, prefix, field = place
    try:
        target = decode(text, prefix, field)
        row = await run_rule(info, target, rule, field)
    except DomainErrors as several:
        return None, Outcome(None, several.errors)
    except DomainError as refusal:
        refusal.path = () if refusal.path == (field,) else refusal.path
        return None, Outcome(None, [refusal])
    return Key(made, target.tenant_id, row.id), Outcome(row.id, [])


def _attribute(field: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in field)
