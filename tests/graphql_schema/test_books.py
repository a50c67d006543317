"""Books and sections by the API."""

from __future__ import annotations

import pytest

from graphql_schema.ids import Key
from kotacerdas.identity.policy import Role
from tests.tenants.masterplan.books.shelf import Shelf, body, make_guide

BOOKS = """query($id: ID!) { node(id: $id) { ... on Masterplan { books { number name approvedCount
  sectionCount chapters { code guidanceEn sources minimumWords sections {
    id title state words version body openSince openBy { id } editedBy { id } ownerUnit { name }
    myDrafts { kind baseVersion body } revisions { totalCount nodes { number changes {
      change blockId words { kind text } } } } } } } } } }"""
UPDATE = """mutation($input: SectionUpdateInput!) { sectionUpdate(input: $input) {
  errors { code path ... on StaleVersionError { currentVersion current { id } } }
  section { state words editedBy { id } }
  conflict { editedBy base { body } theirs { title body } yours { title body }
    theirChanges { change words { kind text } } yourChanges { change } } } }"""


@pytest.fixture(scope="module")
def guide(database):
    return make_guide(database)


@pytest.fixture
def shelf(database, make_city, guide):
    return Shelf(database, make_city(), guide)


def key(shelf, prefix, row_id):
    return str(Key(prefix, shelf.city.id, row_id))


def books(shelf, data, scope=None, **options):
    found = data(BOOKS, scope or shelf.scope, id=key(shelf, "mpl", shelf.plan_id), **options)
    return found["node"]["books"]


def update(shelf, data, section, text, scope=None):
    given = {"id": key(shelf, "sec", section.id), "expectedVersion": section.version}
    given["body"] = body(text)
    return data(UPDATE, scope or shelf.bappeda, input=given)["sectionUpdate"]


def test_books_are_read_with_their_chapters_and_sections(shelf, data):
    first, second = books(shelf, data)
    assert (first["number"], first["sectionCount"], second["approvedCount"]) == (1, 2, 0)
    chapter = first["chapters"][0]
    assert (chapter["guidanceEn"], chapter["minimumWords"]) == ("Jelaskan latar belakang. (en)", 20)
    (section,) = chapter["sections"]
    assert (section["state"], section["body"], section["openBy"]) == ("EMPTY", {"blocks": []}, None)


def test_a_text_is_written_and_its_changes_are_shown(shelf, data):
    told = update(shelf, data, shelf.section(), "Satu dua.")
    assert (told["errors"], told["conflict"], told["section"]["words"]) == ([], None, 2)
    update(shelf, data, shelf.section(), "Satu tiga.")
    section = books(shelf, data)[0]["chapters"][0]["sections"][0]
    assert section["revisions"]["totalCount"] == 2
    (change,) = section["revisions"]["nodes"][0]["changes"]
    assert [(each["kind"], each["text"]) for each in change["words"]] == [
        ("KEPT", "Satu "),
        ("REMOVED", "dua"),
        ("ADDED", "tiga"),
        ("KEPT", "."),
    ]


def test_who_is_too_late_is_answered_with_all_texts_and_finds_a_draft(shelf, data):
    before = shelf.section()
    update(shelf, data, before, "Mereka.")
    late = shelf.city.scope(Role.BAPPEDA)
    told = update(shelf, data, before, "Saya.", late)
    assert told["section"] is None
    (error,) = told["errors"]
    assert (error["code"], error["currentVersion"]) == ("STALE_VERSION", before.version + 1)
    assert error["current"]["id"] == key(shelf, "sec", before.id)
    conflict = told["conflict"]
    assert conflict["base"]["body"] == {"blocks": []}
    assert "Mereka." in str(conflict["theirs"]["body"])
    assert "Saya." in str(conflict["yours"]["body"])
    assert (conflict["editedBy"], conflict["yourChanges"]) == ("Orang Uji", [{"change": "ADDED"}])
    (draft,) = books(shelf, data, late)[0]["chapters"][0]["sections"][0]["myDrafts"]
    assert (draft["kind"], draft["baseVersion"]) == ("CONFLICT", before.version)
    assert books(shelf, data)[0]["chapters"][0]["sections"][0]["myDrafts"] == []


def test_who_writes_now_is_shown_to_others(shelf, data):
    claim = """mutation($input: SectionClaimInput!) { sectionClaim(input: $input) {
      errors { code } section { openBy { id } } } }"""
    given = {"sectionId": key(shelf, "sec", shelf.section().id)}
    told = data(claim, shelf.bappeda, input=given)["sectionClaim"]
    person = str(Key("per", None, shelf.bappeda.person_id))
    assert (told["errors"], told["section"]["openBy"]) == ([], {"id": person})
    section = books(shelf, data)[0]["chapters"][0]["sections"][0]
    assert section["openBy"] == {"id": person}
    assert section["openSince"] is not None


def test_another_city_and_the_public_see_no_sections(shelf, data, make_city):
    wanted = key(shelf, "sec", shelf.section().id)
    document = "query($id: ID!) { node(id: $id) { __typename } }"
    assert data(document, make_city().scope(), id=wanted) == {"node": None}
    assert data(document, None, id=wanted) == {"node": None}
    given = {"id": wanted, "expectedVersion": 1, "body": body("Dari luar")}
    told = data(UPDATE, make_city().scope(), input=given)["sectionUpdate"]
    assert [error["code"] for error in told["errors"]] == ["NOT_FOUND"]
