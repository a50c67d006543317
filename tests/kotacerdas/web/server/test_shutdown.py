"""SIGTERM lets what has begun end, and nothing new begin."""

from __future__ import annotations

import time
from contextlib import ExitStack
from uuid import uuid4

import httpx
import orjson
import pytest

from tests.kotacerdas.web.server.process import process
from tests.kotacerdas.web.server.raw import JSON, Client

REQUESTS = 60
EXIT_SECONDS = 30


def sign_in(number: int) -> bytes:
    """A request that hashes a password in vain, which takes long enough to be interrupted."""
    typed = orjson.dumps({"email": f"{uuid4().hex}@kota.go.id", "password": uuid4().hex})
    more = b"X-Forwarded-For: 10.77.0.%d\r\nContent-Length: %d\r\n\r\n" % (number, len(typed))
    return b"POST /auth/sign-in HTTP/1.1\r\n" + JSON + more + typed


@pytest.mark.timed
def test_requests_in_flight_are_all_answered_and_the_process_ends(database):
    with process() as api, ExitStack() as stack:
        clients = [stack.enter_context(Client(api.address)) for _ in range(REQUESTS)]
        for number, client in enumerate(clients):
            client.send(sign_in(number))
        until = time.monotonic() + 10
        # All taken by the process: what still waits in the kernel is nobody's yet.
        while not _taken(api.metrics()):
            assert time.monotonic() < until
        began = time.monotonic()
        api.popen.terminate()
        while (ready := httpx.get(f"{api.operators}/readyz")).status_code != 503:
            assert time.monotonic() < began + 1
        assert ready.json()["errors"][0]["code"] == "UNAVAILABLE"
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{api.url}/healthz")
        answers = [client.answer() for client in clients]
        assert [answer.status for answer in answers] == [401] * REQUESTS
        assert answers[-1].headers["connection"] == "close"
        api.popen.wait(EXIT_SECONDS)
        assert time.monotonic() - began < EXIT_SECONDS


def _taken(metrics: dict[str, float]) -> bool:
    in_flight = metrics["kotacerdas_requests_in_flight"]
    return metrics["kotacerdas_connections"] >= REQUESTS and in_flight >= REQUESTS / 2
