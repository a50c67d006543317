"""What `@requires` says in the schema is what the rules and the reader ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from graphql import GraphQLNonNull, get_named_type, parse

from graphql_schema.evolution.applied import applied
from graphql_schema.ids import CITY
from graphql_schema.schema import core, schema
from kotacerdas.identity.policy import Grant, Permission, Role
from kotacerdas.scope import NATION, Door, Scope
from tests.graphql_schema.inputs import input_of
from tests.graphql_schema.world import World

ASKED = {
    coordinate: frozenset(Permission[name] for name in names)
    for coordinate, names in applied(parse(schema.as_str()), "requires").items()
}
MUTATIONS = list(core.mutation_type.fields)
OWN = {"notificationRead", "tokenCreate", "tokenRevoke"}
"""Mutations of what is the actor's own."""
OF_NATION = frozenset({Permission.COHORT_MANAGE, Permission.NATIONAL_READ})
REFUSED = {"FORBIDDEN", "FORBIDDEN_UNIT", "UNAUTHENTICATED"}


@pytest.fixture
def world(database, city):
    return World(database, city)


def actor(world: World, permissions: Iterable[Permission]) -> Scope:
    """Somebody who holds just these, the nation's in the nation and the others in the city."""
    held = frozenset(permissions)
    grants = [
        Grant(tenant, Role.OPERATOR, None, mine)
        for tenant, mine in ((NATION, held & OF_NATION), (world.id, held - OF_NATION))
        if mine
    ]
    return Scope(Door.CITY, world.id, world.person_id, tuple(grants))


@pytest.fixture
def codes(data, world):
    """Return a function: the codes with which a mutation is refused to somebody."""

    def run(mutation: str, permissions: Iterable[Permission] | None, **fields: Any) -> set[str]:
        given = get_named_type(core.mutation_type.fields[mutation].args["input"].type).name
        payload = get_named_type(core.mutation_type.fields[mutation].type)
        rows = "results { errors { code } }" if "results" in payload.fields else ""
        document = f"""mutation($input: {given}!) {{
          {mutation}(input: $input) {{ errors {{ code }} {rows} }} }}"""
        by = None if permissions is None else actor(world, permissions)
        told = data(document, by, input=input_of(mutation, world.key) | fields)[mutation]
        lists = [told["errors"], *(row["errors"] for row in told.get("results", ()))]
        return {error["code"] for errors in lists for error in errors} - {"BULK_REJECTED"}

    return run


def test_a_mutation_is_refused_without_the_permission_that_it_names(codes):
    asked = {name: ASKED[f"Mutation.{name}"] for name in MUTATIONS if name not in OWN}
    assert all(asked.values()), "say `requires=` of what the rule asks for"
    told = {name: codes(name, frozenset(Permission) - asked[name]) for name in asked}
    assert told == {name: {"FORBIDDEN"} for name in asked}


def test_a_mutation_is_not_refused_with_one_permission_that_it_names(codes, world):
    pairs = [(name, each) for name in MUTATIONS for each in ASKED[f"Mutation.{name}"]]
    refused = {
        (name, each)
        for name, each in pairs
        if all(codes(name, {each}, **fields) & REFUSED for fields in variants(name, world))
    }
    assert refused == set()


def variants(mutation: str, world: World) -> Iterator[dict[str, Any]]:
    """Yield fields on which the permission may depend."""
    yield {}
    if mutation == "jobCancel":
        yield {"id": world.export_job()}
    if mutation in ("remarkSettle", "remarkReopen"):
        yield {"id": world.innovation_remark()}
    if mutation == "participationAdvance":
        stage = get_named_type(core.type_map["ParticipationAdvanceInput"].fields["to"].type)
        yield from ({"to": name} for name in stage.values)
    if mutation == "exportRequest":
        yield {"cityId": world.key(CITY)}  # without: all cities


def test_what_is_ones_own_asks_for_no_permission(codes):
    for mutation in OWN:
        assert ASKED[f"Mutation.{mutation}"] == frozenset()
        assert not codes(mutation, ()) & REFUSED, mutation


def test_every_mutation_is_refused_to_whoever_is_not_signed_in(codes):
    told = {mutation: codes(mutation, None) for mutation in MUTATIONS}
    assert told == {name: {"UNAUTHENTICATED"} for name in MUTATIONS}


def test_a_row_is_found_by_those_alone_who_hold_what_its_type_names(data, world):
    document = "query($id: ID!) { node(id: $id) { __typename } }"
    nodes = [kind for kind in ROWS if core.type_map["Node"] in kind.interfaces and ASKED[kind.name]]
    assert len(nodes) >= 17
    for kind in nodes:
        key = world.key(kind.extensions["reads"].prefix)
        without = actor(world, frozenset(Permission) - ASKED[kind.name] - OF_NATION)
        assert data(document, without, id=key) == {"node": None}, kind.name
        found = data(document, actor(world, ASKED[kind.name]), id=key)
        assert found == {"node": {"__typename": kind.name}}


ROWS = [kind for kind in core.type_map.values() if "reads" in kind.extensions]
FIELDS = [(kind, name) for kind in ROWS for name in kind.fields if ASKED[f"{kind.name}.{name}"]]


def test_all_cities_together_are_for_those_alone_who_read_the_nation(data, world):
    assert ASKED["Query.national"] == {Permission.NATIONAL_READ}
    document = "{ national { __typename } }"
    without = actor(world, frozenset(Permission) - ASKED["Query.national"])
    assert data(document, without) == {"national": None}
    found = data(document, actor(world, ASKED["Query.national"]))
    assert found == {"national": {"__typename": "National"}}


def test_a_field_that_a_permission_gates_never_takes_its_parent_away():
    assert len(FIELDS) >= 9
    for kind, name in FIELDS:
        assert not isinstance(kind.fields[name].type, GraphQLNonNull), f"{kind.name}.{name}"


def test_a_field_is_null_without_the_permission_that_it_names(data, world):
    empty = set()
    # What has no id is reached through `national`, a gate of its own, or by `search`.
    for kind, name in [each for each in FIELDS if each[0].extensions["reads"].prefix]:
        asked, key = ASKED[f"{kind.name}.{name}"], world.key(kind.extensions["reads"].prefix)
        document = f"""query($id: ID!) {{ node(id: $id) {{ ... on {kind.name} {{
          {name} {{ __typename }} }} }} }}"""
        without = actor(world, frozenset(Permission) - asked - OF_NATION)
        assert data(document, without, id=key) == {"node": {name: None}}
        having = data(document, actor(world, asked | ASKED[kind.name]), id=key)["node"]
        empty |= {f"{kind.name}.{name}"} if having[name] is None else set()
    # Roles bound to no unit: the sample rows point to none.
    assert empty == {"Invitation.unit", "Membership.unit"}
