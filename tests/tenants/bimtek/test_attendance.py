"""Attendance, outputs and certificates."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from kotacerdas.identity.policy import Role
from tenants.bimtek.attendance import Line, absent_units, record_attendance
from tenants.bimtek.certificates import candidates, issue, least_of
from tenants.bimtek.models import Attendance, OutputState, Presence, WorkshopOutput
from tenants.bimtek.outputs import accept, deliver, send_back
from tenants.bimtek.scheduling import cancel, hold
from tenants.cities.workflow import Stage
from tenants.notifications.models import Notification, NotificationKind
from tests.tenants.participating import BEGAN, scheduled
from tests.tenants.refusals import refused, run


def recording(row, *lines, version=None):
    return lambda s: record_attendance(
        s, row.id, lines=lines, expected_version=version or row.version
    )


def test_who_came_is_recorded_and_who_did_not_is_named(database, journey, city):
    health, roads = city.unit("Dinas Kesehatan"), city.unit("Dinas Perhubungan")
    row = scheduled(database, journey)
    lines = [
        Line(health, "dr. Ani, M.Kes.", signed_at=BEGAN),
        Line(roads, "Budi", Presence.EXCUSED),
    ]
    run(database, journey.city, recording(row, *lines))
    absent = run(database, journey.city, lambda s: [unit.id for unit in absent_units(s, row.id)])
    assert absent == [roads]


def test_a_corrected_line_replaces_its_former_and_others_stay(database, journey, city):
    unit = city.unit()
    row = scheduled(database, journey)
    first = run(database, journey.city, recording(row, Line(unit, "Ani"), Line(unit, "Budi")))
    corrected = Line(unit, " ANI ", Presence.ABSENT)
    run(database, journey.city, recording(row, corrected, version=first.version))
    with database.unit_of_work(journey.city) as session:
        rows = select(Attendance).where(Attendance.tenant_id == city.id)
        found = {each.name: each.presence for each in session.scalars(rows)}
    assert found == {"ANI": Presence.ABSENT, "Budi": Presence.PRESENT}


def test_all_faults_of_a_list_are_told_at_once(database, journey, city, make_city):
    unit = city.unit()
    row = scheduled(database, journey)
    lines = [
        Line(make_city().unit(), "Ani"),
        Line(unit, " "),
        Line(unit, "Budi", signed_at=datetime(2022, 6, 13)),
        Line(unit, "budi"),
    ]
    errors = refused(
        database,
        journey.city,
        recording(row, *lines),
        *["NOT_FOUND", "INVALID", "INVALID", "ATTENDANCE_DOUBLED"],
    )
    assert [error.path for error in errors] == [
        ("lines", "0", "unitId"),
        ("lines", "1", "name"),
        ("lines", "2", "signedAt"),
        ("lines", "3", "name"),
    ]


def test_an_empty_or_endless_list_is_refused(database, journey, city):
    row, unit = scheduled(database, journey), city.unit()
    refused(database, journey.city, recording(row), "INVALID")
    many = [Line(unit, f"Orang {number}") for number in range(501)]
    refused(database, journey.city, recording(row, *many), "INVALID")


def test_attendance_is_the_citys_to_record_and_not_of_a_cancelled_session(
    database, journey, city, make_city
):
    row, line = scheduled(database, journey), Line(city.unit(), "Ani")
    refused(database, journey.ministry, recording(row, line), "FORBIDDEN")
    refused(database, make_city().scope(), recording(row, line), "NOT_FOUND")
    refused(database, journey.city, recording(row, line, version=9), "STALE_VERSION")
    gone = run(
        database,
        journey.ministry,
        lambda s: cancel(s, row.id, reason="x", expected_version=row.version),
    )
    refused(
        database, journey.city, recording(row, line, version=gone.version), "WORKSHOP_CANCELLED"
    )


@pytest.fixture
def output(database, journey):
    """An output that the first session must leave."""
    scheduled(database, journey)
    rows = select(WorkshopOutput).where(WorkshopOutput.tenant_id == journey.tenant_id)
    return run(database, journey.city, lambda s: s.scalars(rows.order_by("code")).first())


def hand_in(row, version=None, **given):
    return lambda s: deliver(s, row.id, expected_version=version or row.version, **given)


def test_an_output_is_delivered_returned_delivered_again_and_accepted(
    database, journey, city, output
):
    admin, expert = city.person(Role.CITY_ADMIN), city.scope(Role.EXPERT)
    first = run(database, journey.city, hand_in(output, note="Draf di map bersama"))
    back = run(
        database,
        expert,
        lambda s: send_back(s, output.id, reason="Tanpa SWOT", expected_version=first.version),
    )
    assert (back.state, back.reason) == (OutputState.OPEN, "Tanpa SWOT")
    url = "https://bukittinggikota.go.id/buku1.docx"
    second = run(database, journey.city, hand_in(output, back.version, url=url))
    done = run(
        database,
        journey.ministry,
        lambda s: accept(s, output.id, expected_version=second.version),
    )
    assert (done.state, done.url, done.reason) == (OutputState.ACCEPTED, url, None)
    rows = select(Notification.kind).where(
        Notification.tenant_id == city.id, Notification.person_id == admin
    )
    with database.unit_of_work(journey.city) as session:
        assert session.scalars(rows.order_by(Notification.id)).all() == [
            NotificationKind.OUTPUT_RETURNED,
            NotificationKind.OUTPUT_ACCEPTED,
        ]
    refused(database, journey.city, hand_in(output, done.version, note="x"), "OUTPUT_WRONG_STATE")


def test_an_output_must_be_somewhere_and_only_a_delivered_one_is_decided(
    database, journey, city, output
):
    refused(database, journey.city, hand_in(output, note=" "), "OUTPUT_EMPTY")
    refused(database, journey.city, hand_in(output, url="x y", note="\x00"), *["INVALID"] * 2)
    early = lambda s: accept(s, output.id, expected_version=output.version)  # noqa: E731
    (error,) = refused(database, journey.ministry, early, "OUTPUT_WRONG_STATE")
    assert "belum diserahkan" in error.text("id")
    refused(database, journey.city, early, "FORBIDDEN")
    refused(database, journey.ministry, hand_in(output, note="x"), "FORBIDDEN")
    given = run(database, journey.city, hand_in(output, note="x"))
    refused(
        database,
        city.scope(Role.EXPERT),
        lambda s: send_back(s, output.id, reason="", expected_version=given.version),
        "INVALID",
    )


def test_an_expert_of_another_city_finds_no_output(database, journey, output, make_city):
    stranger = make_city().scope(Role.EXPERT)
    rule = lambda s: accept(s, output.id, expected_version=output.version)  # noqa: E731
    refused(database, stranger, rule, "NOT_FOUND")


def test_what_has_ended_takes_no_outputs(database, journey, output):
    journey.place(Stage.WITHDRAWN)
    refused(database, journey.city, hand_in(output, note="x"), "PARTICIPATION_CLOSED")


def attended(database, journey, unit, ordinal, *names):
    row = scheduled(database, journey, ordinal)
    listed = run(database, journey.city, recording(row, *(Line(unit, name) for name in names)))
    run(database, journey.city, lambda s: hold(s, row.id, expected_version=listed.version))


def giving(journey, unit, name, number="1/2022", **options):
    given = {"unit_id": unit, "name": name, "number": number, "issued_on": date(2022, 10, 1)}
    return lambda s: issue(s, journey.id, **{**given, **options})


def test_a_certificate_needs_the_guides_share_of_the_held_sessions():
    assert [least_of(held, 75) for held in (0, 1, 2, 3, 4)] == [1, 1, 2, 3, 3]
    assert [least_of(held, 100) for held in (0, 1, 2, 3, 4)] == [1, 1, 2, 3, 4]
    assert [least_of(held, 1) for held in (0, 1, 4)] == [1, 1, 1]


def test_a_certificate_is_for_those_who_were_there(database, journey, city):
    unit = city.unit()
    attended(database, journey, unit, 1, "Ani", "Budi")
    attended(database, journey, unit, 2, "ANI")
    found = run(database, journey.city, lambda s: candidates(s, journey.id))
    assert [(each.attended, each.held, each.eligible) for each in found] == [
        (2, 2, True),
        (1, 2, False),
    ]
    row = run(database, journey.ministry, giving(journey, unit, "Ani"))
    assert (row.number, row.sessions_attended) == ("1/2022", 2)
    (error,) = refused(
        database, journey.ministry, giving(journey, unit, "Budi", "2"), "CERTIFICATE_UNEARNED"
    )
    assert error.text("en") == (
        "Budi attended 1 of 2 sessions; a certificate needs 2."
        " Check the lists of attendance if that is wrong."
    )


def test_a_number_is_given_once_and_a_person_gets_one_certificate(database, journey, city):
    unit = city.unit()
    attended(database, journey, unit, 1, "Ani", "Budi")
    run(database, journey.ministry, giving(journey, unit, "Ani"))
    for name, number in (("Budi", "1/2022"), ("ani", "2/2022")):
        refused(
            database, journey.ministry, giving(journey, unit, name, number), "CERTIFICATE_TAKEN"
        )


def test_a_certificate_names_a_department_and_a_past_day(database, journey, city):
    unit = city.unit()
    attended(database, journey, unit, 1, "Ani")
    ahead = giving(journey, unit, "Ani", issued_on=date.today() + timedelta(days=2))
    refused(database, journey.ministry, ahead, "DATE_IN_FUTURE")
    refused(database, journey.ministry, giving(journey, uuid4(), "Ani"), "NOT_FOUND")
    refused(database, journey.ministry, giving(journey, unit, "Ani", " "), "INVALID")
    refused(database, journey.city, giving(journey, unit, "Ani"), "FORBIDDEN")
