"""Rates over HTTP: counted by sender, told in every answer, refused with what to do next."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from graphql_schema import asgi
from kotacerdas.database import Database
from kotacerdas.embedded.valkey import Valkey
from kotacerdas.metrics import METRICS
from kotacerdas.web import app as web
from tests.audit import subject
from tests.faults.broker import stop

QUERY = {"query": "{ cities(first: 3) { nodes { id } } }"}
COSTS = 4
SAME_SITE = {"X-Kota-Cerdas": "1", "Accept-Language": "en"}
Responses = list[httpx.Response]


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory):
    folder: Path = tmp_path_factory.mktemp("valkey")
    server = Valkey(folder, durable=False, say=lambda _: None)
    server.start()
    yield server
    stop(server)


@pytest.fixture
def send(settings, valkey) -> Callable[..., Responses]:
    """Return a function that sends requests to one application with these rates."""

    async def all_of(requests: list[dict[str, Any]], rates: dict[str, Any]) -> Responses:
        given = settings.model_copy(update={"broker_url": SecretStr(valkey.url), **rates})
        database = Database(given)
        app = web.create_app(given, database, graphql=asgi.Api(given, database), sdl="")
        address = next(ADDRESSES)
        transport = httpx.ASGITransport(app, client=(address, 1))
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
        ):
            answers = []
            for each in requests:
                headers = {**SAME_SITE, **each.pop("headers", {})}
                each.setdefault("method", "POST")
                answers.append(await client.request(url="/graphql", headers=headers, **each))
            return answers

    def run(*requests: dict[str, Any], **rates: Any) -> Responses:
        return asyncio.run(all_of([dict(each) for each in requests], rates))

    return run


ADDRESSES = (f"203.0.113.{number}" for number in range(1, 255))


def test_an_answer_tells_what_is_left_in_headers_and_in_the_body(send):
    first, second = send({"json": QUERY}, {"json": QUERY}, rate_anonymous=60, budget_anonymous=500)
    assert first.headers["ratelimit-policy"] == '"requests";q=60;w=60, "cost";q=500;w=60'
    assert first.headers["ratelimit"] == '"requests";r=59;t=60, "cost";r=496;t=60'
    assert second.json()["extensions"]["cost"] == {
        "requested": COSTS,
        "limit": 1_000,
        "throttle": {"limit": 60, "remaining": 58, "resetSeconds": 60},
        "budget": {"limit": 500, "remaining": 492, "resetSeconds": 60},
    }


def test_one_request_too_many_is_refused_with_when_to_come_back(send):
    *good, refused = send(*[{"json": QUERY}] * 4, rate_anonymous=3)
    assert [each.status_code for each in good] == [200] * 3
    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/json; charset=utf-8"
    seconds = int(refused.headers["retry-after"])
    assert 50 <= seconds <= 60
    assert refused.headers["ratelimit"] == f'"requests";r=0;t={seconds}'
    (error,) = refused.json()["errors"]
    assert error["message"] == (
        "Too many requests from this address: at most 3 a minute."
        f" Try again in {seconds} seconds, or sign in for a higher limit."
    )
    assert error["extensions"]["code"] == "RATE_LIMITED"
    assert error["extensions"]["retryable"] is True
    assert refused.json().keys() == {"errors"}


def test_a_budget_that_is_spent_refuses_before_anything_is_read(send, monkeypatch):
    page = {"json": {"query": "{ cities(first: 100) { nodes { id } } }"}}
    first, second = send(page, page, rate_anonymous=60, budget_anonymous=150)
    assert first.status_code == 200
    assert second.status_code == 429
    assert second.json()["errors"][0]["message"].startswith("Your queries cost more than 150 a")
    assert second.headers["ratelimit"].startswith('"requests";r=58;')


def test_a_token_is_counted_by_itself_and_not_by_its_address(send, settings, database):
    tokens = [subject.token(settings, database) for _ in range(2)]
    bearers = [{"Authorization": f"Bearer {each}"} for each in (*tokens, tokens[0])]
    asked = [{"json": QUERY, "headers": each} for each in bearers]
    one, other, again, nobody = send(*asked, {"json": QUERY}, rate_token=1, rate_anonymous=1)
    assert [one.status_code, other.status_code, again.status_code] == [200, 200, 429]
    assert nobody.status_code == 200
    message = again.json()["errors"][0]["message"]
    assert message.startswith("Too many requests: at most 1 a minute.")


@pytest.mark.parametrize(
    "request_",
    [
        {"json": QUERY, "headers": {"Authorization": "Bearer kc_bohong"}},
        {"method": "PUT"},
        {"json": QUERY, "headers": {"Accept": "text/html"}},
        {"content": b"x", "headers": {"Content-Type": "text/plain"}},
        {"json": {"query": "{ nonsense }"}},
        {"json": {"query": "{"}},
    ],
)
def test_whatever_is_refused_is_counted_by_address_and_told(send, request_):
    first, second = send(request_, request_, rate_anonymous=1)
    assert first.status_code != 429
    assert first.headers["ratelimit"] == '"requests";r=0;t=60'
    assert second.status_code == 429
    assert second.json()["errors"]


def test_what_was_refused_is_counted_for_operators(send):
    def refused(rate: str) -> float:
        found = METRICS.registry.get_sample_value("kotacerdas_rate_refusals_total", {"rate": rate})
        return found or 0

    before = refused("anonymous"), refused("anonymous-cost")
    send(*[{"json": QUERY}] * 4, rate_anonymous=2)
    send(*[{"json": QUERY}] * 4, budget_anonymous=COSTS)
    assert (refused("anonymous"), refused("anonymous-cost")) == (before[0] + 2, before[1] + 3)


def test_what_may_be_kept_of_an_answer_by_get_tells_nothing_that_changes(send):
    one, other = send(*[{"method": "GET", "params": QUERY}] * 2, rate_anonymous=60)
    assert one.content == other.content
    assert one.headers["ratelimit"] != other.headers["ratelimit"]


def test_without_a_limit_nothing_is_told_and_nothing_counted(send):
    (answer,) = send({"json": QUERY}, rate_anonymous=0, budget_anonymous=0)
    assert "ratelimit" not in answer.headers
    assert answer.json()["extensions"]["cost"] == {"requested": COSTS, "limit": 1_000}


def test_without_redis_nobody_sees_an_error(send):
    closed = SecretStr("redis://127.0.0.1:9/0")
    answers = send(*[{"json": QUERY}] * 20, rate_anonymous=60, broker_url=closed)
    assert [each.status_code for each in answers] == [200] * 15 + [429] * 5
    assert int(answers[-1].headers["retry-after"]) <= 5


@pytest.mark.timed
def test_a_frozen_redis_delays_no_answer_by_more_than_250_ms(send, valkey):
    (usual,) = send({"json": QUERY}, rate_anonymous=60)
    os.kill(valkey.pid, signal.SIGSTOP)
    try:
        answers = send(*[{"json": QUERY}] * 15, rate_anonymous=60)
    finally:
        os.kill(valkey.pid, signal.SIGCONT)
    assert [each.status_code for each in answers] == [200] * 15
    slowest = max(each.elapsed for each in answers)
    assert (slowest - usual.elapsed).total_seconds() < 0.25


@pytest.mark.parametrize(("kib", "bearer"), [(64, False), (256, True)])
def test_a_body_is_read_no_further_than_its_senders_limit(send, settings, database, kib, bearer):
    headers = {"Content-Type": "application/json"}
    if bearer:
        headers["Authorization"] = f"Bearer {subject.token(settings, database)}"
    read = 0

    async def endless():
        nonlocal read
        while True:
            read += 8 * 1024
            yield b" " * 8 * 1024

    (answer,) = send({"content": endless(), "headers": headers})
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["extensions"]["code"] == "BODY_TOO_LARGE"
    assert f"{kib * 1024} bytes" in answer.json()["errors"][0]["message"]
    assert read <= (kib + 16) * 1024
