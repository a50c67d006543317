"""Counting a request against its sender's rates, and telling where the sender stands.

The fields are those of the IETF's draft "RateLimit header fields for HTTP" since its version 8:
one field holds several policies, here requests and their cost, which the three older fields
(RateLimit-Limit, -Remaining, -Reset) could not.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from starlette.requests import HTTPConnection

from kotacerdas.errors import DomainError
from kotacerdas.identity.authentication import ANONYMOUS, Actor
from kotacerdas.rates.policy import Sender, quota_of
from kotacerdas.rates.rate import Decision, Rate
from kotacerdas.web.context import actor_of, address_of, services_of

REQUESTS = "requests"
COST = "cost"
COUNTED = "kotacerdas.counted"
"""Where the decisions on a request are kept in its scope, by policy."""


class RateLimited(DomainError):
    """More requests in a minute than their sender may send."""

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
        await count_unknown(connection)
        raise
    await _count(connection, actor)
    return actor


async def count_unknown(connection: HTTPConnection) -> None:
    """Count a request by its address, whatever credentials it shows; raises RateLimited."""
    await _count(connection, ANONYMOUS)


async def count_cost(connection: HTTPConnection, actor: Actor, cost: int) -> None:
    """Count what the request will cost; raises BudgetSpent."""
    quota = quota_of(actor, address_of(connection))
    decision = await services_of(connection).rates.cost(quota, cost)
    _keep(connection, COST, decision)
    if decision is not None and not decision.allowed:
        raise BudgetSpent(decision)


def rate_headers(connection: HTTPConnection) -> dict[str, str]:
    """Return the header fields that tell the sender's rates and what is left of them."""
    counted: dict[str, Decision] = connection.scope.get(COUNTED, {})
    if not counted:
        return {}
    return {
        "RateLimit-Policy": ", ".join(_policy(name, each.rate) for name, each in counted.items()),
        "RateLimit": ", ".join(
            f'"{name}";r={each.remaining};t={each.reset_seconds}' for name, each in counted.items()
        ),
    }


def throttle(connection: HTTPConnection) -> dict[str, Any]:
    """Return the same for `extensions.cost`: `throttle` for requests, `budget` for their cost."""
    counted: dict[str, Decision] = connection.scope.get(COUNTED, {})
    names = {"throttle": REQUESTS, "budget": COST}
    return {key: _standing(counted[name]) for key, name in names.items() if name in counted}


async def _count(connection: HTTPConnection, actor: Actor) -> None:
    quota = quota_of(actor, address_of(connection))
    decision = await services_of(connection).rates.request(quota)
    _keep(connection, REQUESTS, decision)
    if decision is not None and not decision.allowed:
        unknown = quota.sender is Sender.ANONYMOUS
        raise AddressLimited(decision) if unknown else RateLimited(decision)


def _keep(connection: HTTPConnection, policy: str, decision: Decision | None) -> None:
    if decision is not None:
        connection.scope.setdefault(COUNTED, {})[policy] = decision


def _standing(decision: Decision) -> dict[str, int]:
    return {
        "limit": decision.rate.limit,
        "remaining": decision.remaining,
        "resetSeconds": decision.reset_seconds,
    }


@lru_cache(64)
def _policy(name: str, rate: Rate) -> str:
    return f'"{name}";q={rate.limit};w={round(rate.window_seconds)}'
