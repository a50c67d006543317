"""When a deadline's reminders are due, and the keys that make each unique; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tenants.cities.working_days import working_day_until

OFFSETS = (7, 1)
"""Days before the due date on which people are reminded, farthest first; earlier on days off."""

MORNING = time(8, 0)
"""Local time of a reminder."""


@dataclass(frozen=True)
class Reminder:
    """A reminder so many days ahead, to be sent from `at` on."""

    days: int
    at: datetime


@dataclass(frozen=True)
class ReminderKey:
    """Which reminder of which due date a job is about."""

    deadline_id: UUID
    due_at: datetime
    days: int

    def __str__(self) -> str:
        return f"deadline:{self.deadline_id}:{self.due_at.astimezone(UTC).isoformat()}:{self.days}"


def read_key(key: str) -> ReminderKey:
    """Return what `str(ReminderKey(...))` was made of."""
    _, deadline_id, rest = key.split(":", 2)
    due_at, days = rest.rsplit(":", 1)
    return ReminderKey(UUID(deadline_id), datetime.fromisoformat(due_at), int(days))


def reminders(due_at: datetime, zone: str, now: datetime) -> list[Reminder]:
    """Return the reminders still to be sent, by the calendar of `zone`.

    A reminder for a day off comes on the last working day before; of two on one morning the nearer
    stands. Of those whose morning has passed only the nearest counts, and it is due at once; a due
    date in the past has none.
    """
    if due_at <= now:
        return []
    local = due_at.astimezone(ZoneInfo(zone))
    at_work = {working_day_until(local.date() - timedelta(days)): days for days in OFFSETS}
    mornings = [
        Reminder(days, datetime.combine(day, MORNING, local.tzinfo))
        for day, days in at_work.items()
    ]
    missed = [reminder for reminder in mornings if reminder.at <= now]
    ahead = [reminder for reminder in mornings if reminder.at > now]
    return [Reminder(reminder.days, now) for reminder in missed[-1:]] + ahead
