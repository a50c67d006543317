"""A WebSocket is nothing to hold the server by, either."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.kotacerdas.web.server.process import Process, process
from tests.kotacerdas.web.server.raw import HEAD, Client

SECONDS, SLACK_SECONDS = 0.5, 5.0
UPGRADE = (
    b"GET /graphql HTTP/1.1\r\n" + HEAD + b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    b"Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
)
PING = b"\x89\xfd\0\0\0\0" + b"x" * 125
PONG = b"\x8a\x7d" + b"x" * 125
UNREAD = 'kotacerdas_connection_refusals_total{code="RESPONSE_UNREAD"}'


@pytest.fixture(scope="module")
def api(database) -> Iterator[Process]:
    limits = {"request_head_seconds": SECONDS, "response_unread_seconds": SECONDS}
    with process(**limits) as running:
        yield running


def opened(client: Client) -> None:
    client.send(UPGRADE)
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += client.socket.recv(1)
    assert head.startswith(b"HTTP/1.1 101 ")


def flood(client: Client) -> None:
    for _ in range(1000):
        client.socket.sendall(PING * 1000)


def test_an_open_socket_outlives_the_time_for_a_head(api):
    with Client(api.address) as client:
        opened(client)
        time.sleep(3 * SECONDS)
        client.send(PING)
        assert client.socket.recv(1024) == PONG


def test_who_sends_pings_and_reads_no_answer_is_cut_off_and_takes_no_memory(api):
    before, used = api.metrics().get(UNREAD, 0), api.metrics()["process_resident_memory_bytes"]
    with Client(api.address, receive_bytes=4096) as client:
        opened(client)
        client.socket.settimeout(SECONDS)
        with pytest.raises(OSError):
            flood(client)
        until = time.monotonic() + SLACK_SECONDS
        while api.metrics().get(UNREAD, 0) == before:
            assert time.monotonic() < until
            time.sleep(0.1)
    assert api.metrics()["process_resident_memory_bytes"] - used < 20e6
