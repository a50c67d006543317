"""The example clients compile against the committed schema and work against a live API."""

from __future__ import annotations

from uuid import uuid4

import pytest
from pydantic import SecretStr

from kotacerdas.embedded.valkey import Valkey
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.trusted import actions
from tenants.cli.manifests import manifest
from tests.audit.graphql_http import has_node
from tests.examples import building
from tests.examples.live import NAMES, Live, live
from tests.faults.broker import stop

OPERATOR = Scope(Door.MINISTRY, NATION, grants=(Grant(NATION, Role.OPERATOR),))
CITIES = "query Cities { cities(first: 2) { nodes { slug } } }"
DONE = {
    "sameId": True,
    "refusals": [{"field": "name", "code": "INVALID"}],
    "merged": {"version": 3, "benefit": "Antrean lebih pendek.\nPendapatan tercatat."},
    "refused": ["INVALID"],
}
PAGES = [[*NAMES[:2]], [*NAMES[2:4]], [NAMES[4], "Tiket Jam Gadang"]]


@pytest.fixture(scope="module")
def telling(settings, database, tmp_path_factory):
    """Settings of the tests' database, whose changes are told by a Valkey of the module's own."""
    broker = Valkey(tmp_path_factory.mktemp("broker"), durable=False, say=lambda _text: None)
    broker.start()
    yield settings.model_copy(update={"broker_url": SecretStr(broker.url)})
    stop(broker)


@pytest.fixture
def api(telling, database, city):
    with live(telling, database, city) as served:
        yield served


@pytest.fixture
def client(database) -> str:
    """Name of a client of this test's own."""
    return f"contoh-{uuid4().hex[:12]}"


@pytest.fixture
def register(database, client):
    """Return a function that registers documents, as `kotacerdas client register` does."""

    def run(*texts: str, strict: bool = False) -> None:
        documents = [actions.Document("Contoh", text) for text in texts]
        with database.unit_of_work(OPERATOR) as session:
            actions.register(session, documents, client=client, strict=strict)

    return run


@pytest.mark.skipif(not has_node(), reason="Node.js is not installed")
def test_the_typescript_client_works_by_registered_documents_alone(
    api: Live, client, register, database
):
    building.build_typescript()
    register(*manifest(building.MANIFEST).texts.values(), strict=True)
    try:
        told = building.played(
            "node", "dist/main.js", folder=building.TYPESCRIPT, **api.environment(client)
        )
    finally:
        with database.unit_of_work(OPERATOR) as session:
            actions.set_strict(session, client, strict=False)
    assert told == {**DONE, "pages": PAGES, "unchanged": True, "seen": DONE["merged"]["benefit"]}


def test_the_python_client_works_with_texts_and_a_token(api: Live, client):
    building.build_python()
    told = building.played(
        building.INTERPRETER, "main.py", folder=building.PYTHON, **api.environment(client)
    )
    assert told == {**DONE, "pages": PAGES}


def test_the_recipes_for_curl_do_what_they_say(api: Live, client, register):
    register(CITIES)
    printed = building.run("./recipes.sh", folder=building.FOLDER, **api.environment(client))
    told = {part.split(":")[0]: part.split("\n", 1)[1] for part in printed.split("# ")[1:]}
    assert '"name":"Kota Uji"' in told["public"]
    assert told["page"].count('"totalCount":5') == 2
    assert [f'"{name}"' in told["page"] for name in NAMES] == [True] * 4 + [False]
    changed, stale = told["change"].strip().splitlines()
    assert '"innovation":{"version":2},"errors":[]' in changed
    assert '"code":"STALE_VERSION"' in stale
    assert "Somebody else changed this (current version 2)" in stale
    assert '"index":0,"innovation":{"version":3},"errors":[]' in told["many"]
    assert '"index":1,"innovation":null,"errors":[{"code":"STALE_VERSION"' in told["many"]
    assert told["registered"].strip() == "304"
    assert '"requestId":"my-request-0001"' in told["limits"]
