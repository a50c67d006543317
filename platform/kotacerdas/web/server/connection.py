"""One connection: uvicorn's protocol, with an end to whatever a client may delay."""

from __future__ import annotations

import asyncio
from asyncio import TimerHandle
from functools import partial
from typing import ClassVar, cast

from uvicorn._types import ASGIReceiveEvent
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from kotacerdas.errors import DomainError
from kotacerdas.metrics import METRICS
from kotacerdas.web.problems import BodyTooLarge
from kotacerdas.web.server.answers import answer
from kotacerdas.web.server.ending import Ending, linger
from kotacerdas.web.server.limits import UNSENT_BYTES, ConnectionLimits
from kotacerdas.web.server.reader import Reader
from kotacerdas.web.server.refusals import (
    REFUSAL,
    BodyTooSlow,
    HeadTooLarge,
    HeadTooSlow,
    MalformedRequest,
    TooManyConnections,
)

TICK = 0.001
"""Seconds: the loop counts whole milliseconds, and would else end somebody before their time."""


class Connection(HttpToolsProtocol):
    """Ends what stalls: a head, a body, or a reader of a response.

    A request that comes in one piece, as nearly all do, starts no timer and costs a few
    comparisons. What is to be refused is so before its task has begun: tasks begin when all that
    has come is parsed.
    """

    limits: ClassVar[ConnectionLimits]
    _reader: Reader
    _timer: TimerHandle | None = None
    _awaited: tuple[str, object] | None = None
    _since = 0.0
    _bytes = 0
    _left = False
    _refusal: DomainError | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """Await the first request, unless there are too many connections."""
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=UNSENT_BYTES)
        self._reader = Reader(transport, self.limits)
        if len(self.connections) > self.limits.connections:
            self._refuse(TooManyConnections())
        else:
            self._await("head", self.limits.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timers."""
        self._stop()
        self._reader.forget()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, then look whether something is still to come."""
        if self._left:
            return
        HttpToolsProtocol.data_received(self, data)
        cycle = self.cycle
        if (
            cycle is None
            or cycle.scope is not self.scope
            or cycle.more_body
            or cycle.response_complete
            or self._bytes + len(data) > self.limits.least_bytes
        ):
            self._look(len(data))
            return
        if self._timer is not None:
            self._stop()
        if not cycle.keep_alive:
            cycle.transport = Ending(self.transport, self._close)

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection over; from now on pings show whether somebody is there."""
        self._stop()
        self._left = True
        super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, in JSON as everything else."""
        self._refuse(MalformedRequest())

    def timeout_keep_alive_handler(self) -> None:
        """Close an unused connection, even if its last response is never read."""
        self._close()

    def pause_writing(self) -> None:
        """Wait for a slow reader, but not for ever."""
        super().pause_writing()
        self._reader.await_progress()

    def resume_writing(self) -> None:
        """Go on: the reader reads."""
        self._reader.forget()
        super().resume_writing()

    def _close(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()
            self._reader.await_progress()

    def _look(self, received: int) -> None:
        """Find out what is still to come, and refuse what is too large."""
        if self._left:
            return
        self._bytes += received
        cycle, limits = self.cycle, self.limits
        if cycle is None or cycle.scope is not self.scope:
            if self._bytes > limits.head_bytes:
                self._refuse(HeadTooLarge(limit_bytes=limits.head_bytes))
            else:
                self._await("head", limits.head_seconds)
        elif self._awaited == ("body", cycle):
            most = limits.most_bytes(self.url)
            if self._bytes > most:
                self._refuse_body(BodyTooLarge(limit_bytes=most))
            elif not cycle.more_body:
                self._stop()
        else:
            self._look_at_new(cycle)

    def _look_at_new(self, cycle: RequestResponseCycle) -> None:
        """The same for a request whose head has just come, so that its task has not begun."""
        limits = self.limits
        if self._bytes > limits.head_bytes and self._head_bytes() > limits.head_bytes:
            self._refuse_request(HeadTooLarge(limit_bytes=limits.head_bytes))
        elif max(self._declared_bytes(), len(cycle.body)) > limits.most_bytes(self.url):
            self._refuse_request(BodyTooLarge(limit_bytes=limits.most_bytes(self.url)))
        elif cycle.more_body:
            self._bytes = len(cycle.body)
            self._guard(cycle)
            self._await("body", limits.body_seconds)
        elif cycle.response_complete:
            # It is an old one: bytes that begin no request have stopped the keep-alive timer.
            self._await("head", limits.head_seconds)
        else:
            self._stop()

    def _head_bytes(self) -> int:
        return len(self.url) + sum(len(name) + len(value) for name, value in self.headers)

    def _declared_bytes(self) -> int:
        # The parser has refused what is no number, and two of them.
        lengths = [int(value) for name, value in self.headers if name == b"content-length"]
        return lengths[0] if lengths else 0

    def _await(self, part: str, seconds: float) -> None:
        """Wait so long for the rest of the last request's body, or for the head after it."""
        awaited = (part, self.cycle)
        if self._awaited != awaited:
            self._cancel()
            self._awaited, self._since = awaited, self.loop.time()
            self._timer = self.loop.call_later(seconds + TICK, self._expired)

    def _stop(self) -> None:
        """Wait for nothing."""
        self._cancel()
        self._awaited, self._bytes = None, 0

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _expired(self) -> None:
        self._timer = None
        if self.transport.is_closing():
            return
        if self._awaited == ("body", self.cycle):
            self._expect_body()
        elif self._bytes:
            self._refuse(HeadTooSlow(seconds=self.limits.head_seconds))
        else:
            self.transport.close()

    def _expect_body(self) -> None:
        left = self._since + self.limits.seconds_for(self._bytes) - self.loop.time()
        if self.flow.read_paused:
            # It is the application that does not read, not the client that does not send.
            left = self.limits.body_seconds
        if left > 0:
            self._timer = self.loop.call_later(left + TICK, self._expired)
        else:
            self._refuse_body(BodyTooSlow())

    def _guard(self, cycle: RequestResponseCycle) -> None:
        """Let the application read a refusal instead of a body that does not come."""
        receive = cycle.receive

        async def guarded() -> ASGIReceiveEvent:
            message = await receive()
            if self._refusal is not None:
                raise self._refusal
            return message

        cycle.receive = guarded  # type: ignore[method-assign]  # uvicorn makes its cycles itself

    def _refuse(self, refusal: DomainError) -> None:
        """Answer what never became a request, after what is still being answered."""
        answering = self.cycle is not None and not self.cycle.response_complete
        self._leave(refusal)
        if not answering:
            self.transport.write(answer(refusal, self.headers or ()))
            linger(self.transport)

    def _refuse_request(self, refusal: DomainError) -> None:
        """Let the application answer before it does anything else."""
        cast(dict[str, object], self.cycle.scope)[REFUSAL] = refusal
        self._leave(refusal)

    def _refuse_body(self, refusal: DomainError) -> None:
        """Let the application answer where it reads the body, unless it has answered."""
        self._refusal = refusal
        self._leave(refusal)
        if self.cycle.response_started:
            self.transport.abort()
        else:
            self.cycle.message_event.set()

    def _leave(self, refusal: DomainError) -> None:
        """Read nothing more of this connection, and close it after the last answer."""
        METRICS.refuse(refusal.code)
        self._left = True
        self._stop()
        if self.cycle is not None:
            self.cycle.keep_alive = False
            self.cycle.transport = Ending(self.transport, partial(linger, self.transport))


def connection_with(limits: ConnectionLimits) -> type[Connection]:
    """Return the protocol of a port with these limits."""
    return type("Connection", (Connection,), {"limits": limits})
