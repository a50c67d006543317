"""Registered documents over HTTP: what an id runs, and who may send a text."""

from __future__ import annotations

import pytest

from graphql_schema.limits.allowance import ANONYMOUS, KIB
from graphql_schema.trusted import registry
from kotacerdas.trusted import actions
from kotacerdas.trusted.actions import id_of
from tests.graphql_schema.trusted.conftest import OPERATOR

TEXT = "{ __typename }"


def named(city) -> str:
    return f'query Of {{ city(by: {{slug: "{city.slug}"}}) {{ name }} }}'


def refusal(response, status: int) -> dict:
    assert response.status_code == status, response.text
    assert response.json().keys() == {"errors"}
    (error,) = response.json()["errors"]
    return error


def code(response, status: int) -> str:
    return refusal(response, status)["extensions"]["code"]


def test_an_id_runs_the_registered_text(api, register, city):
    document_id = register("query Of($slug: Slug!) { city(by: {slug: $slug}) { name } }")
    response = api.post(documentId=document_id, variables={"slug": city.slug})
    assert response.json()["data"] == {"city": {"name": "Kota Uji"}}


def test_an_id_names_one_of_several_operations(api, register, city):
    document_id = register(f"{named(city)} query Other {{ __typename }}")
    response = api.post(documentId=document_id, operationName="Other")
    assert response.json()["data"] == {"__typename": "Query"}


def test_a_client_sends_only_its_own_documents(api, register, client, city):
    document_id = register(named(city))
    register("query Mine { __typename }", name=f"{client}-b")
    theirs = {"X-Client": f"{client}-b/2.1"}
    assert code(api.post(theirs, documentId=document_id), 400) == "DOCUMENT_UNKNOWN"
    mine = {"X-Client": f"{client}/2026.11.1"}
    assert api.post(mine, documentId=document_id).json()["data"]["city"] == {"name": "Kota Uji"}


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "tidak terdaftar untuk klien ini"), ("en", "is not registered for this client")],
)
def test_an_unknown_id_is_told_with_what_to_do(api, language, words):
    response = api.post({"Accept-Language": language}, documentId=id_of("{ nowhere }"))
    error = refusal(response, 400)
    assert error["extensions"]["code"] == "DOCUMENT_UNKNOWN"
    assert error["extensions"]["input"] == ["documentId"]
    assert words in error["message"]
    assert "kotacerdas client register" in error["message"]


@pytest.mark.parametrize(
    "body",
    [
        {"documentId": id_of(TEXT), "query": TEXT},
        {"documentId": id_of(TEXT), "query": ""},
        {"documentId": "sha256:abc"},
        {"documentId": id_of(TEXT).upper()},
        {"documentId": id_of(TEXT).removeprefix("sha256:")},
        {"documentId": ""},
        {"documentId": 7},
    ],
)
def test_an_id_has_one_form_and_comes_without_a_text(api, body):
    error = refusal(api.post(**body), 400)
    assert error["extensions"]["code"] == "BAD_REQUEST"
    assert error["extensions"]["input"] == ["documentId"]


def test_a_retired_document_is_unknown_as_soon_as_the_list_is_fresh(
    api, register, client, city, database, monkeypatch
):
    document_id = register(named(city))
    assert "data" in api.post(documentId=document_id).json()
    with database.unit_of_work(OPERATOR) as session:
        actions.retire(session, client, [document_id])
    assert "data" in api.post(documentId=document_id).json()
    monkeypatch.setattr(registry.Registry.snapshot, "__kwdefaults__", {"younger_than": 0.0})
    assert code(api.post(documentId=document_id), 400) == "DOCUMENT_UNKNOWN"


def test_ids_that_nobody_registered_do_not_reach_the_database(api):
    assert code(api.post(documentId=id_of("first")), 400) == "DOCUMENT_UNKNOWN"
    asked = len(api.statements)
    for number in range(200):
        assert code(api.post(documentId=id_of(f"{number}")), 400) == "DOCUMENT_UNKNOWN"
    # One list of ids and one of clients, each two seconds at most.
    assert len(api.statements) - asked <= 4


def test_a_document_that_is_registered_later_is_found_within_seconds(
    api, register, monkeypatch, city
):
    assert code(api.post(documentId=id_of(named(city))), 400) == "DOCUMENT_UNKNOWN"
    document_id = register(named(city))
    monkeypatch.setattr(registry, "UNKNOWN_SECONDS", 0.0)
    assert api.post(documentId=document_id).json()["data"] == {"city": {"name": "Kota Uji"}}


