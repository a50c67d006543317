"""Events are read by the compiled reader, and read the same as by graphql-core."""

from __future__ import annotations

import pytest

from graphql_schema.subscriptions import running
from kotacerdas.identity.policy import Role
from tests.graphql_schema import places
from tests.graphql_schema.subscriptions.asking import JOB, city_id, id_of
from tests.graphql_schema.subscriptions.live import Live, signed_in
from tests.jobs import write

DOCUMENTS = {
    "aliases": """subscription ($city: ID!) { x: innovationChanged(cityId: $city) {
        id why: cause a: innovation { n: name } innovation { state unit { name } }
        __typename } }""",
    "fragments": """subscription ($city: ID!) { ...Root }
        fragment Root on Subscription { innovationChanged(cityId: $city) { ...Event } }
        fragment Event on InnovationEvent { innovation { ...Facts name } }
        fragment Facts on Innovation { id budgetRupiah reviews { id } latestReview { id } }""",
    "directives": """subscription ($city: ID!, $yes: Boolean = true) {
        innovationChanged(cityId: $city) { cause @skip(if: $yes) innovation @include(if: $yes) {
        name version @skip(if: $yes) viewerPermissions } id @include(if: $yes) } }""",
    "merged": """subscription ($city: ID!) { innovationChanged(cityId: $city) {
        innovation { name } ... on InnovationEvent { innovation { name revision } } } }""",
    "plain": "subscription ($city: ID!) { innovationChanged(cityId: $city) { cause id } }",
    "gated": """subscription ($city: ID!) { innovationChanged(cityId: $city) {
        innovation { city { name members(first: 1) { totalCount } } } } }""",
}


def seen(live: Live, city, headers, document: str, row_id, name: str) -> list[dict]:
    events = live.events(document, headers, city=city_id(city))
    first = events.next()
    live.rename(city, row_id, name)
    both = [first, events.next()]
    events.close()
    return both


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_event_reads_the_same_on_both_paths(live: Live, city, monkeypatch, name):
    row_id = places.innovation(live.database, city)
    headers = signed_in(live.cookie(live.person(city, Role.COUNCIL)))
    told = {}
    for path in ("compiled", "core"):
        live.rename(city, row_id, "Nama lama")
        if path == "core":
            monkeypatch.setattr(running, "event_query", lambda _operation: None)
        else:
            monkeypatch.setattr(running, "execute", None)  # would be a defect
        told[path] = seen(live, city, headers, DOCUMENTS[name], row_id, "Nama baru")
        monkeypatch.undo()
    assert told["compiled"] == told["core"]
    assert all("errors" not in body for body in told["compiled"])
    assert [list(body["data"]) for body in told["compiled"]] == [
        list(body["data"]) for body in told["core"]
    ]


def test_a_job_and_a_bell_are_read_by_the_compiled_reader(live: Live, city, monkeypatch):
    monkeypatch.setattr(running, "execute", None)
    person = live.person(city)
    headers = signed_in(live.cookie(person))
    (job_id,) = write(live.database, city)
    job = live.events(JOB, headers, id=id_of("job", city, job_id))
    assert job.field()["job"]["state"] == "QUEUED"
    document = """subscription { notificationChanged { notification { id }
        viewer { id name notifications(first: 2) { nodes { id } totalCount } } } }"""
    bell = live.events(document, headers)
    assert bell.field() == {
        "notification": None,
        "viewer": {
            "id": f"per_{person.hex}",
            "name": "Orang Uji",
            "notifications": {"nodes": [], "totalCount": 0},
        },
    }
