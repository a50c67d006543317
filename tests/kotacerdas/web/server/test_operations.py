"""The operators' port tells how the process is; nobody else has to know."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256

import httpx
import pytest

from kotacerdas.settings import child_environment
from tests.kotacerdas.web.server.process import Process, process

QUERY = {"query": "{ __typename }"}
JSON = {"X-Kota-Cerdas": "1"}


@pytest.fixture(scope="module")
def api(database) -> Iterator[Process]:
    with process() as running:
        yield running


def labelled(name: str, **labels: object) -> str:
    inner = ",".join(f'{label}="{value}"' for label, value in labels.items())
    return f"kotacerdas_{name}{{{inner}}}"


def test_it_tells_whether_the_process_lives_and_is_ready(api):
    assert httpx.get(f"{api.operators}/healthz").json() == {"status": "ok"}
    assert httpx.get(f"{api.operators}/readyz").json() == {"status": "ready"}
    missing = httpx.get(f"{api.operators}/graphql")
    assert (missing.status_code, missing.json()["errors"][0]["code"]) == (404, "NOT_FOUND")


def test_a_request_is_counted_by_route_method_and_status_with_its_time(api):
    before = api.metrics()
    for _ in range(3):
        httpx.post(f"{api.url}/graphql", json=QUERY, headers=JSON)
    httpx.get(f"{api.url}/invitations/rahasia-sekali")
    httpx.get(f"{api.url}/tidak/ada")
    after = api.metrics()

    def more(name: str) -> float:
        return after[name] - before.get(name, 0)

    requests = {
        name: more(name)
        for name in after
        if name.startswith("kotacerdas_requests_total{") and more(name)
    }
    counted = {
        ('route="/graphql"', 'method="POST"', 'status="200"'): 3,
        ('route="/invitations/{token}"', 'method="GET"', 'status="404"'): 1,
        ('route="(none)"', 'method="GET"', 'status="404"'): 1,
    }
    assert sum(requests.values()) == 5
    for labels, number in counted.items():
        assert sum(v for name, v in requests.items() if all(p in name for p in labels)) == number
    assert more(labelled("request_seconds_count", route="/graphql")) == 3
    assert 0 < more(labelled("request_seconds_sum", route="/graphql")) < 30
    assert more(labelled("request_seconds_bucket", le="+Inf", route="/graphql")) == 3
    assert after["kotacerdas_requests_in_flight"] == 0
    assert not any("rahasia" in name for name in after)


def test_an_operation_is_counted_by_its_way_and_logged_by_the_hash_of_its_document(api):
    text = "query Cari($kata: String!) { cities(filter: {name: {eq: $kata}}) { totalCount } }"
    before = api.metrics()
    asked = {"query": text, "variables": {"kata": "kata-rahasia"}}
    answer = httpx.post(f"{api.url}/graphql", json=asked, headers=JSON)
    assert answer.json()["data"] == {"cities": {"totalCount": 0}}
    changed = {"query": 'mutation { jobCancel(input: {id: "x"}) { errors { code } } }'}
    httpx.post(f"{api.url}/graphql", json=changed, headers=JSON)
    after = api.metrics()
    for kind, way in (("query", "compiled"), ("mutation", "graphql-core")):
        name = labelled("operations_total", kind=kind, way=way)
        assert after[name] - before.get(name, 0) == 1
    line = api.line(answer.headers["x-request-id"])
    assert line["operation"] == "query"
    assert line["document"] == f"sha256:{sha256(text.encode()).hexdigest()}"
    assert "rahasia" not in str(line)


def test_what_the_process_uses_is_told_as_everywhere(api):
    found = api.metrics()
    assert 20e6 < found["process_resident_memory_bytes"] < 1e9
    assert found["process_open_fds"] > 10
    with socket.create_connection(api.address), socket.create_connection(api.address):
        assert api.metrics()["kotacerdas_connections"] >= 2


def test_a_scraper_gets_the_form_that_it_asks_for(api):
    plain = httpx.get(f"{api.operators}/metrics")
    assert plain.headers["content-type"].startswith("text/plain")
    open_metrics = {"Accept": "application/openmetrics-text; version=1.0.0"}
    asked = httpx.get(f"{api.operators}/metrics", headers=open_metrics)
    assert asked.headers["content-type"].startswith("application/openmetrics-text")
    assert asked.text.endswith("# EOF\n")


def test_asking_the_operators_port_is_neither_logged_nor_counted(api):
    lines, counted = len(api.lines()), api.metrics()
    httpx.get(f"{api.operators}/readyz")
    assert len(api.lines()) == lines
    names = [name for name in counted if name.startswith("kotacerdas_requests_total")]
    assert {name: api.metrics()[name] for name in names} == {name: counted[name] for name in names}


def test_the_public_port_tells_nothing_but_readiness(api):
    assert httpx.get(f"{api.url}/metrics").status_code == 404
    assert httpx.get(f"{api.url}/readyz").json() == {"status": "ready"}


def test_a_port_that_is_taken_is_told_with_the_setting_to_change(database):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        given = {"KOTACERDAS_PORT": "0", "KOTACERDAS_METRICS_PORT": str(port)}
        ran = subprocess.run(
            [sys.executable, "-m", "graphql_schema.serving"],
            env=child_environment(given),
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert ran.returncode == 1
    assert ran.stderr.endswith(
        f"Cannot listen on 127.0.0.1:{port}: Address already in use."
        " End what uses it, or set KOTACERDAS_METRICS_PORT.\n"
    )
