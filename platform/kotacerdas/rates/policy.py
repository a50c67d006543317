"""Which rate holds for whom: requests, and what they cost, in a minute."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from kotacerdas.identity.authentication import Actor, Via
from kotacerdas.rates.buckets import Buckets
from kotacerdas.rates.limiter import Limiter
from kotacerdas.rates.rate import Decision, Rate
from kotacerdas.settings import Settings


class Sender(StrEnum):
    """Kinds of senders, by what they show."""

    ANONYMOUS = "anonymous"
    USER = "user"
    TOKEN = "token"  # noqa: S105  (a word, no secret)


class Quota(NamedTuple):
    """Who is counted, and by which rates."""

    requests: Rate
    cost: Rate
    who: object
    known: bool


class Rates:
    """The rates of one installation, counted by one process together with all others."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = Limiter(Buckets(settings.broker_url, settings.secret_key))
        self._anonymous = _rates(settings, Sender.ANONYMOUS)
        self._user = _rates(settings, Sender.USER)
        self._token = _rates(settings, Sender.TOKEN)

    def quota(self, actor: Actor, address: str) -> Quota:
        """Return as whom a request counts: a token or a person, or the address of nobody known."""
        if actor.person_id is None:
            return Quota(*self._anonymous, address, known=False)
        # By their numbers, which are found faster than the UUIDs themselves.
        if actor.via is Via.TOKEN:
            requests, cost = self._token
            return Quota(requests, cost, (actor.token_id or actor.person_id).int, True)
        requests, cost = self._user
        return Quota(requests, cost, actor.person_id.int, True)

    async def request(self, quota: Quota) -> Decision | None:
        """Count a request; None where any number may be sent."""
        if quota.requests.limit == 0:
            return None
        return await self._limiter.take(quota.requests, quota.who)

    async def cost(self, quota: Quota, cost: int) -> Decision | None:
        """Count what a request costs, before it runs; None where there is no budget."""
        limit = quota.cost.limit
        if limit == 0:
            return None
        # What costs more than a whole minute's budget takes all of it, or it could never run.
        return await self._limiter.take(quota.cost, quota.who, min(cost, limit))

    async def aclose(self) -> None:
        """Close the connections to the buckets."""
        await self._limiter.aclose()


def _rates(settings: Settings, sender: Sender) -> tuple[Rate, Rate]:
    requests, cost = getattr(settings, f"rate_{sender}"), getattr(settings, f"budget_{sender}")
    return Rate(sender.value, requests), Rate(f"{sender}-cost", cost)
