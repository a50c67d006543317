"""Pages of the sites that the settings name may call the API, with a token and never a session."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from kotacerdas.settings import Settings
from tests.kotacerdas.web.server.process import Process, process

PORTAL, SECOND, STRANGER = "https://data.kota.go.id", "http://127.0.0.1:3000", "https://jahat.id"
QUERY = {"query": "{ __typename }"}
PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type",
}


@pytest.fixture(scope="module")
def api(database) -> Iterator[Process]:
    with process(cors_origins=f"{PORTAL}, {SECOND}") as running:
        yield running


def post(api: Process, **headers: str) -> httpx.Response:
    return httpx.post(f"{api.url}/graphql", json=QUERY, headers=headers)


def of_cors(response: httpx.Response) -> set[str]:
    return {name for name in response.headers if name.startswith("access-control-")}


@pytest.mark.parametrize("origin", [PORTAL, SECOND])
def test_a_named_origin_may_ask_and_read_and_the_browser_remembers_it(api, origin):
    asked = httpx.options(f"{api.url}/graphql", headers={"Origin": origin, **PREFLIGHT})
    assert (asked.status_code, asked.content) == (204, b"")
    assert asked.headers["access-control-allow-origin"] == origin
    assert asked.headers["access-control-allow-methods"] == "GET, POST"
    allowed = asked.headers["access-control-allow-headers"].lower().split(", ")
    assert {"authorization", "content-type", "if-none-match", "x-request-id"} <= set(allowed)
    assert asked.headers["access-control-max-age"] == "7200"
    answer = post(api, Origin=origin)
    assert answer.json()["data"] == {"__typename": "Query"}
    assert answer.headers["access-control-allow-origin"] == origin
    exposed = answer.headers["access-control-expose-headers"].split(", ")
    assert {"ETag", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id"} <= set(exposed)
    for response in (asked, answer):
        assert "Origin" in response.headers["vary"]
        assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize(
    "origin",
    [STRANGER, "null", f"{PORTAL}.jahat.id", "http://data.kota.go.id", f"{PORTAL}:8443", "*"],
)
def test_any_other_origin_gets_no_word_that_lets_its_page_read(api, origin):
    asked = httpx.options(f"{api.url}/graphql", headers={"Origin": origin, **PREFLIGHT})
    assert (asked.status_code, of_cors(asked)) == (405, set())
    answer = post(api, Origin=origin)
    assert of_cors(answer) == set()
    assert "Origin" in answer.headers["vary"]


@pytest.mark.parametrize("origin", [PORTAL, STRANGER])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_origin_but_our_own_may_use_a_session(api, origin, method):
    headers = {"Origin": origin, "Cookie": "kotacerdas=x", "X-Kota-Cerdas": "1"}
    body = QUERY if method == "POST" else None
    answer = httpx.request(method, f"{api.url}/auth/session", json=body, headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "CROSS_SITE_REFUSED")
    assert "Kirim token" in answer.json()["errors"][0]["message"]
    own = httpx.get(f"{api.url}/auth/session", headers={**headers, "Origin": api.url})
    assert own.status_code == 401


def test_a_refusal_can_be_read_by_the_page_that_asked(api):
    answer = post(api, Origin=PORTAL, Authorization="Bearer kc_salah")
    assert answer.headers["access-control-allow-origin"] == PORTAL
    assert "errors" in answer.json()


def test_without_a_setting_nobody_is_named(web):
    answer = web.browser().post("/graphql", json=QUERY, headers={"Origin": PORTAL})
    assert of_cors(answer) == set()
    assert Settings().cors_origins == ()
