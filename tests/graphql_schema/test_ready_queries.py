"""GraphiQL's ready queries: each fits the schema, and works for those whom it is offered to."""

from __future__ import annotations

import json
from typing import Any

import pytest
from graphql import OperationDefinitionNode, OperationType, parse, validate

from graphql_schema.limits.allowance import ANONYMOUS, USER
from graphql_schema.preparing import Preparation
from graphql_schema.ready_queries import AUDIENCES, offered, ready_queries
from graphql_schema.schema import core
from graphql_schema.transport.request_form import Asked
from kotacerdas.identity.authentication import Actor
from kotacerdas.identity.policy import NATIONAL_ROLES, UNIT_ROLES, Grant, Role
from kotacerdas.scope import NATION, Scope
from tests.graphql_schema import places

EVERY = [pytest.param(query, id=query.titles["en"]) for query in ready_queries()]


def actor(scope: Scope | None) -> Actor:
    return Actor() if scope is None else Actor(scope.person_id, scope.grants)


@pytest.mark.parametrize("query", EVERY)
def test_a_ready_query_fits_the_schema_and_the_limits_of_its_readers(query):
    assert validate(core, parse(query.text)) == []
    allowance = ANONYMOUS if "everybody" in query.roles else USER
    Preparation(core).operation(Asked(query.text, variables=query.variables), allowance)


@pytest.mark.parametrize("query", EVERY)
def test_a_ready_query_has_titles_in_both_languages_and_readers_that_there_are(query):
    assert set(query.roles) <= AUDIENCES
    assert query.titles["id"] != query.titles["en"]
    assert all(query.titles.values())


@pytest.fixture
def scopes(city, ministry) -> dict[Role | None, Scope | None]:
    """Somebody of each role in one city or in the nation, and nobody."""
    found: dict[Role | None, Scope | None] = {None: None}
    for role in Role:
        if role in NATIONAL_ROLES:
            found[role] = ministry(role=role)
        else:
            found[role] = city.scope(role, city.unit() if role in UNIT_ROLES else None)
    return found


def test_each_role_is_offered_queries_that_answer_it(data, database, city, scopes):
    places.innovation(database, city)
    for role, scope in scopes.items():
        mine = offered(actor(scope), "id")
        assert len(mine) >= (3 if role is None else 5), role
        for query in mine:
            variables = json.loads(query["variables"] or "{}")
            answer: dict[str, Any] = data(query["query"], scope, **variables)
            (operation,) = _operations(query["query"])
            if operation is OperationType.MUTATION:
                (payload,) = answer.values()
                assert [error["code"] for error in payload["errors"]] == ["NOT_FOUND"]
            else:
                assert None not in answer.values(), (role, query["title"])


def test_what_a_role_is_not_for_is_not_offered():
    titles = {
        role: {query["title"] for query in offered(Actor(None, (Grant(1, role),)), "en")}
        for role in (Role.UNIT_OPERATOR, Role.BAPPEDA)
    }
    assert "Innovations that wait for endorsement" in titles[Role.BAPPEDA]
    assert "Innovations that wait for endorsement" not in titles[Role.UNIT_OPERATOR]
    nobody = {query["title"] for query in offered(Actor(), "en")}
    assert nobody == {query.titles["en"] for query in ready_queries() if "everybody" in query.roles}


def test_the_ids_are_the_readers_own(city):
    scope = city.scope(Role.UNIT_HEAD, city.unit())
    mine = {query["title"]: query for query in offered(actor(scope), "en")}
    unit = json.loads(mine["My department's innovations that wait for us"]["variables"])["unit"]
    assert unit.startswith("unt_")
    assert unit.endswith(f"{city.id:x}")
    assert offered(Actor(None, (Grant(NATION, Role.MINISTRY_READER),)), "id")[0]["variables"] == ""


def _operations(text: str) -> list[OperationType]:
    return [
        each.operation
        for each in parse(text).definitions
        if isinstance(each, OperationDefinitionNode)
    ]
