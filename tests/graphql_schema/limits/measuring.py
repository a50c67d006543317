"""What a refusal costs: the CPU time of one request within this process."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
from starlette.types import Receive, Scope, Send

from graphql_schema.asgi import Api
from graphql_schema.limits.allowance import TOKEN, USER, Allowance
from kotacerdas.database import Database
from kotacerdas.identity.authentication import ANONYMOUS as NOBODY
from kotacerdas.identity.authentication import Actor, Via
from kotacerdas.settings import Settings
from kotacerdas.web import app as web
from kotacerdas.web.actors import Found

CPU_MS = 50
"""CPU within which a hostile request must be refused."""
READYZ_MS = 250
"""Time within which readiness must be told meanwhile."""
TRIES = 3
"""The least of so many runs counts: the machine has other work too."""

JSON = {"Content-Type": "application/json", "X-Kota-Cerdas": "1", "Accept-Language": "en"}


@dataclass(frozen=True)
class Answer:
    """An answer, and the milliseconds of CPU that it took."""

    body: dict[str, Any]
    cpu_ms: float

    @property
    def codes(self) -> list[str]:
        """The codes of its errors."""
        return [error["extensions"]["code"] for error in self.body.get("errors", ())]


def actor_with(allowance: Allowance) -> Actor:
    """Somebody whom these limits hold for."""
    via = {USER: Via.SESSION, TOKEN: Via.TOKEN}.get(allowance)
    return Actor(uuid4(), via=via) if via else NOBODY


class Measured:
    """The application without a network: sends requests as whoever is meant."""

    def __init__(self, settings: Settings) -> None:
        database = Database(settings)
        self._app = web.create_app(settings, database, graphql=Api(settings, database), sdl="")

    def send(self, body: bytes, sender: Allowance) -> Answer:
        """Post a body as a sender with these limits."""
        answers = asyncio.run(self._send(body, actor_with(sender)))
        return min(answers, key=lambda answer: answer.cpu_ms)

    async def _send(self, body: bytes, actor: Actor) -> list[Answer]:
        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            await self._app({**scope, "kotacerdas.actor": Found(actor, asked=True)}, receive, send)

        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return [await _answer(client, body) for _ in range(TRIES)]


async def _answer(client: httpx.AsyncClient, body: bytes) -> Answer:
    began = time.process_time()
    response = await client.post("/graphql", content=body, headers=JSON)
    return Answer(response.json(), (time.process_time() - began) * 1000)


@contextmanager
def still_heap() -> Iterator[None]:
    """Keep what is loaded out of the collector's sight, as a served process does."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
