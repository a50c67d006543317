"""Experts through the API: assigning, notes between them, loads, and the inbox over cities."""

from __future__ import annotations

from uuid import uuid4

import pytest

from graphql_schema.ids import CITY, Key
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import Door, Scope
from tenants.submissions.workflow import InnovationState
from tests.graphql_schema import places

ASSIGN = """mutation($input: ExpertAssignInput!) { expertAssign(input: $input) {
  assignment { id version part cycle endedAt expert { name } assignedBy { name } }
  errors { code path message } } }"""
REASSIGN = """mutation($input: ExpertReassignInput!) { expertReassign(input: $input) {
  assignment { id version replaces { id endedAt handover } } errors { code path } } }"""
RELEASE = """mutation($input: ExpertReleaseInput!) { expertRelease(input: $input) {
  assignment { endedAt } errors { code } } }"""
NOTE = """mutation($input: ExpertHandoverInput!) { expertHandover(input: $input) {
  assignment { handover version } errors { code } } }"""
READ = "query($id: ID!) { node(id: $id) { ... on Assignment { part handover } } }"
LOADS = """{ national { experts { expert { id name } cities mentoring assessing openReviews
  oldestOpenAt } } }"""
OWN = """{ viewer { assignments { cycle endedAt handover city { slug } }
  reviewInbox { kind name citySlug subjectId } } }"""
INBOX = """query($id: ID!, $kind: Waiting) { city(by: {id: $id}) {
  reviewInbox(kind: $kind) { kind name } } }"""


def person(person_id):
    return str(Key("per", None, person_id))


def town(city):
    return str(Key(CITY, city.id, None))


def expert_of(person_id, *cities):
    grants = tuple(Grant(city.id, Role.EXPERT) for city in cities)
    return Scope(Door.CITY, cities[0].id if cities else None, person_id, grants)


@pytest.fixture
def assign(data, ministry, make_city):
    """Return a function that assigns a new expert to a city: the assignment, and who it is."""
    staff = ministry()

    def give(city, person_id=None, part="MENTOR", cycle=2022):
        person_id = person_id or make_city().person(Role.EXPERT, name="Ir. Ahli")
        given = {"cityId": town(city), "expertId": person(person_id), "part": part}
        given |= {"cycle": cycle, "idempotencyKey": str(uuid4())}
        return data(ASSIGN, staff, input=given)["expertAssign"], person_id

    return give


def test_the_ministry_assigns_and_the_conflict_names_the_other_assignment(assign, city):
    done, person_id = assign(city)
    assert done["errors"] == []
    assert done["assignment"]["expert"] == {"name": "Ir. Ahli"}
    assert done["assignment"]["assignedBy"] == {"name": "Staf Kementerian"}
    refused, _ = assign(city, person_id, "ASSESSOR")
    (error,) = refused["errors"]
    assert (error["code"], error["path"]) == ("ASSIGNMENT_CONFLICT", ["expertId"])
    assert "Ir. Ahli sudah menjadi pendamping Kota Uji pada siklus 2022" in error["message"]


def test_notes_are_read_by_writer_successor_and_ministry_alone(
    data, assign, city, make_city, ministry
):
    done, old = assign(city)
    row = done["assignment"]
    given = {"id": row["id"], "expectedVersion": row["version"], "text": "Rapat tiap Senin."}
    noted = data(NOTE, expert_of(old, city), input=given)["expertHandover"]
    assert noted["assignment"]["handover"] == "Rapat tiap Senin."
    new = make_city().person(Role.EXPERT)
    given = {"id": row["id"], "expectedVersion": 2, "successorId": person(new)}
    moved = data(REASSIGN, ministry(), input=given)["expertReassign"]
    assert moved["assignment"]["replaces"]["id"] == row["id"]
    assert moved["assignment"]["replaces"]["endedAt"] is not None
    note = {"part": "MENTOR", "handover": "Rapat tiap Senin."}
    silent = {**note, "handover": None}
    assert data(READ, expert_of(new, city), id=row["id"])["node"] == note
    assert data(READ, ministry(), id=row["id"])["node"] == note
    assert data(READ, city.scope(Role.CITY_ADMIN), id=row["id"])["node"] == silent
    assert data(READ, city.scope(Role.EXPERT), id=row["id"])["node"] == silent
    assert data(READ, expert_of(new, make_city()), id=row["id"])["node"] is None
    (mine,) = data(OWN, expert_of(old))["viewer"]["assignments"]
    assert (mine["handover"], mine["city"]) == ("Rapat tiap Senin.", {"slug": city.slug})


def test_a_city_neither_assigns_nor_reassigns_nor_releases(data, assign, city):
    row = assign(city)[0]["assignment"]
    admin = city.scope(Role.CITY_ADMIN)
    step = {"id": row["id"], "expectedVersion": row["version"]}
    given = {**step, "successorId": person(uuid4())}
    assert data(REASSIGN, admin, input=given)["expertReassign"]["errors"][0]["code"] == "FORBIDDEN"
    assert data(RELEASE, admin, input=step)["expertRelease"]["errors"][0]["code"] == "FORBIDDEN"


def test_the_ministry_sees_what_each_expert_carries(data, assign, city, make_city, ministry):
    _, person_id = assign(city)
    assign(make_city(), person_id, "ASSESSOR")
    (row,) = [
        each
        for each in data(LOADS, ministry())["national"]["experts"]
        if each["expert"]["id"] == person(person_id)
    ]
    counts = {"cities": 2, "mentoring": 1, "assessing": 1, "openReviews": 0, "oldestOpenAt": None}
    assert row == {"expert": {"id": person(person_id), "name": "Ir. Ahli"}, **counts}
    assert data(LOADS, city.scope(Role.CITY_ADMIN))["national"] is None


def test_the_inbox_holds_ones_own_cities_alone_oldest_first(
    data, assign, database, city, make_city
):
    second, foreign = make_city(), make_city()
    _, person_id = assign(city)
    assign(second, person_id)
    for place, name in ((second, "Pertama"), (city, "Kedua"), (foreign, "Asing")):
        places.innovation(database, place, state=InnovationState.ENDORSED, name=name)
    mine = expert_of(person_id, city, second)
    found = data(OWN, mine)["viewer"]["reviewInbox"]
    assert [(item["name"], item["citySlug"]) for item in found] == [
        ("Pertama", second.slug),
        ("Kedua", city.slug),
    ]
    there = data(INBOX, mine, id=town(city))["city"]["reviewInbox"]
    assert there == [{"kind": "TO_REVIEW", "name": "Kedua"}]
    assert data(INBOX, mine, id=town(city), kind="IN_REVIEW")["city"]["reviewInbox"] == []
    assert data(INBOX, mine, id=town(foreign))["city"]["reviewInbox"] is None
    admin = city.scope(Role.CITY_ADMIN)
    assert data(INBOX, admin, id=town(city))["city"]["reviewInbox"] is None
    assert data(OWN, admin)["viewer"]["reviewInbox"] == []
