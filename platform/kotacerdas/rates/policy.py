"""Which rate holds for whom: requests, and what they cost, in a minute."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True)
class Quota:
    """Who is counted, as what."""

    sender: Sender
    who: object


def quota_of(actor: Actor, address: str) -> Quota:
    """Return as whom the request counts: a token or a person, or the address of nobody known."""
    if actor.person_id is None:
        return Quota(Sender.ANONYMOUS, address)
    if actor.via is Via.TOKEN:
        return Quota(Sender.TOKEN, actor.token_id or actor.person_id)
    return Quota(Sender.USER, actor.person_id)


class Rates:
    """The rates of one installation, counted by one process together with all others."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = Limiter(Buckets(settings.broker_url, settings.secret_key))
        self._requests = {
            sender: Rate(sender.value, getattr(settings, f"rate_{sender}")) for sender in Sender
        }
        self._costs = {
            sender: Rate(f"{sender}-cost", getattr(settings, f"budget_{sender}"))
            for sender in Sender
        }

    async def request(self, quota: Quota) -> Decision | None:
        """Count a request; None where any number may be sent."""
        return await self._taken(self._requests[quota.sender], quota.who, 1)

    async def cost(self, quota: Quota, cost: int) -> Decision | None:
        """Count what a request costs, before it runs; None where there is no budget."""
        return await self._taken(self._costs[quota.sender], quota.who, cost)

    async def aclose(self) -> None:
        """Close the connections to the buckets."""
        await self._limiter.aclose()

    async def _taken(self, rate: Rate, who: object, amount: int) -> Decision | None:
        if rate.limit == 0:
            return None
        # What costs more than a whole minute's budget takes all of it, or it could never run.
        return await self._limiter.take(rate, who, min(amount, rate.limit))
