"""A flood of hostile requests against a served process, whose readiness is asked meanwhile."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from itertools import cycle
from uuid import uuid4

import httpx

from graphql_schema.limits.allowance import ANONYMOUS, TOKEN, USER, Allowance
from kotacerdas.database import Database
from kotacerdas.identity import passwords
from kotacerdas.identity.people import register
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings
from tests.audit import subject
from tests.graphql_schema.limits.corpus import CORPUS
from tests.graphql_schema.limits.hostile import Hostile
from tests.graphql_schema.limits.measuring import JSON

SENDERS = 6
ASKED_EVERY_SECONDS = 0.02
Headers = dict[Allowance, dict[str, str]]
"""How a request shows whose it is."""


@dataclass
class Outcome:
    """What came of a flood."""

    sent: int = 0
    refused: int = 0
    readyz_ms: list[float] = field(default_factory=list)


def identities(url: str, settings: Settings, database: Database) -> Headers:
    """Sign somebody in, and make a token."""
    secret, email = uuid4().hex, f"banjir-{uuid4().hex}@kota.go.id"
    with database.unit_of_work(Scope(Door.IDENTITY, NATION)) as session:
        register(session, email=email, name="Banjir", password_hash=passwords.hashed(secret))
    with httpx.Client(base_url=url, headers=JSON) as client:
        typed = {"email": email, "password": secret}
        client.post("/auth/sign-in", json=typed).raise_for_status()
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    bearer = f"Bearer {subject.token(settings, database)}"
    return {ANONYMOUS: {}, USER: {"Cookie": cookie}, TOKEN: {"Authorization": bearer}}


def flood(url: str, headers: Headers, seconds: float) -> Outcome:
    """Send the corpus again and again from several senders at once."""
    return asyncio.run(_flood(url, headers, seconds))


async def _flood(url: str, headers: Headers, seconds: float) -> Outcome:
    outcome, until = Outcome(), time.monotonic() + seconds
    requests = cycle(CORPUS)
    async with httpx.AsyncClient(base_url=url, headers=JSON, timeout=30) as client:

        async def send() -> None:
            while time.monotonic() < until:
                await _send(client, next(requests), headers, outcome)

        async def ask() -> None:
            while time.monotonic() < until:
                began = time.monotonic()
                (await client.get("/readyz")).raise_for_status()
                outcome.readyz_ms.append((time.monotonic() - began) * 1000)
                await asyncio.sleep(ASKED_EVERY_SECONDS)

        await asyncio.gather(ask(), *(send() for _ in range(SENDERS)))
    return outcome


async def _send(
    client: httpx.AsyncClient, each: Hostile, headers: Headers, outcome: Outcome
) -> None:
    shown = headers[each.sender]
    response = await client.post("/graphql", content=each.body, headers=shown)
    codes = {error["extensions"]["code"] for error in response.json().get("errors", ())}
    outcome.sent += 1
    outcome.refused += codes == {each.code}
