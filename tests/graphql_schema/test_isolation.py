"""What belongs to a city is null, absent or not found for everybody else, at every path."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from graphql_schema.ids import Key
from kotacerdas.identity.authentication import Via
from kotacerdas.identity.models import Membership
from kotacerdas.identity.policy import Role
from kotacerdas.scope import Door, Scope
from tenants.masterplan.models import Masterplan, MasterplanVersion, Publication
from tenants.notifications.actions import tell
from tenants.notifications.models import Notification, NotificationKind
from tests.graphql_schema.places import innovation, participation

OWNED = """query($slug: Slug!) { city(by: {slug: $slug}) { name slug viewerPermissions
  participations { totalCount } units { totalCount } innovations { totalCount nodes { name } }
  innovationStates { count } innovationDimensions { count } documents { totalCount }
  jobs { totalCount } members { totalCount } publications { totalCount nodes { title } } } }"""

GATED = [
    "participations",
    "units",
    "innovations",
    "innovationStates",
    "innovationDimensions",
    "documents",
    "jobs",
    "members",
]

NODE = "query($id: ID!) { node(id: $id) { id __typename } }"


@pytest.fixture
def strangers(make_city, ministry):
    """Who may not see a city's own rows: nobody, and another city's administrator."""
    return [None, make_city().scope()]


@pytest.fixture
def published(database, city):
    """A city with an unpublished innovation and one published masterplan."""
    innovation(database, city, name="Rahasia")
    own = {"tenant_id": city.id}
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        plan = Masterplan(
            **own, id=uuid7(), participation_id=participation(database, city),
            title="Rencana", period_start=2023, period_end=2027,
        )  # fmt: skip
        session.add(plan)
        session.flush()  # the version references it
        version = MasterplanVersion(
            **own, id=uuid7(), masterplan_id=plan.id, number=1, content={"vision": "Hebat"},
            content_hash=b"x" * 32, frozen_by=city.person(Role.CITY_ADMIN),
        )  # fmt: skip
        session.add(version)
        session.flush()  # the publication references it
        session.add(
            Publication(
                **own,
                id=uuid7(),
                masterplan_version_id=version.id,
                title="Rencana",
                content=version.content,
                content_hash=b"x" * 32,
                published_at=datetime.now(UTC),
            )
        )
    return city


def test_strangers_see_the_public_face_and_nothing_else(data, published, strangers):
    for stranger in strangers:
        found = data(OWNED, stranger, slug=published.slug)["city"]
        assert found["name"] == "Kota Uji"
        assert found["viewerPermissions"] == []
        assert {name: found[name] for name in GATED} == dict.fromkeys(GATED)
        assert found["publications"] == {"totalCount": 1, "nodes": [{"title": "Rencana"}]}


def test_a_list_of_cities_shows_nobody_what_belongs_to_them(data, published, ministry):
    document = """query($slug: String!) { cities(filter: {slug: {eq: $slug}}) { nodes {
      slug innovations { totalCount } units { totalCount } publications { totalCount } } } }"""
    for caller in (None, published.scope(), ministry()):
        (found,) = data(document, caller, slug=published.slug)["cities"]["nodes"]
        assert (found["innovations"], found["units"]) == (None, None)
        assert found["publications"]["totalCount"] == 1


def test_a_foreign_id_and_a_missing_id_look_the_same(data, ask, database, published, strangers):
    real = str(Key("inn", published.id, innovation(database, published)))
    missing = str(Key("inn", published.id, uuid7()))
    nowhere = str(Key("inn", 2**31 - 1, uuid7()))
    for stranger in strangers:
        for key in (real, missing, nowhere, "inn_bohong", "", "x" * 5000):
            assert data(NODE, stranger, id=key) == {"node": None}
    assert data(NODE, published.scope(), id=real)["node"]["__typename"] == "Innovation"


def test_a_step_on_a_foreign_id_answers_like_a_missing_one(data, database, published, strangers):
    document = """mutation($id: ID!) { innovationEndorse(input: {id: $id, expectedVersion: 1}) {
      innovation { id } errors { __typename code path } } }"""
    real = str(Key("inn", published.id, innovation(database, published)))
    stranger = strangers[1]
    answers = [
        data(document, stranger, id=key)["innovationEndorse"]
        for key in (real, str(Key("inn", published.id, uuid7())), "inn_bohong")
    ]
    assert answers[0]["errors"][0]["code"] == "NOT_FOUND"
    assert answers[0] == answers[1] == answers[2]


def test_nobody_is_asked_to_sign_in(data, database, published):
    document = """mutation($id: ID!) { innovationEndorse(input: {id: $id, expectedVersion: 1}) {
      errors { code message } } }"""
    real = str(Key("inn", published.id, innovation(database, published)))
    (error,) = data(document, None, id=real)["innovationEndorse"]["errors"]
    assert error["code"] == "UNAUTHENTICATED"


def test_only_the_nation_sees_the_national_view(data, published, strangers, ministry):
    document = """query($name: String!) { national {
      innovations(filter: {name: {eq: $name}}, first: 1) {
        nodes { name city { slug innovations { totalCount } } } } } }"""
    for caller in (*strangers, published.scope(), published.scope(Role.EXPERT)):
        assert data(document, caller, name="Rahasia") == {"national": None}
    seen = data(document, ministry(role=Role.MINISTRY_READER), name="Rahasia")["national"]
    assert seen["innovations"]["nodes"][0]["name"] == "Rahasia"
    assert seen["innovations"]["nodes"][0]["city"]["innovations"]["totalCount"] >= 1


def test_the_ministry_reads_a_city_but_cannot_write_its_working_tables(data, published, ministry):
    found = data(OWNED, ministry(), slug=published.slug)["city"]
    assert found["innovations"] == {"totalCount": 1, "nodes": [{"name": "Rahasia"}]}
    document = """mutation($id: ID!, $key: String!) { unitCreate(input: {cityId: $id, name: "X",
      shortName: "X", kind: AGENCY, idempotencyKey: $key}) { unit { id } errors { code } } }"""
    city_id = str(Key("cty", published.id, None))
    answer = data(document, ministry(), id=city_id, key="k" * 36)["unitCreate"]
    assert answer == {"unit": None, "errors": [{"code": "FORBIDDEN"}]}


def test_the_viewer_sees_their_own_roles_and_notifications(data, database, city):
    unit = city.unit("Dinas Kesehatan", "Dinkes")
    scope = city.scope(Role.UNIT_HEAD, unit)
    document = """{ viewer { id name memberships { role city { slug }
      unit { shortName } } notifications { totalCount nodes { kind city { slug } } } } }"""
    found = data(document, scope)["viewer"]
    assert found["memberships"] == [
        {
            "role": "UNIT_HEAD",
            "city": {"slug": city.slug},
            "unit": {"shortName": "Dinkes"},
        }
    ]
    assert found["notifications"] == {"totalCount": 0, "nodes": []}
    assert data("{ viewer { id } }") == {"viewer": None}


def test_rights_on_an_innovation_follow_its_unit(data, database, city):
    mine, other = city.unit(), city.unit()
    scope = city.scope(Role.UNIT_HEAD, mine)
    document = "query($id: ID!) { node(id: $id) { ... on Innovation { viewerPermissions } } }"

    def rights(unit_id):
        key = str(Key("inn", city.id, innovation(database, city, unit_id=unit_id)))
        return data(document, scope, id=key)["node"]["viewerPermissions"]

    assert rights(mine) == [
        "CITY_READ",
        "INNOVATION_WRITE",
        "INNOVATION_SUBMIT",
        "SECTION_WRITE",
    ]
    assert rights(other) == ["CITY_READ"]


def test_invitations_and_roles_are_found_by_those_who_manage_members(data, database, city):
    unit = city.unit()
    head = city.scope(Role.UNIT_HEAD, unit)
    document = """mutation($input: MemberInviteInput!) { memberInvite(input: $input) {
      invitation { id } errors { code } } }"""
    city_id = str(Key("cty", city.id, None))
    given = {"cityId": city_id, "email": "a@b.example", "name": "Ani", "role": "COUNCIL"}
    given["idempotencyKey"] = "uji-undangan-1"
    made = data(document, city.scope(), input=given)["memberInvite"]
    assert made["errors"] == []
    assert data(NODE, city.scope(), id=made["invitation"]["id"])["node"]
    assert data(NODE, head, id=made["invitation"]["id"]) == {"node": None}
    assert data(document, head, input=given)["memberInvite"]["errors"] == [{"code": "FORBIDDEN"}]
    document = """query($id: ID!) { city(by: {id: $id}) {
      members { totalCount } invitations { nodes { email } } } }"""
    assert data(document, head, id=city_id) == {"city": {"members": None, "invitations": None}}
    listed = data(document, city.scope(), id=city_id)["city"]["invitations"]["nodes"]
    assert listed == [{"email": "a@b.example"}]


def test_an_open_invitation_is_taken_back_by_those_who_manage_members(data, city):
    made = """mutation($input: MemberInviteInput!) { memberInvite(input: $input) {
      invitation { id expiresAt } errors { code } } }"""
    given = {"cityId": str(Key("cty", city.id, None)), "email": "salah@b.example", "name": "Ani"}
    given |= {"role": "COUNCIL", "idempotencyKey": "uji-undangan-2"}
    offer = data(made, city.scope(), input=given)["memberInvite"]["invitation"]
    back = """mutation($id: ID!) { invitationRevoke(input: {id: $id}) {
      invitation { expiresAt } errors { code } } }"""
    refused = data(back, city.scope(Role.COUNCIL), id=offer["id"])["invitationRevoke"]
    assert refused == {"invitation": None, "errors": [{"code": "FORBIDDEN"}]}
    taken = data(back, city.scope(), id=offer["id"])["invitationRevoke"]
    assert taken["errors"] == []
    assert taken["invitation"]["expiresAt"] < offer["expiresAt"]


def test_a_token_sees_nothing_personal_of_its_owner(data, database, city, make_city):
    other = make_city()
    person = city.scope()
    give(database, other, person.person_id)
    tell_once(database, city, person.person_id)
    document = """{ viewer { name memberships { city { slug } } tokens { id }
      notifications { totalCount } } }"""
    by_session = data(document, person)["viewer"]
    assert by_session["notifications"] == {"totalCount": 1}
    assert by_session["tokens"] == []
    by_token = data(document, person, via=Via.TOKEN)["viewer"]
    assert by_token["memberships"] == [{"city": {"slug": city.slug}}]
    assert (by_token["notifications"], by_token["tokens"]) == (None, None)


def test_a_notification_is_found_by_its_own_person_alone(data, database, city):
    person = city.scope()
    key = str(Key("ntf", city.id, tell_once(database, city, person.person_id)))
    assert data(NODE, person, id=key)["node"]["__typename"] == "Notification"
    inbox = "{ viewer { notifications { nodes { subjectId } } } }"
    (told,) = data(inbox, person)["viewer"]["notifications"]["nodes"]
    assert told["subjectId"].startswith("par_")
    for other in (city.scope(), None):
        assert data(NODE, other, id=key) == {"node": None}
    assert data(NODE, person, via=Via.TOKEN, id=key) == {"node": None}


def test_the_viewers_cities_are_names_alone(ask, city):
    document = "{ viewer { memberships { city { publications { totalCount } } } } }"
    (error,) = ask(document, city.scope()).errors
    assert "Cannot query field" in error.message


def give(database, city, person_id):
    """A role in another city."""
    with database.unit_of_work(Scope(Door.IDENTITY, city.id)) as session:
        session.add(Membership(tenant_id=city.id, person_id=person_id, role=Role.COUNCIL))


def tell_once(database, city, person_id):
    """Tell the person something; returns the notification's UUID."""
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        subject = uuid7()
        kind, facts = NotificationKind.INVITED, {"name": "x", "year": "2022"}
        tell(session, kind, subject_id=subject, data=facts, people=[person_id], key="")
        mine = Notification.tenant_id == city.id, Notification.person_id == person_id
        return session.scalars(select(Notification.id).where(*mine)).one()
