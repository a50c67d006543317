"""Replicating through the API: what the two cities read of it, and what a third one reads."""

from __future__ import annotations

from uuid import uuid4

import pytest

from graphql_schema.ids import Key
from kotacerdas.identity.policy import Role
from kotacerdas.scope import Door, Scope
from tenants.masterplan import replications
from tenants.submissions.models import InnovationOrigin
from tests.graphql_schema.places import innovation, participation
from tests.graphql_schema.published import item

REPLICATE = """mutation($input: InnovationReplicateInput!) { innovationReplicate(input: $input) {
  innovation { id name state maturity solution
    origin { itemName versionNumber city { slug name } } }
  errors { code path } } }"""
SEEN = """query($slug: Slug!, $item: ID!) {
  city(by: {slug: $slug}) { replications { totalCount nodes { id
    innovation { id } adopter { slug name } } } }
  node(id: $item) { ... on PublishedItem { name replications } } }"""
NODE = "query($id: ID!) { node(id: $id) { id } }"


@pytest.fixture
def pair(database, make_city):
    """A city that has published, the other one, and the published item's key."""
    origin, city = make_city(name="Kota Asal"), make_city(name="Kota Baru")
    row_id = innovation(database, origin, name="E-Parkir")
    item(database, origin, "E-Parkir", row_id=row_id)
    return origin, city, Key("pit", origin.id, row_id)


@pytest.fixture
def proposal(database, pair):
    """The other city's unit's input, and its operator's scope."""
    _, city, pit = pair
    unit_id = city.unit()
    given = {
        "participationId": str(Key("par", city.id, participation(database, city))),
        "unitId": str(Key("unt", city.id, unit_id)),
        "itemId": str(pit),
        "idempotencyKey": str(uuid4()),
    }
    return given, city.scope(Role.UNIT_OPERATOR, unit_id)


def recorded(database, origin, city):
    """Do as the job does."""
    with database.unit_of_work(Scope(Door.WORKER, city.id)) as session:
        (row_id,) = session.scalars(
            InnovationOrigin.__table__.select()
            .with_only_columns(InnovationOrigin.id)
            .where(InnovationOrigin.tenant_id == city.id)
        )
        copy = replications.copy_of(session, row_id)
    with database.unit_of_work(Scope(Door.WORKER, origin.id)) as session:
        replications.record(session, copy)


def test_a_replica_names_the_city_that_it_comes_from(data, pair, proposal):
    origin, _, _ = pair
    given, scope = proposal
    told = data(REPLICATE, scope, input=given)["innovationReplicate"]
    assert told["errors"] == []
    assert told["innovation"]["state"] == "DRAFT"
    assert told["innovation"]["origin"] == {
        "itemName": "E-Parkir",
        "versionNumber": 1,
        "city": {"slug": origin.slug, "name": "Kota Asal"},
    }
    assert data(REPLICATE, scope, input=given)["innovationReplicate"] == told


def test_a_draft_that_replicates_nothing_has_no_origin(data, database, city):
    row_id = str(Key("inn", city.id, innovation(database, city)))
    asked = "query($id: ID!) { node(id: $id) { ... on Innovation { origin { itemName } } } }"
    assert data(asked, city.scope(), id=row_id) == {"node": {"origin": None}}


def test_the_origin_reads_who_replicates_and_others_only_how_many(
    data, database, make_city, pair, proposal
):
    origin, city, pit = pair
    given, scope = proposal
    data(REPLICATE, scope, input=given)
    recorded(database, origin, city)
    asked = {"slug": origin.slug, "item": str(pit)}
    own = data(SEEN, origin.scope(), **asked)
    (line,) = own["city"]["replications"]["nodes"]
    assert line["adopter"] == {"slug": city.slug, "name": "Kota Baru"}
    assert line["innovation"]["id"] == str(pit).replace("pit_", "inn_")
    assert own["node"] == {"name": "E-Parkir", "replications": 1}
    for other in (None, city.scope(), make_city().scope()):
        told = data(SEEN, other, **asked)
        assert told["city"]["replications"] is None
        assert told["node"] == {"name": "E-Parkir", "replications": 1}
        assert data(NODE, other, id=line["id"]) == {"node": None}


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"itemId": "xyz"}, {"code": "NOT_FOUND", "path": ["itemId"]}),
        ({"unitId": "xyz"}, {"code": "NOT_FOUND", "path": ["unitId"]}),
    ],
)
def test_an_id_of_something_else_is_not_found_at_its_field(data, proposal, changed, error):
    given, scope = proposal
    told = data(REPLICATE, scope, input=given | changed)["innovationReplicate"]
    assert told == {"innovation": None, "errors": [error]}