def test_a_known_document_is_read_from_the_database_once(api, register):
    document_id = register("query Once { __typename }")
    for _ in range(3):
        assert api.post(documentId=document_id).json()["data"] == {"__typename": "Query"}
    reading = [each for each in api.statements if "trusted_document.text" in each]
    assert len(reading) == 1


def test_texts_beyond_the_memory_are_read_again(api, register, monkeypatch):
    monkeypatch.setattr(registry, "CACHED_BYTES", 40)
    ids = [register(f"query Number{each} {{ __typename }}") for each in "AB"]
    for document_id in (*ids, *ids):
        assert api.post(documentId=document_id).json()["data"] == {"__typename": "Query"}
    reading = [each for each in api.statements if "trusted_document.text" in each]
    assert len(reading) == 4


def test_a_strict_client_sends_nothing_but_its_documents(api, register, client, token):
    document_id = register("query Only { __typename }", strict=True)
    declared = {"X-Client": client, "Accept-Language": "en"}
    for credential in ({}, token):
        error = refusal(api.post({**declared, **credential}, query=TEXT), 403)
        assert error["extensions"]["code"] == "DOCUMENT_REQUIRED"
        assert client in error["message"]
        response = api.post({**declared, **credential}, documentId=document_id)
        assert response.json()["data"] == {"__typename": "Query"}


def test_a_browser_does_not_escape_by_another_name(serve, register, client, cookie):
    document_id = register("query Only { __typename }", strict=True)
    api = serve(mode="production")
    for claimed in ({}, {"X-Client": "nobody"}, {"X-Client": ""}, {"X-Client": client}):
        headers = {**cookie, **claimed}
        assert code(api.post(headers, query=TEXT), 403) == "DOCUMENT_REQUIRED"
        assert code(api.get(headers, query=TEXT), 403) == "DOCUMENT_REQUIRED"
    assert api.post(cookie, documentId=document_id).json()["data"] == {"__typename": "Query"}


def test_a_text_of_ones_own_needs_a_token_or_no_credential(serve, register, cookie, token):
    register("query Only { __typename }", strict=True)
    api = serve(mode="production")
    message = refusal(api.post({**cookie, "Accept-Language": "en"}, query=TEXT), 403)["message"]
    assert message.endswith("make an API token and send it without the cookie.")
    for credential in ({}, token):
        assert api.post(credential, query=TEXT).json()["data"] == {"__typename": "Query"}


def test_browsers_are_free_while_no_client_is_strict_and_in_the_embedded_mode(
    serve, api, register, cookie, no_client_is_strict
):
    register("query Only { __typename }", strict=False)
    assert "data" in serve(mode="production").post(cookie, query=TEXT).json()
    register("query Only { __typename }", strict=True)
    assert "data" in api.post(cookie, query=TEXT).json()


def test_a_browser_puts_no_text_into_an_address(api, register, cookie):
    assert code(api.get(cookie, query=TEXT), 403) == "DOCUMENT_REQUIRED"
    document_id = register("query Only { __typename }")
    assert "data" in api.get(cookie, documentId=document_id).json()
    assert "data" in api.get(query=TEXT).json()


def test_a_registered_text_may_be_longer_than_an_anonymous_one(api, register, city):
    text = named(city) + " " * ANONYMOUS.text_bytes
    assert 8 * KIB < len(text) < 16 * KIB
    document_id = register(text)
    assert refusal_of(api.post(query=text)) == "LIMIT_SIZE"
    assert api.post(documentId=document_id).json()["data"] == {"city": {"name": "Kota Uji"}}


def test_a_registered_document_costs_what_it_costs(api, register, token):
    inner = "units(first: 100) { nodes { id } }"
    text = f"query Wide {{ national {{ cities(first: 100) {{ nodes {{ {inner} }} }} }} }}"
    document_id = register(text)
    assert refusal_of(api.post(token, query=text)) == "LIMIT_COST"
    assert refusal_of(api.post(documentId=document_id)) == "LIMIT_COST"
    response = api.post(token, documentId=document_id)
    assert response.json()["extensions"]["cost"]["limit"] == 20_000
    assert "errors" not in response.json()


def refusal_of(response) -> str:
    return response.json()["errors"][0]["extensions"]["code"]
