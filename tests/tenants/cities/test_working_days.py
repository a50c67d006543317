"""Which days people work on in Indonesia, and what is due on a day off."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tenants.cities.deadlines import set_deadline
from tenants.cities.reminders import reminders
from tenants.cities.working_days import day_off, working_day_from, working_day_until
from tests.tenants.refusals import refused, run


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2022, 5, 2), ("Hari Raya Idul Fitri", "Eid al-Fitr")),
        (
            date(2022, 4, 29),
            ("Cuti Bersama Hari Raya Idul Fitri", "Eid al-Fitr Joint Holiday"),
        ),
        (date(2022, 8, 17), ("Hari Kemerdekaan Republik Indonesia", "Independence Day")),
        (date(2022, 10, 30), ("akhir pekan", "weekend")),
        (date(2022, 10, 31), None),
        (date(2040, 2, 13), None),  # the feast of a year whose decree is still to come
    ],
)
def test_weekends_holidays_and_joint_leave_are_off(day, why):
    assert day_off(day) == why


def test_around_the_feast_of_2022_people_work_until_thursday_and_from_monday_week():
    assert working_day_until(date(2022, 5, 4)) == date(2022, 4, 28)
    assert working_day_from(date(2022, 4, 29)) == date(2022, 5, 9)
    assert working_day_until(date(2022, 4, 28)) == working_day_from(date(2022, 4, 28))


def test_what_would_be_due_on_a_holiday_is_refused_with_the_nearest_working_days(database, journey):
    feast = datetime(2022, 5, 2, 23, 59, tzinfo=ZoneInfo("Asia/Jakarta"))
    rule = lambda s: set_deadline(s, journey.id, name="Buku 1", due_at=feast)  # noqa: E731
    (error,) = refused(database, journey.city, rule, "DUE_ON_DAY_OFF")
    assert error.path == ("dueAt",)
    assert error.text("id") == (
        "Senin, 2 Mei 2022 bukan hari kerja (Hari Raya Idul Fitri)."
        " Pilih hari kerja terdekat: Kamis, 28 April 2022 atau Senin, 9 Mei 2022."
    )
    assert "(Eid al-Fitr)" in error.text("en")


def test_the_day_is_that_of_the_citys_zone(database, journey):
    friday = datetime(2022, 10, 28, 16, 59, tzinfo=UTC)  # 23.59 WIB
    saturday = datetime(2022, 10, 28, 17, 0, tzinfo=UTC)  # 00.00 WIB
    setting = lambda due: lambda s: set_deadline(s, journey.id, name="Buku 1", due_at=due)  # noqa: E731
    assert run(database, journey.city, setting(friday)).due_at == friday
    refused(database, journey.city, setting(saturday), "DUE_ON_DAY_OFF")


def test_reminders_for_days_off_come_once_on_the_last_working_day_before():
    due = datetime(2022, 5, 9, 23, 59, tzinfo=ZoneInfo("Asia/Jayapura"))
    found = reminders(due, "Asia/Jayapura", datetime(2022, 1, 1, tzinfo=UTC))
    local = [(each.days, each.at.date()) for each in found]
    assert local == [(1, date(2022, 4, 28))]
