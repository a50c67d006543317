"""GraphQL over Server-Sent Events, in distinct connections mode: one response, one subscription."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress

from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from graphql_schema.preparing import Operation
from graphql_schema.subscriptions.running import Body, Ended
from graphql_schema.subscriptions.service import Credential, Subscriptions, stopping
from graphql_schema.transport.events import COMPLETE, HEADERS, PING, next_event
from graphql_schema.transport.responses import encoded
from kotacerdas.identity.authentication import Actor
from kotacerdas.web.context import credentials_of
from kotacerdas.web.rates import rate_headers

PING_SECONDS = 25.0
SEND_SECONDS = 30.0
"""A client that takes nothing for so long is given up; its events wait as one meanwhile."""


class EventStream:
    """The response to a subscription; it ends with `complete`, or without when we stop.

    A client takes an end without `complete` for a lost connection and asks again elsewhere.
    """

    def __init__(
        self,
        outcomes: AsyncGenerator[Body | Ended, None],
        stopping: asyncio.Event,
        headers: dict[str, str],
    ) -> None:
        self._headers = {**HEADERS, **headers}
        self._outcomes = outcomes
        self._stopping = stopping

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Send events until the stream, the client or the process ends."""
        headers = [(name.lower().encode(), text.encode()) for name, text in self._headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        writing = asyncio.create_task(self._write(send))
        leaving = [asyncio.create_task(_left(receive)), asyncio.create_task(self._stopping.wait())]
        try:
            await asyncio.wait({writing, *leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (writing, *leaving):
                task.cancel()
            await asyncio.wait({writing, *leaving})
            await self._outcomes.aclose()
        if not writing.cancelled():
            writing.result()
        if self._stopping.is_set():
            await send(_body(b"", more=False))

    async def _write(self, send: Send) -> None:
        with suppress(TimeoutError):
            while (outcome := await self._next(send)) is not None:
                body = {"errors": outcome.errors} if isinstance(outcome, Ended) else outcome
                await _send(send, next_event(encoded(body)))
            await _send(send, COMPLETE)
            await send(_body(b"", more=False))

    async def _next(self, send: Send) -> Body | Ended | None:
        """Wait for what comes next, None at the end; meanwhile say that the stream is alive."""
        coming = asyncio.ensure_future(anext(self._outcomes, None))
        try:
            while not (await asyncio.wait({coming}, timeout=PING_SECONDS))[0]:
                await _send(send, PING)
        except BaseException:
            coming.cancel()
            await asyncio.wait({coming})
            raise
        return coming.result()


def event_stream(
    service: Subscriptions, operation: Operation, request: Request, actor: Actor
) -> EventStream:
    """Return the response that streams a subscription to who has asked for it."""
    credential = Credential(*credentials_of(request))
    outcomes = service.results(operation, request, credential, actor)
    return EventStream(outcomes, stopping(request), rate_headers(request))


async def _send(send: Send, text: bytes) -> None:
    """Send a part of the body; raises TimeoutError where the client takes nothing."""
    async with asyncio.timeout(SEND_SECONDS):
        await send(_body(text, more=True))


def _body(text: bytes, *, more: bool) -> Message:
    return {"type": "http.response.body", "body": text, "more_body": more}


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
