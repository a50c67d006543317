"""The API over HTTP: JSON in, GraphQL JSON out, whatever was sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from graphql_schema import asgi
from kotacerdas.database import Database
from kotacerdas.web import app as web

SAME_SITE = {"X-Kota-Cerdas": "1"}
JSON = {"content-type": "application/json"}
RESPONSE = {"accept": "application/graphql-response+json"}


@pytest.fixture
def send(settings) -> Callable[..., httpx.Response]:
    """Return a function that sends one request to /graphql of a whole application."""

    async def once(method: str, headers: dict[str, str], **options: Any) -> httpx.Response:
        database = Database(settings)
        graphql = asgi.Api(settings, database)
        app = web.create_app(settings, database, graphql=graphql, sdl="")
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            try:
                headers = {**SAME_SITE, **headers}
                return await client.request(method, "/graphql", headers=headers, **options)
            finally:
                await database.aclose()

    def run(method: str = "POST", headers: dict[str, str] | None = None, **options: Any) -> Any:
        return asyncio.run(once(method, headers or {}, **options))

    return run


def test_a_query_is_answered_with_json(send, city):
    document = f'{{ city(by: {{slug: "{city.slug}"}}) {{ name innovations {{ totalCount }} }} }}'
    response = send(json={"query": document})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/json")
    assert response.json() == {
        "data": {"city": {"name": "Kota Uji", "innovations": None}},
        "extensions": {"cost": {"requested": 3, "limit": 1000}},
    }


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"content": b"{", "headers": {"content-type": "application/json"}}, 400),
        ({"content": b"[]", "headers": {"content-type": "application/json"}}, 400),
        ({"json": {"variables": {}}}, 400),
        ({"json": [{"query": "{ __typename }"}]}, 400),
        ({"json": {"query": "{ __typename }", "x": "a" * 300_000}}, 413),
        ({"json": {"query": ""}}, 400),
        ({"json": {"query": "{ __typename }", "operationName": 1}}, 400),
        ({"json": {"query": "{ __typename }", "variables": []}}, 400),
        ({"json": {"query": "{ __typename }", "extensions": "x"}}, 400),
        ({"content": b'{"query": "{ \xff }"}', "headers": JSON}, 400),
        ({"content": b'{"variables": ' + b"[" * 5_000, "headers": JSON}, 400),
        ({"content": b"{}", "headers": {"content-type": "application/jsonx"}}, 415),
        ({"content": b"{}", "headers": {"content-type": "application/json; charset=latin1"}}, 415),
        ({"content": b"query=x", "headers": {"content-type": "text/plain"}}, 415),
        ({"json": {"query": "{ __typename }"}, "headers": {"accept": "text/html"}}, 406),
        ({"method": "GET", "headers": {"accept": "*/*"}}, 400),
        ({"method": "GET", "params": {"query": "{ a }", "variables": "{"}}, 400),
        ({"method": "GET", "params": {"query": "mutation { __typename }"}}, 405),
        ({"method": "PUT", "json": {"query": "{ __typename }"}}, 405),
    ],
)
def test_a_request_of_another_form_is_refused_in_json(send, options, status):
    response = send(**options)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    (error,) = response.json()["errors"]
    assert error["message"]
    assert error.get("code") or error["extensions"]["code"]
    assert response.json().keys() == {"errors"}


@pytest.mark.parametrize(
    "document",
    ["{", "{ nonsense }", "query A { __typename }", "fragment F on Query { __typename }"],
)
def test_what_was_not_executed_has_no_data_and_a_status_by_media_type(send, document):
    for headers, status in ((RESPONSE, 400), ({"accept": "application/json"}, 200)):
        response = send(json={"query": document, "operationName": "B"}, headers=headers)
        assert response.status_code == status
        assert response.headers["content-type"] == f"{headers['accept']}; charset=utf-8"
        assert response.json().keys() == {"errors"}
        assert response.json()["errors"][0]["extensions"]["code"] == "GRAPHQL_INVALID"


def test_a_refusal_speaks_the_readers_language_in_their_media_type(send):
    headers = {**RESPONSE, "Accept-Language": "id"}
    response = send(json={"query": 1}, headers=headers)
    assert response.headers["content-type"] == f"{RESPONSE['accept']}; charset=utf-8"
    assert response.headers["content-language"] == "id"
    (error,) = response.json()["errors"]
    assert error["message"] == "Ini bukan permintaan GraphQL: query: isi dengan teks dokumen."
    assert error["extensions"]["code"] == "BAD_REQUEST"
    assert error["extensions"]["input"] == ["query"]


def test_a_query_by_get_reads_its_variables_from_the_address(send, city):
    document = "query Of($slug: Slug!) { city(by: {slug: $slug}) { name } }"
    params = {"query": document, "operationName": "Of", "extensions": ""}
    response = send("GET", params={**params, "variables": f'{{"slug": "{city.slug}"}}'})
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert response.json()["data"] == {"city": {"name": "Kota Uji"}}


@pytest.mark.parametrize(
    ("method", "allowed"),
    [("GET", "POST"), ("PUT", "GET, POST"), ("DELETE", "GET, POST"), ("OPTIONS", "GET, POST")],
)
def test_a_refused_method_is_told_which_are_taken(send, method, allowed):
    response = send(method, params={"query": "mutation { __typename }"})
    assert (response.status_code, response.headers["allow"]) == (405, allowed)
    assert response.json()["errors"][0]["extensions"]["code"] == "METHOD_NOT_ALLOWED"


def test_a_link_on_another_site_reads_nothing_with_a_browsers_cookie(send):
    headers = {"Cookie": "kotacerdas=x", "X-Kota-Cerdas": ""}
    response = send("GET", headers=headers, params={"query": "{ __typename }"})
    assert response.status_code == 403
    assert response.json().keys() == {"errors"}
    assert response.json()["errors"][0]["extensions"]["code"] == "CROSS_SITE_REFUSED"


def test_a_wrong_name_is_told_without_a_guess_at_the_right_one(send):
    (error,) = send(json={"query": "{ citis { nodes { id } } }"}).json()["errors"]
    assert error["message"] == "Cannot query field 'citis' on type 'Query'."


def test_syntax_and_validation_errors_carry_a_code_and_the_request_id(send):
    for document in ("{ nonsense }", "{ city(by: {}) { name } }", "{"):
        response = send(json={"query": document}, headers={"X-Request-Id": "uji-permintaan-1"})
        (error,) = response.json()["errors"]
        assert error["extensions"] == {
            "code": "GRAPHQL_INVALID",
            "requestId": "uji-permintaan-1",
            "retryable": False,
        }


def test_refusals_of_a_query_speak_the_readers_language(send, city):
    document = "{ cities(first: 0) { nodes { slug } } }"
    texts = {
        language: send(json={"query": document}, headers={"Accept-Language": language}).json()
        for language in ("id", "en")
    }
    for body in texts.values():
        assert body["errors"][0]["extensions"]["code"] == "INVALID"
        assert body["errors"][0]["extensions"]["input"] == ["first"]
    assert texts["id"]["errors"][0]["message"] != texts["en"]["errors"][0]["message"]


def test_a_defect_is_masked(send, monkeypatch, city):
    def broken(*_given: Any) -> None:
        raise RuntimeError("rahasia di dalam galat")

    monkeypatch.setattr(asgi.CityDirectory, "learn", broken)
    response = send(json={"query": '{ city(by: {slug: "x"}) { name } }'})
    assert "rahasia" not in response.text
    assert response.json()["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert response.json()["data"] == {"city": None}


def test_a_defect_before_execution_is_masked_with_a_status_of_ours(send, monkeypatch):
    def broken(*_given: Any) -> None:
        raise RuntimeError("rahasia di dalam galat")

    monkeypatch.setattr("graphql_schema.preparing.validate", broken)
    response = send(json={"query": "{ __typename }"}, headers=RESPONSE)
    assert (response.status_code, "rahasia" in response.text) == (500, False)
    assert response.json().keys() == {"errors"}
    assert response.json()["errors"][0]["code"] == "INTERNAL"


def test_a_session_that_ended_is_refused_once_for_the_whole_request(send):
    response = send(
        json={"query": "{ viewer { id } }"}, headers={"Authorization": "Bearer kc_bohong"}
    )
    assert response.status_code == 401
    assert response.json()["errors"][0]["code"] == "UNAUTHENTICATED"


def test_another_site_cannot_post_with_a_browsers_cookie(send):
    headers = {"Cookie": "kotacerdas=x", "X-Kota-Cerdas": "", "Origin": "http://evil.example"}
    assert send(json={"query": "{ __typename }"}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("document", "variables", "code"),
    [
        ('{ city(by: {slug: "Bukan Slug!"}) { name } }', {}, "GRAPHQL_INVALID"),
        ("query($s: Slug!) { city(by: {slug: $s}) { name } }", {"s": "B U"}, "GRAPHQL_INVALID"),
        ("query($t: String!) { cities(filter: {name: {eq: $t}}) { totalCount } }",
         {"t": "a\u0000b"}, "INVALID"),
        ("query($t: String!) { cities(filter: {name: {contains: $t}}) { totalCount } }",
         {"t": "\ud800"}, "BAD_REQUEST"),
    ],
    ids=["slug", "variable", "nul", "surrogate"],
)  # fmt: skip
def test_values_that_cannot_be_are_the_callers_error_not_ours(send, document, variables, code):
    body = json.dumps({"query": document, "variables": variables})
    response = send(content=body, headers={"content-type": "application/json"})
    assert [error["extensions"]["code"] for error in response.json()["errors"]] == [code]


def test_a_body_nested_beyond_all_measure_is_refused(send):
    response = send(content=b"[" * 60_000, headers={"content-type": "application/json"})
    assert response.status_code == 400
