"""`python -m tests.kotacerdas.web.costs`: microseconds that the HTTP face adds to a request."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr
from io import StringIO
from types import SimpleNamespace
from typing import Any

import uvicorn
import uvloop
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from kotacerdas.settings import Settings
from kotacerdas.web.cookie import SessionCookie
from kotacerdas.web.face import Face
from kotacerdas.web.server.connection import connection_with
from kotacerdas.web.server.limits import limits_of

GOALS = {"middlewares_token_us": 60.0, "middlewares_session_us": 60.0, "connection_us": 5.0}
REQUESTS, ROUNDS = 1000, 12
ROUTE = SimpleNamespace(path="/graphql")
HEADERS = {
    "host": "127.0.0.1:8000",
    "accept": "application/graphql-response+json",
    "accept-encoding": "gzip, deflate",
    "accept-language": "id",
    "connection": "keep-alive",
    "user-agent": "python-httpx/0.28",
    "content-type": "application/json",
    "x-kota-cerdas": "1",
}
TOKEN = {"authorization": "Bearer kc_" + "x" * 40}
SESSION = {"cookie": "kotacerdas=" + "x" * 43, "origin": "http://127.0.0.1:8000"}
START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"application/json"), (b"content-length", b"2")],
}
BODY = {"type": "http.response.body", "body": b"{}"}


def costs() -> dict[str, float]:
    """Return the least of several rounds for each, in CPU time: the machine has other work too."""
    settings = Settings(base_url="http://127.0.0.1:8000")
    guarded, plain = connection_with(limits_of(settings)), HttpToolsProtocol
    return {
        "middlewares_token_us": _middlewares(settings, TOKEN),
        "middlewares_session_us": _middlewares(settings, SESSION),
        "connection_us": _least(lambda: _requests(guarded)) - _least(lambda: _requests(plain)),
    }


def _middlewares(settings: Settings, more: dict[str, str]) -> float:
    services: Any = SimpleNamespace(settings=settings, cookie=SessionCookie(settings))
    stack = Face(_answer, services, None)
    headers = [(name.encode(), value.encode()) for name, value in {**HEADERS, **more}.items()]
    return _least(lambda: _calls(stack, headers)) - _least(lambda: _calls(_answer, headers))


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    scope["route"] = ROUTE
    await receive()
    await send(START)
    await send(BODY)


async def _calls(app: ASGIApp, headers: list[tuple[bytes, bytes]]) -> None:
    async def receive() -> Message:
        return {}

    async def send(_message: Message) -> None:
        pass

    for _ in range(REQUESTS):
        scope = {"type": "http", "method": "POST", "query_string": b"", "headers": headers}
        await app(scope, receive, send)


async def _requests(protocol: type[HttpToolsProtocol]) -> None:
    config = uvicorn.Config(_answer, lifespan="off", log_config=None, proxy_headers=False)
    config.load()
    connection = protocol(config, ServerState(), {}, asyncio.get_running_loop())
    connection.connection_made(_Network())
    lines = "".join(f"{name}: {value}\r\n" for name, value in {**HEADERS, **TOKEN}.items())
    request = f"POST /graphql HTTP/1.1\r\n{lines}content-length: 2\r\n\r\n{{}}".encode()
    for _ in range(REQUESTS):
        connection.data_received(request)
        while not connection.cycle.response_complete:
            await asyncio.sleep(0)


class _Network(asyncio.Transport):
    def write(self, data: bytes) -> None:
        pass

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        pass

    def is_closing(self) -> bool:
        return False


def _least(work: Callable) -> float:
    return min(_microseconds(work) for _ in range(ROUNDS))


def _microseconds(work: Callable) -> float:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        began = time.thread_time()
        runner.run(work())
        return (time.thread_time() - began) / REQUESTS * 1e6


def main() -> int:
    """Print one line for each goal: name, value, goal, ok or short."""
    with redirect_stderr(StringIO()):
        found = costs()
    for name, value in found.items():
        print(f"{name} {value:.1f} {GOALS[name]:g} {'ok' if value <= GOALS[name] else 'short'}")
    return 0 if all(value <= GOALS[name] for name, value in found.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
