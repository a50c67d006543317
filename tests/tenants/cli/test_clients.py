"""Registering the documents of client programs, on the tests' database."""

import json
from uuid import uuid4

import pytest

from kotacerdas.scope import Door
from kotacerdas.trusted import actions
from kotacerdas.trusted.actions import Document, id_of
from tenants.cli.console import operator

CITIES = "query Cities { cities(first: 3) { nodes { slug } } }"
FACE = "query Face($slug: Slug!) { city(by: {slug: $slug}) { name } }"


@pytest.fixture
def client():
    return f"uji-{uuid4().hex[:12]}"


@pytest.fixture
def manifest(tmp_path):
    """Return a function that writes a manifest of texts and gives its path."""

    def write(*texts, form="own", **rest):
        own = {"documents": [{"id": id_of(text), "text": text} for text in texts], **rest}
        codegen = {id_of(text).removeprefix("sha256:"): text for text in texts}
        path = tmp_path / f"{uuid4().hex}.json"
        path.write_text(json.dumps(own if form == "own" else codegen))
        return path

    return write


@pytest.fixture
def console(call, database, settings):
    """Return a function that runs a command on the tests' database."""
    names = ("city", "ministry", "identity", "worker", "relay", "migrator")
    urls = {f"{name}_url": getattr(settings, f"{name}_url").get_secret_value() for name in names}
    mine = {f"KOTACERDAS_{name.upper()}": url for name, url in urls.items()}
    variables = {**mine, "KOTACERDAS_MODE": "embedded"}
    return lambda *arguments, **options: call(*arguments, variables=variables, **options)


@pytest.fixture
def register(database, client):
    """Return a function that registers texts past the console."""

    def run(*texts, strict=None):
        documents = [Document(text.split("(")[0].split()[1], text) for text in texts]
        with database.unit_of_work(operator(Door.MINISTRY)) as session:
            actions.register(session, documents, client=client, strict=strict)

    return run


def test_a_manifest_may_name_its_client_and_mode(data, manifest, client):
    given = manifest(CITIES, FACE, client={"name": client, "strict": True})
    told = data("client", "register", given)
    assert told == {"client": client, "strict": True, "new": 2, "known": 0}
    again = data("client", "register", given, "--no-strict")
    assert again == {"client": client, "strict": False, "new": 0, "known": 2}


def test_the_manifest_of_graphql_codegen_is_taken_as_it_is(data, manifest, client):
    given = manifest(CITIES, FACE, form="codegen")
    assert data("client", "register", given, "--client", client)["new"] == 2
    listed = data("client", "documents", client)
    assert {each["id"]: each["name"] for each in listed} == {
        id_of(CITIES): "Cities",
        id_of(FACE): "Face",
    }
    assert {each["retired_at"] for each in listed} == {None}


def test_clients_are_listed_with_their_mode(data, console, register, client):
    register(CITIES, strict=True)
    mine = [each for each in data("client", "list") if each["client"] == client]
    assert [(each["strict"], each["documents"]) for each in mine] == [(True, 1)]
    assert console("client", "mode", client, "open").stdout == f"{client} is open.\n"
    mine = [each for each in data("client", "list") if each["client"] == client]
    assert [each["strict"] for each in mine] == [False]


def test_documents_are_retired_by_id_or_all_but_those_of_a_manifest(
    data, console, register, manifest, client
):
    register(CITIES, FACE)
    kept = manifest(FACE)
    assert console("client", "retire", client, "--keep", kept).stdout == "Documents retired: 1.\n"
    in_use = [each["id"] for each in data("client", "documents", client) if not each["retired_at"]]
    assert in_use == [id_of(FACE)]
    assert console("client", "retire", client, id_of(FACE)).stdout == "Documents retired: 1.\n"
    assert "--keep" in console("client", "retire", client, code=1).stderr


def test_what_the_api_would_not_run_is_not_registered(console, data, manifest, client):
    given = manifest(CITIES, "query Bad { nonsense }")
    refused = console("--language", "en", "client", "register", given, "--client", client, code=1)
    assert refused.stderr.splitlines() == [
        "Bad: 1:13 Cannot query field 'nonsense' on type 'Query'.",
        "Correct these documents, or install the API whose schema fits them.",
    ]
    assert data("client", "documents", client) == []


def test_documents_in_use_are_checked_against_the_schema_of_this_version(
    console, register, client, database
):
    register(CITIES)
    assert "fit the schema" in console("client", "check", client).stdout
    register("query Old { nonsense }")
    refused = console("client", "check", client, code=1)
    assert f"{client}: Old: 1:13 Cannot query field 'nonsense'" in refused.stderr
    with database.unit_of_work(operator(Door.MINISTRY)) as session:
        actions.retire(session, client, [id_of("query Old { nonsense }")])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "no JSON"),
        ("[]", "no JSON object"),
        ("{}", "holds no document"),
        ('{"documents": []}', "holds no document"),
        ('{"documents": [{"id": "x"}]}', "documents[0] lacks"),
        ('{"x": 1}', "x is no text"),
        (
            '{"documents": [{"id": "sha256:0", "text": "{ a }"}]}',
            "ids that are not the SHA-256 of their texts: 1,",
        ),
        ('{"5b2a": "query A { __typename }"}', "hashAlgorithm: 'sha256'"),
        (
            json.dumps({"documents": [{"id": id_of("a"), "text": "a"}], "client": 1}),
            "client is not",
        ),
    ],
)
def test_a_manifest_is_refused_with_what_is_wrong(call, tmp_path, content, words):
    path = tmp_path / "manifest.json"
    path.write_text(content)
    refused = call(
        "--language", "en", "client", "register", path, "--client", "uji", variables={}, code=1
    )  # fmt: skip
    assert words in refused.stderr
    assert refused.stderr.startswith(str(path))


def test_a_manifest_without_a_name_needs_one(call, manifest):
    refused = call("client", "register", manifest(CITIES), variables={}, code=1)
    assert "--client" in refused.stderr
