"""GraphQL over WebSocket: one connection of one person, with any number of subscriptions."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from graphql_schema.preparing import Operation
from graphql_schema.subscriptions.event_stream import PING_SECONDS, SEND_SECONDS
from graphql_schema.subscriptions.messages import (
    PROTOCOL,
    Closed,
    Complete,
    Init,
    Ping,
    Pong,
    Received,
    Subscribe,
    read,
)
from graphql_schema.subscriptions.refusals import SubscriptionsOnly, TooManySubscriptions
from graphql_schema.subscriptions.running import Ended
from graphql_schema.subscriptions.seats import PER_PERSON
from graphql_schema.subscriptions.service import Credential, Subscriptions
from graphql_schema.transport.responses import encoded
from graphql_schema.transport.telling import told
from kotacerdas.errors import DomainError, Unauthenticated
from kotacerdas.identity.authentication import Actor, TwoCredentials
from kotacerdas.web.actors import Found
from kotacerdas.web.context import credentials_of, note

INIT_SECONDS = 10.0
"""How long a connection may stay without saying who it is."""


class Socket:
    """One connection by the protocol `graphql-transport-ws`."""

    def __init__(self, websocket: WebSocket, service: Subscriptions) -> None:
        self._websocket = websocket
        self._service = service
        self._running: dict[str, asyncio.Task[None]] = {}
        self._stalled = asyncio.Event()

    async def serve(self) -> None:
        """Serve the connection until either side ends it."""
        offered = self._websocket.scope["subprotocols"]
        await self._websocket.accept(PROTOCOL if PROTOCOL in offered else None)
        try:
            if PROTOCOL not in offered:
                raise Closed(4406, f"Subprotocol must be {PROTOCOL}")
            credential = await self._initiated()
            await self._served(credential)
        except Closed as closed:
            await self._close(closed.code, closed.reason)
        except WebSocketDisconnect:
            pass  # the client has left

    async def _initiated(self) -> Credential:
        """Wait for the client to say who it is; raises Closed where it does not, or may not."""
        try:
            async with asyncio.timeout(INIT_SECONDS):
                while not isinstance(message := await self._receive(), Init):
                    await self._before(message)
        except TimeoutError:
            raise Closed(4408, "Connection initialisation timeout") from None
        credential = self._credential(message.payload)
        actor = await self._actor(credential, 4403)
        note(self._websocket, person=str(actor.person_id))
        await self._send({"type": "connection_ack"})
        return credential

    async def _before(self, message: Received) -> None:
        match message:
            case Ping():
                await self._send({"type": "pong"})
            case Subscribe():
                raise Closed(4401, "Unauthorized")

    def _credential(self, payload: dict[str, Any]) -> Credential:
        """Take the token of the first message, for browsers set no headers, or the request's."""
        given = payload.get("authorization", payload.get("Authorization"))
        if given is not None and not isinstance(given, str):
            raise Closed(4400, "payload.authorization: give a text like `Bearer kc_...`")
        scheme, _, token = (given or "").partition(" ")
        told_now = token.strip() if scheme.lower() == "bearer" else None
        shown = credentials_of(self._websocket)
        return Credential(shown.cookie, told_now or shown.bearer)

    async def _actor(self, credential: Credential, code: int) -> Actor:
        """Ask who shows a credential; raises Closed for nobody and for one that ended."""
        try:
            actor = await self._service.actor(credential)
        except (Unauthenticated, TwoCredentials) as refusal:
            raise Closed(code, refusal.code) from None
        if actor.person_id is None:
            raise Closed(code, Unauthenticated.code)
        self._websocket.scope["kotacerdas.actor"] = Found(
            actor, asked=True
        )  # whose language errors speak
        return actor

    async def _served(self, credential: Credential) -> None:
        reading = asyncio.create_task(self._read(credential))
        others = [asyncio.create_task(self._ping()), asyncio.create_task(self._stalled.wait())]
        try:
            await asyncio.wait({reading, *others}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            tasks = {reading, *others, *self._running.values()}
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
        if not reading.cancelled():
            reading.result()

    async def _read(self, credential: Credential) -> None:
        while True:
            await self._take(await self._receive(), credential)

    async def _take(self, message: Received, credential: Credential) -> None:
        match message:
            case Init():
                raise Closed(4429, "Too many initialisation requests")
            case Ping():
                await self._send({"type": "pong"})
            case Complete():
                task = self._running.pop(message.id, None)
                if task is not None:
                    task.cancel()
            case Subscribe():
                await self._begin(message, await self._actor(credential, 4401), credential)
            case Pong():
                pass

    async def _begin(self, message: Subscribe, actor: Actor, credential: Credential) -> None:
        if message.id in self._running:
            raise Closed(4409, f"Subscriber for {message.id} already exists"[:120])
        operation = await self._service.operation(message.asked, actor, self._websocket)
        if isinstance(operation, Operation) and operation.kind.value != "subscription":
            operation = self._refused(SubscriptionsOnly())
        if len(self._running) >= PER_PERSON:
            operation = self._refused(TooManySubscriptions(limit=PER_PERSON))
        if isinstance(operation, Ended):
            await self._send({"type": "error", "id": message.id, "payload": operation.errors})
            return
        task = asyncio.create_task(self._run(message.id, operation, actor, credential))
        self._running[message.id] = task

    def _refused(self, refusal: DomainError) -> Ended:
        return Ended([told(refusal, self._websocket)])

    async def _run(
        self, id_: str, operation: Operation, actor: Actor, credential: Credential
    ) -> None:
        outcomes = self._service.results(operation, self._websocket, credential, actor)
        try:
            async with aclosing(outcomes):
                async for outcome in outcomes:
                    if isinstance(outcome, Ended):
                        await self._fail(id_, outcome)
                        return
                    await self._send({"type": "next", "id": id_, "payload": outcome})
            await self._send({"type": "complete", "id": id_})
        finally:
            if self._running.get(id_) is asyncio.current_task():
                del self._running[id_]

    async def _fail(self, id_: str, ended: Ended) -> None:
        """Tell why a subscription ended; with the credential the whole connection ends."""
        await self._send({"type": "error", "id": id_, "payload": ended.errors})
        if ended.code == Unauthenticated.code:
            await self._close(4401, Unauthenticated.code)

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(PING_SECONDS)
            await self._send({"type": "ping"})

    async def _receive(self) -> Received:
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        text = message.get("text")
        if text is None:
            raise Closed(4400, "Messages are text")
        return read(text)

    async def _send(self, message: dict[str, Any]) -> None:
        """Send a message, unless the connection has ended; a client that takes none is cut off."""
        if self._websocket.application_state is not WebSocketState.CONNECTED:
            return
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._websocket.send_text(encoded(message).decode())
        except TimeoutError:
            self._stalled.set()
        except WebSocketDisconnect:
            pass  # the reader learns of it by itself

    async def _close(self, code: int, reason: str) -> None:
        if self._websocket.application_state is WebSocketState.CONNECTED:
            with suppress(WebSocketDisconnect):
                await self._websocket.close(code, reason)
