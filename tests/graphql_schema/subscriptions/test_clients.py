"""The reference clients of both protocols follow our streams, and come back after a loss."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kotacerdas.jobs import leases
from kotacerdas.scope import Door, Scope
from tests.audit import graphql_http
from tests.graphql_schema import places
from tests.graphql_schema.subscriptions.asking import INNOVATIONS, JOB, city_id, id_of
from tests.graphql_schema.subscriptions.live import Live
from tests.jobs import write
from tests.npm import NotInstalled

CLIENTS = Path(__file__).parent / "clients"
PROTOCOLS = ("sse", "ws")
pytestmark = pytest.mark.skipif(not graphql_http.has_node(), reason="Node.js is not installed")

Follow = Callable[..., "Following"]


class Following:
    """A client in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def next(self) -> dict[str, Any]:
        """Return what the client tells next."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the client has ended"
        told: dict[str, Any] = json.loads(line)
        return told


@pytest.fixture(scope="module", autouse=True)
def packages() -> None:
    """The locked packages of the clients."""
    try:
        graphql_http.install(CLIENTS)
    except NotInstalled as failure:
        pytest.skip(str(failure))


@pytest.fixture
def follow(live: Live) -> Iterator[Follow]:
    """Return a function that starts a client: `follow(protocol, token, document, **variables)`."""
    started: list[subprocess.Popen[str]] = []

    def start(protocol: str, token: str, document: str, **variables: Any) -> Following:
        request = json.dumps({"query": document, "variables": variables})
        process = subprocess.Popen(
            ["node", "follow.mjs", protocol, f"{live.url}/graphql", request],
            cwd=CLIENTS,
            env={**os.environ, "TOKEN": token},
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return Following(process)

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_client_follows_a_job_to_its_end(live: Live, city, follow: Follow, protocol):
    (job_id,) = write(live.database, city)
    _, token = live.token(city)
    client = follow(protocol, token, JOB, id=id_of("job", city, job_id))
    assert client.next() == {"connected": True}
    assert client.next()["result"]["data"]["jobChanged"]["cause"] == "STARTED"
    scope = Scope(Door.WORKER, city.id)
    with live.database.unit_of_work(scope) as session:
        lease = leases.claim(session, job_id, lease_seconds=30, attempts=5)
    assert client.next()["result"]["data"]["jobChanged"]["job"]["state"] == "RUNNING"
    with live.database.unit_of_work(scope) as session:
        leases.finish(session, lease, result={})
    assert client.next()["result"]["data"]["jobChanged"]["job"]["state"] == "DONE"
    assert client.next() == {"complete": True}


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_client_hears_of_a_refusal_in_words(live: Live, city, make_city, follow, protocol):
    _, token = live.token(city)
    client = follow(protocol, token, INNOVATIONS, city=city_id(make_city()))
    assert client.next() == {"connected": True}
    told = client.next()
    (error,) = told["error"] if protocol == "ws" else told["result"]["errors"]
    assert error["extensions"]["code"] == "NOT_FOUND"
    if protocol == "sse":
        assert client.next() == {"complete": True}


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_client_comes_back_after_its_connection_was_lost(
    live: Live, city, follow: Follow, protocol
):
    row_id = places.innovation(live.database, city)
    _, token = live.token(city)
    client = follow(protocol, token, INNOVATIONS, city=city_id(city))
    for lost in (True, False):
        assert client.next() == {"connected": True}
        assert client.next()["result"]["data"]["innovationChanged"]["cause"] == "STARTED"
        live.rename(city, row_id, f"Nama {lost}")
        told = client.next()["result"]["data"]["innovationChanged"]
        assert told["innovation"]["name"] == f"Nama {lost}"
        if lost:
            live.cut()
