"""One notice of many things."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import func, select

from kotacerdas.identity.policy import Role
from kotacerdas.jobs import Job
from tenants.notifications.actions import tell
from tenants.notifications.digests import gathering
from tenants.notifications.models import Notification, NotificationKind
from tests.tenants.refusals import run

K = NotificationKind
SUBJECT = 0x01960000_0000_7000_8000_000000000000


def say(session, people, number: int, kind: NotificationKind = K.SUBMITTED, unit="Dispar") -> None:
    data = {"name": f"Inovasi {number}", "unit": unit, "revision": "1"}
    tell(session, kind, subject_id=UUID(int=SUBJECT + number), data=data, people=people, key="r1")


def notices(database, city) -> dict:
    mine = select(Notification).where(Notification.tenant_id == city.id)
    told: dict = {}
    for row in run(
        database, city.scope(), lambda s: list(s.scalars(mine.order_by(Notification.id)))
    ):
        told.setdefault(row.person_id, []).append((row.kind, row.data))
    return told


def test_each_person_gets_one_notice_of_what_concerns_them(database, city):
    admin, planner = city.person(Role.CITY_ADMIN), city.person(Role.BAPPEDA)

    def rule(session):
        with gathering(session):
            say(session, [admin, planner], 1)
            say(session, [admin], 2, unit="Disdik")
            say(session, [admin], 3)

    run(database, city.scope(), rule)
    told = notices(database, city)
    names = "Inovasi 1; Inovasi 2; Inovasi 3"
    many = {"count": "3", "name": names, "unit": "Dispar; Disdik"}
    assert told[admin] == [(K.SUBMITTED_MANY, many)]
    alone = {"name": "Inovasi 1", "unit": "Dispar", "revision": "1"}
    assert told[planner] == [(K.SUBMITTED, alone)]
    sent = select(func.count()).where(Job.tenant_id == city.id)
    assert run(database, city.scope(), lambda s: s.scalar(sent)) == 2


def test_a_digest_names_five_and_counts_all(database, city):
    admin = city.person(Role.CITY_ADMIN)

    def rule(session):
        with gathering(session):
            for number in range(1, 21):
                say(session, [admin], number, K.ENDORSED)

    run(database, city.scope(), rule)
    ((kind, data),) = notices(database, city)[admin]
    assert (kind, data["count"]) == (K.ENDORSED_MANY, "20")
    assert data["name"] == "Inovasi 1; Inovasi 2; Inovasi 3; Inovasi 4; Inovasi 5; …"


def test_kinds_without_a_digest_are_told_one_by_one(database, city):
    admin = city.person(Role.CITY_ADMIN)

    def rule(session):
        with gathering(session):
            say(session, [admin], 1, K.ACCEPTED)
            say(session, [admin], 2, K.ACCEPTED)

    run(database, city.scope(), rule)
    assert [kind for kind, _ in notices(database, city)[admin]] == [K.ACCEPTED, K.ACCEPTED]


def test_nothing_is_told_of_what_was_undone(database, city):
    admin, scope = city.person(Role.CITY_ADMIN), city.scope()

    def rule(session):
        with gathering(session):
            say(session, [admin], 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(database, scope, rule)
    assert notices(database, city) == {}
    run(database, scope, lambda s: say(s, [admin], 2))
    assert [kind for kind, _ in notices(database, city)[admin]] == [K.SUBMITTED]
