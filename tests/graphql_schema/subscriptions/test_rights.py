"""A stream ends when its credential or its right does, and holds no session open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from graphql_schema.subscriptions import event_stream, stream
from kotacerdas.database import Database
from kotacerdas.identity import sessions, tokens
from kotacerdas.identity.authentication import Actor, Via, identity_scope
from kotacerdas.identity.models import Account, ApiToken, BrowserSession, Membership
from kotacerdas.identity.policy import Role
from kotacerdas.scope import NATION, Door, Scope
from tenants.experts.assigning import assign
from tenants.experts.models import ExpertPart
from tenants.experts.reassigning import reassign
from tests.graphql_schema import places
from tests.graphql_schema.subscriptions.asking import (
    BELL,
    INNOVATIONS,
    JOB,
    city_id,
    id_of,
)
from tests.graphql_schema.subscriptions.live import Events, Live, bearer, signed_in
from tests.jobs import write

IDENTITY = Scope(Door.IDENTITY, NATION)
ENDED = {
    "UNAUTHENTICATED": "There is no session, or it has ended. Sign in again and repeat.",
    "ACCESS_ENDED": "Your right to see this has ended. Reload the page, or ask for access again.",
}


def ended(events: Events, code: str) -> None:
    """The stream ends with an error that says so in words."""
    body = events.next()
    assert body is not None
    (error,) = body["errors"]
    assert "data" not in body
    assert (error["extensions"]["code"], error["message"]) == (code, ENDED[code])
    assert events.next() is None


def followed(live: Live, city, headers: dict[str, str]) -> Events:
    """A stream of a city's innovations that has begun."""
    events = live.events(INNOVATIONS, {**headers, "Accept-Language": "en"}, city=city_id(city))
    assert events.field()["cause"] == "STARTED"
    return events


def silently(database: Database, statement, scope: Scope = IDENTITY) -> None:
    """Change rows past the rules: nothing is told, as if Redis had lost it."""
    with database.unit_of_work(scope) as session:
        session.execute(statement)


def owned(person: UUID):
    return ApiToken.person_id == person


def test_a_revoked_token_ends_its_streams_at_once(live: Live, city):
    person, token = live.token(city)
    events = followed(live, city, bearer(token))
    owner = identity_scope(Actor(person, via=Via.SESSION))
    with live.database.unit_of_work(owner) as session:
        token_id = session.scalar(select(ApiToken.id).where(owned(person)))
        tokens.revoke(session, token_id)
    ended(events, "UNAUTHENTICATED")


def test_signing_out_ends_the_streams_of_the_session(live: Live, city):
    cookie = live.cookie(live.person(city))
    events = followed(live, city, signed_in(cookie))
    with live.database.unit_of_work(IDENTITY) as session:
        sessions.sign_out(session, secret=cookie.partition("=")[2])
    ended(events, "UNAUTHENTICATED")


def test_a_closed_account_ends_its_streams(live: Live, city):
    person, token = live.token(city)
    events = followed(live, city, bearer(token))
    with live.database.unit_of_work(IDENTITY) as session:
        session.get_one(Account, person).active = False
    ended(events, "UNAUTHENTICATED")


def test_a_lost_role_ends_the_streams_that_stood_on_it_and_no_other(live: Live, city, make_city):
    person = live.person(city)
    headers = signed_in(live.cookie(person))
    (job_id,) = write(live.database, city)
    innovations = followed(live, city, headers)
    english = {**headers, "Accept-Language": "en"}
    job = live.events(JOB, english, id=id_of("job", city, job_id))
    bell = live.events(BELL, english)
    assert [each.field()["cause"] for each in (job, bell)] == ["STARTED"] * 2
    live.leave(city, person)
    ended(innovations, "ACCESS_ENDED")
    ended(job, "ACCESS_ENDED")
    live.announce(city)  # the bell is the person's own and goes on
    assert bell.response.is_closed is False


@pytest.mark.parametrize("what", ["token expired", "session lapsed", "role ended"])
def test_an_end_that_nobody_tells_is_found_at_the_next_look(live: Live, city, monkeypatch, what):
    monkeypatch.setattr(stream, "RECHECK_SECONDS", 0.2)
    person, token = live.token(city)
    past = datetime.now(UTC) - timedelta(days=2)
    session = what == "session lapsed"
    events = followed(live, city, signed_in(live.cookie(person)) if session else bearer(token))
    ends = {
        "token expired": update(ApiToken).where(owned(person)).values(expires_at=past),
        "session lapsed": update(BrowserSession)
        .where(BrowserSession.person_id == person)
        .values(seen_at=past),
        "role ended": update(Membership)
        .where(Membership.tenant_id == city.id, Membership.person_id == person)
        .values(ended_at=past),
    }
    if what == "role ended":
        silently(live.database, ends[what], Scope(Door.CITY, city.id))
    else:
        silently(live.database, ends[what])
    ended(events, "ACCESS_ENDED" if what == "role ended" else "UNAUTHENTICATED")


def test_what_happens_after_a_right_has_ended_is_not_told(live: Live, city):
    """Even if only the event itself makes the server look."""
    person, token = live.token(city)
    row_id = places.innovation(live.database, city)
    events = followed(live, city, bearer(token))
    past = datetime.now(UTC) - timedelta(days=2)
    mine = update(Membership).where(Membership.tenant_id == city.id, Membership.person_id == person)
    silently(live.database, mine.values(ended_at=past), Scope(Door.CITY, city.id))
    live.rename(city, row_id, "Kenari rahasia")
    ended(events, "ACCESS_ENDED")


def test_an_open_stream_keeps_no_session_from_ending_as_idle(live: Live, city, monkeypatch):
    monkeypatch.setattr(stream, "RECHECK_SECONDS", 0.1)
    person = live.person(city)
    row_id = places.innovation(live.database, city)
    events = followed(live, city, signed_in(live.cookie(person)))
    mine = BrowserSession.person_id == person
    earlier = datetime.now(UTC) - timedelta(minutes=5)
    silently(live.database, update(BrowserSession).where(mine).values(seen_at=earlier))
    for number in range(3):
        live.rename(city, row_id, f"Nama {number}")
        assert events.field()["cause"] == "CHANGED"
    with live.database.unit_of_work(IDENTITY) as session:
        assert session.scalar(select(BrowserSession.seen_at).where(mine)) == earlier


def test_a_silent_stream_says_that_it_is_alive(live: Live, city, monkeypatch):
    monkeypatch.setattr(event_stream, "PING_SECONDS", 0.1)
    _, token = live.token(city)
    events = followed(live, city, bearer(token))
    assert [events.raw() for _ in range(3)] == [[":"]] * 3
    assert stream.RECHECK_SECONDS <= 25


def test_a_reassigned_expert_loses_the_city_while_looking_at_it(live: Live, city, ministry):
    old, new = (live.person(city, Role.EXPERT) for _ in range(2))
    staff = ministry(city.id)
    with live.database.unit_of_work(staff) as session:
        row = assign(session, old, part=ExpertPart.MENTOR, cycle=2022)
    events = followed(live, city, signed_in(live.cookie(old)))
    others = followed(live, city, signed_in(live.cookie(new)))
    with live.database.unit_of_work(staff) as session:
        reassign(session, row.id, successor_id=new, expected_version=row.version)
    ended(events, "ACCESS_ENDED")
    assert others.response.is_closed is False
