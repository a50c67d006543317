"""Telling people, their inboxes, and what they have read."""

from __future__ import annotations

from contextlib import suppress
from uuid import uuid4

import pytest
from sqlalchemy import event, select

from kotacerdas.errors import NotFound, Unauthenticated
from kotacerdas.identity.policy import Role
from kotacerdas.jobs import Job, JobState, Queue
from kotacerdas.scope import Door, Scope
from tenants.notifications.actions import SEND, mark_read, tell
from tenants.notifications.models import (
    Channel,
    Delivery,
    DeliveryState,
    Notification,
    NotificationKind,
)
from tenants.notifications.queries import inbox, unread_count

DATA = {"name": "Si Pasar Digital"}


def told(session, people, *, kind=NotificationKind.SUBMITTED, subject_id=None, key="1"):
    subject_id = subject_id or uuid4()
    return tell(session, kind, subject_id=subject_id, data=DATA, people=people, key=key)


def rows(database, city, model):
    with database.unit_of_work(Scope(Door.WORKER, city.id)) as session:
        return list(session.scalars(select(model).where(model.tenant_id == city.id)))


def statements_of(database, scope, rule):
    """Run `rule` and return how many statements it sent."""
    sent = []

    def note(_connection, _cursor, statement, *_):
        sent.append(statement)

    engine = database.engine(scope.door)
    with database.unit_of_work(scope) as session:
        session.connection()  # so that the transaction's own statement is not counted
        event.listen(engine, "before_cursor_execute", note)
        try:
            rule(session)
        finally:
            event.remove(engine, "before_cursor_execute", note)
    return len(sent)


def test_a_person_told_gets_a_notification_a_delivery_and_a_job(database, city):
    person, scope = city.person(Role.BAPPEDA), city.scope()
    with database.unit_of_work(scope) as session:
        assert told(session, [person]) == 1
    (notification,) = rows(database, city, Notification)
    (delivery,) = rows(database, city, Delivery)
    (job,) = rows(database, city, Job)
    assert (notification.person_id, notification.data) == (person, DATA)
    assert (notification.kind, notification.read_at) == (NotificationKind.SUBMITTED, None)
    assert delivery.notification_id == notification.id
    assert (delivery.channel, delivery.state) == (Channel.EMAIL, DeliveryState.WAITING)
    assert delivery.message_id == f"<{delivery.id}@kotacerdas.example>"
    assert (job.kind, job.queue, job.subject_id) == (SEND.name, Queue.MAIL, delivery.id)
    assert (job.state, job.attempts, job.person_id) == (JobState.QUEUED, 0, scope.person_id)


def test_nobody_is_told_the_same_twice(database, city, make_person):
    one, two, subject = make_person(), make_person(), uuid4()
    with database.unit_of_work(city.scope()) as session:
        assert told(session, [one, one], subject_id=subject) == 1
    with database.unit_of_work(city.scope()) as session:
        assert told(session, [one, two], subject_id=subject) == 1
        assert told(session, [one, two], subject_id=subject) == 0
        assert told(session, [], subject_id=subject) == 0
    assert {row.person_id for row in rows(database, city, Notification)} == {one, two}
    assert [len(rows(database, city, model)) for model in (Delivery, Job)] == [2, 2]


def test_another_event_of_the_same_kind_is_told_again(database, city, make_person):
    person, subject = make_person(), uuid4()
    with database.unit_of_work(city.scope()) as session:
        assert told(session, [person], subject_id=subject, key="1") == 1
        assert told(session, [person], subject_id=subject, key="2") == 1


def test_a_failure_tells_nobody(database, city, make_person):
    with suppress(ZeroDivisionError), database.unit_of_work(city.scope()) as session:
        told(session, [make_person()])
        raise ZeroDivisionError
    assert [rows(database, city, model) for model in (Notification, Delivery, Job)] == [[], [], []]


def test_telling_many_takes_as_many_statements_as_telling_one(database, city, make_person):
    scope, people = city.scope(), [make_person() for _ in range(30)]
    one = statements_of(database, scope, lambda session: told(session, people[:1]))
    many = statements_of(database, scope, lambda session: told(session, people))
    assert (one, many) == (4, 4)
    assert len(rows(database, city, Notification)) == 31


def test_the_ministry_tells_people_of_a_city(database, city, ministry, make_person):
    with database.unit_of_work(ministry(city.id)) as session:
        assert told(session, [make_person()], kind=NotificationKind.INVITED) == 1


def test_an_inbox_shows_ones_own_newest_first_page_by_page(database, city, make_person):
    scope = city.scope()
    with database.unit_of_work(scope) as session:
        for key in "abc":
            told(session, [scope.person_id, make_person()], key=key)
    with database.unit_of_work(scope) as session:
        first = inbox(session, limit=2)
        rest = inbox(session, limit=2, before=first[-1].id)
        assert [row.dedupe_key.split(":")[2] for row in [*first, *rest]] == ["c", "b", "a"]
        assert unread_count(session) == 3


def test_through_the_identity_door_a_person_reads_every_city(database, make_city, make_person):
    person = make_person()
    for place in (make_city(), make_city()):
        with database.unit_of_work(place.scope()) as session:
            told(session, [person, make_person()])
    with database.unit_of_work(Scope(Door.IDENTITY, person_id=person)) as session:
        assert unread_count(session) == 2
        assert mark_read(session, [row.id for row in inbox(session, limit=9)]) == 2
        assert unread_count(session) == 0


def test_reading_twice_changes_nothing_more(database, city):
    scope = city.scope()
    with database.unit_of_work(scope) as session:
        told(session, [scope.person_id])
        (row,) = inbox(session, limit=9)
        assert mark_read(session, [row.id]) == 1
        assert mark_read(session, [row.id]) == 0
        assert mark_read(session, []) == 0


def test_nobody_marks_what_another_was_told(database, city, make_person):
    scope = city.scope()
    with database.unit_of_work(scope) as session:
        told(session, [scope.person_id, make_person()])
    notifications = [row.id for row in rows(database, city, Notification)]
    for ids in (notifications, [uuid4()]):
        with pytest.raises(NotFound), database.unit_of_work(scope) as session:
            mark_read(session, ids)
    assert [row.read_at for row in rows(database, city, Notification)] == [None, None]


def test_without_a_person_there_is_no_inbox(database, city):
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        for query in (unread_count, lambda session: inbox(session, limit=1)):
            with pytest.raises(Unauthenticated):
                query(session)
