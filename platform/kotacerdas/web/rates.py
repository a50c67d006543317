"""Counting a request against its sender's rates, and telling where the sender stands.

The fields are those of the IETF's draft "RateLimit header fields for HTTP" since its version 8:
one field holds several policies, here requests and their cost, which the three older fields
(RateLimit-Limit, -Remaining, -Reset) could not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from starlette.requests import HTTPConnection

from kotacerdas.errors import DomainError
from kotacerdas.identity.authentication import ANONYMOUS, Actor
from kotacerdas.metrics import METRICS
from kotacerdas.rates.policy import Quota
from kotacerdas.rates.rate import Decision, Rate
from kotacerdas.web.context import actor_of, address_of, services_of

STANDING = "kotacerdas.standing"
"""Where a request's scope keeps what was decided."""


@dataclass(slots=True)
class Standing:
    """As whom a request counts, and what was decided of it; None where there is no limit."""

    quota: Quota
    requests: Decision | None = None
    cost: Decision | None = None


class RateLimited(DomainError):
    """More requests in a minute than their sender may send."""

    retryable = True
    code = "RATE_LIMITED"
    id = (
        "Terlalu banyak permintaan: paling banyak {limit} tiap menit."
        " Coba lagi dalam {seconds} detik."
    )
    en = "Too many requests: at most {limit} a minute. Try again in {seconds} seconds."

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        super().__init__(limit=decision.rate.limit, seconds=decision.reset_seconds)


class AddressLimited(RateLimited):
    """The same for somebody unknown, for whom there is another way."""

    id = (
        "Terlalu banyak permintaan dari alamat ini: paling banyak {limit} tiap menit."
        " Coba lagi dalam {seconds} detik, atau masuk untuk batas yang lebih besar."
    )
    en = (
        "Too many requests from this address: at most {limit} a minute."
        " Try again in {seconds} seconds, or sign in for a higher limit."
    )


class BudgetSpent(RateLimited):
    """Requests that cost too much together."""

    id = (
        "Biaya kueri Anda melebihi {limit} tiap menit."
        " Coba lagi dalam {seconds} detik, atau minta halaman yang lebih kecil."
    )
    en = (
        "Your queries cost more than {limit} a minute."
        " Try again in {seconds} seconds, or ask for smaller pages."
    )


async def counted_actor(connection: HTTPConnection) -> Actor:
    """Return who sends the request, once it is counted.

    Who shows credentials that open nothing is counted like somebody unknown. Raises RateLimited,
    and what `actor_of` raises.
    """
    try:
        actor = await actor_of(connection)
    except DomainError:
        await count(connection, ANONYMOUS)
        raise
    await count(connection, actor)
    return actor


async def count(connection: HTTPConnection, actor: Actor) -> None:
    """Count a request of the actor's; raises RateLimited."""
    rates = services_of(connection).rates
    quota = rates.quota(actor, address_of(connection))
    decision = await rates.request(quota)
    connection.scope[STANDING] = Standing(quota, decision)
    if decision is not None and not decision.allowed:
        METRICS.over_rate(decision.rate.name)
        raise RateLimited(decision) if quota.known else AddressLimited(decision)


async def count_cost(connection: HTTPConnection, cost: int) -> None:
    """Count what a counted request will cost; raises BudgetSpent."""
    standing: Standing = connection.scope[STANDING]
    decision = await services_of(connection).rates.cost(standing.quota, cost)
    standing.cost = decision
    if decision is not None and not decision.allowed:
        METRICS.over_rate(decision.rate.name)
        raise BudgetSpent(decision)


def rate_headers(connection: HTTPConnection) -> dict[str, str]:
    """Return the header fields that tell the sender's rates and what is left of them."""
    policies, left = [], []
    for name, decision in _decisions(connection):
        policies.append(_policy(name, decision.rate))
        _, _, remaining, reset_seconds = decision
        left.append(f'"{name}";r={remaining};t={reset_seconds}')
    if not left:
        return {}
    return {"RateLimit-Policy": ", ".join(policies), "RateLimit": ", ".join(left)}


def throttle(connection: HTTPConnection) -> dict[str, Any]:
    """Return the same for `extensions.cost`: `throttle` for requests, `budget` for their cost."""
    keys = {"requests": "throttle", "cost": "budget"}
    return {
        keys[name]: {
            "limit": decision.rate.limit,
            "remaining": decision.remaining,
            "resetSeconds": decision.reset_seconds,
        }
        for name, decision in _decisions(connection)
    }


def _decisions(connection: HTTPConnection) -> list[tuple[str, Decision]]:
    standing: Standing | None = connection.scope.get(STANDING)
    if standing is None:
        return []
    made = (("requests", standing.requests), ("cost", standing.cost))
    return [(name, decision) for name, decision in made if decision is not None]


@lru_cache(64)
def _policy(name: str, rate: Rate) -> str:
    return f'"{name}";q={rate.limit};w={round(rate.window_seconds)}'
