"""No client holds a connection by sending or reading slowly, and each is told why it ends."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.kotacerdas.web.server.process import Process, process
from tests.kotacerdas.web.server.raw import HEAD, JSON, Client

SECONDS = 0.5
SLACK_SECONDS = 2.0
"""What a busy machine may add."""
HEAD_BYTES, BODY_BYTES = 4096, 300_000
BYTES_PER_SECOND = 20_000
CONNECTIONS = 40
GET = b"GET /healthz HTTP/1.1\r\n" + HEAD
POST = b"POST /graphql HTTP/1.1\r\n" + JSON
LARGE_FILE = b"GET /static/graphiql/graphiql.min.js HTTP/1.1\r\n" + HEAD + b"\r\n"


@pytest.fixture(scope="module")
def api(database) -> Iterator[Process]:
    limits = {
        "request_head_seconds": SECONDS,
        "request_head_bytes": HEAD_BYTES,
        "request_body_seconds": SECONDS,
        "request_body_bytes": BODY_BYTES,
        "response_unread_seconds": SECONDS,
        "transfer_bytes_per_second": BYTES_PER_SECOND,
        "connection_limit": CONNECTIONS,
    }
    with process(**limits) as running:
        yield running


def in_time(seconds: float) -> bool:
    return SECONDS <= seconds < SECONDS + SLACK_SECONDS


def test_a_head_that_is_not_complete_in_time_is_answered_and_ended(api):
    with Client(api.address) as client:
        client.send(GET)
        answer = client.answer()
        assert (answer.status, answer.codes) == (408, ["HEAD_TOO_SLOW"])
        assert in_time(answer.seconds)
        assert answer.headers["connection"] == "close"
        assert answer.headers["content-language"] == "en"
        assert b"were not complete after 0.5 seconds" in answer.body
        client.socket.shutdown(socket.SHUT_WR)
        assert client.closed_after() < SECONDS + SLACK_SECONDS


def test_a_head_gets_no_more_time_by_coming_in_pieces(api):
    with Client(api.address) as client:
        client.send(*(bytes([byte]) for byte in GET[:12]), pause=SECONDS / 5)
        answer = client.answer()
    assert answer.status == 408
    assert in_time(answer.seconds)


def test_a_client_that_says_nothing_is_told_nothing(api):
    with Client(api.address) as client:
        assert in_time(client.closed_after())
    with Client(api.address) as client:
        client.send(b"\r\n")
        assert client.answer().status == 408


def test_a_later_head_has_the_same_time_as_the_first(api):
    with Client(api.address) as client:
        client.send(GET + b"\r\n")
        assert client.answer().status == 200
        began = time.monotonic()
        client.send(GET)
        assert client.answer().status == 408
        assert in_time(time.monotonic() - began)


def test_what_follows_a_whole_request_does_not_get_into_its_answer(api):
    with Client(api.address) as client:
        client.send(GET + b"\r\n" + GET)
        assert client.answer().body == b'{"status":"ok"}'
        assert client.answer().codes == ["HEAD_TOO_SLOW"]


def test_empty_lines_do_not_keep_a_connection(api):
    with Client(api.address) as client:
        client.send(GET + b"\r\n")
        assert client.answer().status == 200
        began = time.monotonic()
        client.send(*[b"\r\n"] * 8, pause=SECONDS / 4)
        client.closed_after()
        assert time.monotonic() - began < SECONDS + SLACK_SECONDS


@pytest.mark.parametrize("pieces", [1, 3])
def test_a_head_that_is_too_large_is_refused(api, pieces):
    head = GET + b"X-Long: " + b"x" * HEAD_BYTES + b"\r\n\r\n"
    size = len(head) // pieces + 1
    parts = [head[start : start + size] for start in range(0, len(head), size)]
    with Client(api.address) as client:
        client.send(*parts, pause=0.05)
        answer = client.answer()
    assert (answer.status, answer.codes) == (431, ["HEAD_TOO_LARGE"])
    assert f"exceed {HEAD_BYTES} bytes".encode() in answer.body


@pytest.mark.timed
def test_a_head_that_never_ends_is_refused_before_its_time_is_over(api):
    with Client(api.address) as client:
        client.send(GET + b"X-Long: " + b"x" * HEAD_BYTES)
        answer = client.answer()
    assert (answer.status, answer.seconds < SECONDS) == (431, True)


@pytest.mark.timed
@pytest.mark.parametrize("more", [b"", b"Expect: 100-continue\r\n"])
def test_a_body_that_says_it_is_too_large_is_refused_before_it_comes(api, more):
    with Client(api.address) as client:
        client.send(POST + more + b"Content-Length: %d\r\n\r\n" % (BODY_BYTES + 1))
        answer = client.answer()
    assert (answer.status, answer.codes) == (413, ["BODY_TOO_LARGE"])
    assert answer.seconds < SECONDS
    assert answer.headers["connection"] == "close"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert api.line(answer.headers["x-request-id"])["status"] == 413


def test_who_sends_a_body_that_is_too_large_can_still_read_why(api):
    body = b"x" * 8_000_000
    with Client(api.address) as client:
        client.send(POST + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        assert client.answer().status == 413


def chunked(size: int, number: int) -> bytes:
    return b"%x\r\n%s\r\n" % (size, b"x" * size) * number


def test_a_body_of_unknown_length_is_refused_where_it_becomes_too_large(api):
    with Client(api.address) as client:
        client.send(POST + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(50_000, 7))
        answer = client.answer()
    assert (answer.status, answer.codes) == (413, ["BODY_TOO_LARGE"])


def test_a_body_that_stalls_is_answered_by_the_route_that_reads_it(api):
    with Client(api.address) as client:
        client.send(POST + b"Content-Length: 100\r\n\r\n", b'{"query":')
        answer = client.answer()
    assert (answer.status, answer.codes) == (408, ["BODY_TOO_SLOW"])
    assert in_time(answer.seconds)
    assert answer.headers["connection"] == "close"
    assert b"The body stalled" in answer.body
    line = api.line(answer.headers["x-request-id"])
    assert (line["path"], line["status"]) == ("/graphql", 408)


def test_a_body_that_comes_by_single_bytes_stalls(api):
    with Client(api.address) as client:
        client.send(POST + b"Content-Length: 100\r\n\r\n", *[b"x"] * 6, pause=SECONDS / 5)
        assert client.answer().status == 408


def test_a_slow_but_steady_body_is_read_to_its_end(api):
    query = b'{"query": "{ __typename }"}'
    body = query + b" " * (50_000 - len(query))
    parts = [body[start : start + 2_500] for start in range(0, len(body), 2_500)]
    with Client(api.address) as client:
        client.send(POST + b"Content-Length: 50000\r\n\r\n", *parts, pause=0.1)
        answer = client.answer()
    assert (answer.status, b'"Query"' in answer.body) == (200, True)
    assert answer.seconds > 2 * SECONDS


def test_the_rest_of_a_body_that_was_answered_early_may_not_stall_either(api):
    with Client(api.address) as client:
        client.send(b"POST /tidak-ada HTTP/1.1\r\n" + JSON + b"Content-Length: 100\r\n\r\nx")
        assert client.answer().status == 404
        client.send(*[b"x"] * 8, pause=SECONDS / 5)
        assert client.closed_after() < 2 * SECONDS + SLACK_SECONDS


def test_a_client_that_leaves_in_the_midst_of_its_body_is_no_defect(api):
    with Client(api.address) as client:
        client.send(POST + b"X-Request-Id: pergi-dahulu\r\nContent-Length: 100\r\n\r\nx")
        time.sleep(0.1)
    line = api.line("pergi-dahulu")
    assert (line["event"], line["status"]) == ("request", 499)


def test_what_is_no_http_is_refused_in_json(api):
    with Client(api.address) as client:
        client.send(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")
        answer = client.answer()
    assert (answer.status, answer.codes) == (400, ["MALFORMED_REQUEST"])
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-language"] == "id"


def test_who_does_not_read_the_answer_is_cut_off(api):
    unread = 'kotacerdas_connection_refusals_total{code="RESPONSE_UNREAD"}'
    before = api.metrics().get(unread, 0)
    with Client(api.address, receive_bytes=4096) as client:
        # Several: the kernel's buffer takes more than one.
        client.send(LARGE_FILE * 12)
        until = time.monotonic() + 4 * SECONDS + SLACK_SECONDS
        while api.metrics().get(unread, 0) == before:
            assert time.monotonic() < until
            time.sleep(0.1)


def test_who_reads_slowly_but_steadily_gets_everything(api):
    with Client(api.address, receive_bytes=65_536) as client:
        client.send(LARGE_FILE[:-2] + b"Connection: close\r\n\r\n")
        read = 0
        while part := client.socket.recv(20_000):
            read += len(part)
            time.sleep(0.05)
    assert read > 970_000


def test_one_connection_too_many_is_told_to_come_back(api):
    with ExitStack() as clients:
        for _ in range(CONNECTIONS):
            clients.enter_context(Client(api.address)).send(b"G")
        with Client(api.address) as late:
            answer = late.answer()
    assert (answer.status, answer.codes) == (503, ["TOO_MANY_CONNECTIONS"])
    assert answer.headers["retry-after"] == "5"


def test_an_unused_connection_is_closed_after_its_time(database):
    with process(keep_alive_seconds=1) as api, Client(api.address) as client:
        client.send(GET + b"\r\n")
        assert client.answer().status == 200
        assert 1 <= client.closed_after() < 1 + SLACK_SECONDS
