"""The limit: hand-written SQL that returns the response, behind a handler that does nothing else.

It knows no accounts, limits or permissions: the request's body names the tenant.
"""

from __future__ import annotations

import os
from pathlib import Path

import orjson
from starlette.types import Message, Receive, Scope, Send

from kotacerdas.settings import settings
from tests.bench.raw.pipeline import Pipeline

FOLDER = Path(__file__).parent
OPTIONS = "options=-c%20plan_cache_mode%3Dforce_generic_plan"
CONNECTIONS = int(os.environ.get("CONNECTIONS", "10"))


class Raw:
    """Answers `{"operation": ..., "tenant": ..., "given": [...]}`."""

    def __init__(self) -> None:
        self._texts = {path.stem: path.read_text() for path in FOLDER.glob("*.sql")}
        self._pools: dict[bool, Pipeline] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "POST":
            return  # uvicorn answers 500 to who only asks whether we are there
        asked = orjson.loads(await _body(receive))
        tenant = asked["tenant"]
        name, given = asked["operation"], [value.encode() for value in asked["given"]]
        context = None if tenant is None else str(tenant).encode()
        first = [] if context is None else [context]
        body = await self._pool(tenant is None).value(
            context, name, self._texts[name], *first, *given
        )
        head = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": body})

    def _pool(self, national: bool) -> Pipeline:
        if national not in self._pools:
            url = settings().ministry_url if national else settings().city_url
            conninfo = f"{url.get_secret_value()}&{OPTIONS}"
            self._pools[national] = Pipeline(conninfo, CONNECTIONS)
        return self._pools[national]


async def _body(receive: Receive) -> bytes:
    message: Message = await receive()
    body = message["body"]
    while message.get("more_body"):
        message = await receive()
        body += message["body"]
    return bytes(body)


app = Raw()
