"""Telling people, their inboxes, and what they have read."""

from __future__ import annotations

from contextlib import suppress
from uuid import uuid4

import pytest
from sqlalchemy import bindparam, event, func, select

from kotacerdas.errors import NotFound, Unauthenticated
from kotacerdas.identity.policy import Role
from kotacerdas.jobs import Job, JobState, Queue
from kotacerdas.scope import Door, Scope, tenant_of
from tenants.notifications.actions import mark_read, tell
from tenants.notifications.inserts import SEND
from tenants.notifications.models import (
    Channel,
    Delivery,
    DeliveryState,
    Notification,
    NotificationKind,
)
from tenants.notifications.queries import mine

DATA = {"name": "Si Pasar Digital"}


COUNT = select(func.count()).where(Notification.tenant_id == bindparam("tenant_id"))


def told(session, people, *, kind=NotificationKind.SUBMITTED, subject_id=None, key="1"):
    """Tell, and return how many notices are new."""
    subject_id = subject_id or uuid4()
    before = session.scalar(COUNT, {"tenant_id": tenant_of(session)})
    tell(session, kind, subject_id=subject_id, data=DATA, people=people, key=key)
    return session.scalar(COUNT, {"tenant_id": tenant_of(session)}) - before


def own(session):
    """The actor's notifications as they are stored now."""
    stored = select(Notification).where(mine(session))
    return list(session.scalars(stored.execution_options(populate_existing=True)))


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
    assert (one, many) == (4, 4)  # two of them count, one wakes the relay
    assert len(rows(database, city, Notification)) == 31


def test_the_ministry_tells_people_of_a_city(database, city, ministry, make_person):
    with database.unit_of_work(ministry(city.id)) as session:
        assert told(session, [make_person()], kind=NotificationKind.INVITED) == 1


def test_in_a_city_a_person_reads_ones_own_of_that_city(database, make_city, make_person):
    city, other = make_city(), make_city()
    scope = city.scope()
    with database.unit_of_work(other.scope()) as session:
        told(session, [scope.person_id])
    with database.unit_of_work(scope) as session:
        for key in "abc":
            told(session, [scope.person_id, make_person()], key=key)
    with database.unit_of_work(scope) as session:
        assert sorted(row.dedupe_key.split(":")[2] for row in own(session)) == ["a", "b", "c"]


def test_through_the_identity_door_a_person_reads_every_city(database, make_city, make_person):
    person = make_person()
    for place in (make_city(), make_city()):
        with database.unit_of_work(place.scope()) as session:
            told(session, [person, make_person()])
    with database.unit_of_work(Scope(Door.IDENTITY, person_id=person)) as session:
        assert [row.read_at for row in own(session)] == [None, None]
        assert mark_read(session, [row.id for row in own(session)]) == 2
        assert all(row.read_at for row in own(session))


def test_reading_twice_changes_nothing_more(database, city):
    scope = city.scope()
    with database.unit_of_work(scope) as session:
        told(session, [scope.person_id])
        (row,) = own(session)
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


def test_without_a_person_there_is_nothing_of_ones_own(database, city):
    with (
        database.unit_of_work(Scope(Door.CITY, city.id)) as session,
        pytest.raises(Unauthenticated),
    ):
        mine(session)
