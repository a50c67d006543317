"""Dates by which something is due, and the jobs that remind of them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, Invalid, WrongState
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, permitted, require
from kotacerdas.jobs import Kind, Queue, enqueue
from kotacerdas.rows import locked
from kotacerdas.scope import scope_of, tenant_of
from kotacerdas.values import NAME_LENGTH, refuse, text_value
from tenants.cities.models import Deadline, Participation
from tenants.cities.queries import city_of
from tenants.cities.reminders import ReminderKey, reminders
from tenants.cities.working_days import day_off_fault

REMIND = Kind("deadlines.remind", Queue.MAIL)
"""The job of one reminder: its subject is the deadline, its dedupe key a `ReminderKey`."""


class DeadlineDone(WrongState):
    """What was due is finished."""

    code = "DEADLINE_DONE"
    id = "Tenggat ini sudah selesai. Buat tenggat baru bila masih ada yang ditunggu."
    en = "This deadline is finished. Set a new one if something is still awaited."


class DeadlineOfMinistry(DomainError):
    """The ministry set this date for its cohort; the city cannot change it."""

    code = "DEADLINE_OF_MINISTRY"
    id = "Tenggat ini ditetapkan kementerian. Minta kementerian mengubah atau menutupnya."
    en = "The ministry set this deadline. Ask the ministry to move or finish it."


class DeadlineOfCity(DomainError):
    """The city set this date for itself; the ministry cannot change it."""

    code = "DEADLINE_OF_CITY"
    id = "Tenggat ini ditetapkan daerah sendiri. Minta admin daerah mengubah atau menutupnya."
    en = "The city set this deadline for itself. Ask its administrator to move or finish it."


def set_deadline(
    session: Session,
    participation_id: UUID,
    *,
    name: str,
    due_at: datetime,
    idempotency_key: str | None = None,
) -> Deadline:
    """Set a deadline of a participation and plan its reminders, 7 and 1 days ahead.

    Raises NotFound, Invalid for the name or a time without a zone, or DueOnDayOff.
    """
    _require_right(session)
    due = _moment(session, due_at)
    title = text_value(name, path=("name",), maximum=NAME_LENGTH, required=True, lines=False)
    participation = locked(session, Participation, participation_id)
    request = {"do": "deadline.set", "of": participation.id, "name": title, "due_at": due}

    def create() -> UUID:
        row = Deadline(
            tenant_id=tenant_of(session),
            id=uuid7(),
            participation_id=participation.id,
            name=title,
            due_at=due,
            set_by_nation=_acts_for_nation(session),
        )
        session.add(row)
        _plan_reminders(session, row)
        after = {"name": title, "due_at": due, "set_by_nation": row.set_by_nation}
        audit.record(session, "deadline.set", "deadline", row.id, after=after)
        return row.id

    return locked(session, Deadline, once(session, idempotency_key, request, create))


def move_deadline(
    session: Session, deadline_id: UUID, *, due_at: datetime, expected_version: int
) -> Deadline:
    """Move a deadline and plan reminders of the new date; those of the old one fall silent.

    Raises NotFound, StaleVersion, DeadlineDone, DeadlineOfMinistry or DeadlineOfCity, DueOnDayOff,
    or Invalid for a time without a zone.
    """
    _require_right(session)
    due = _moment(session, due_at)
    row = _unfinished(session, deadline_id, expected_version)
    before, row.due_at = row.due_at, due
    _plan_reminders(session, row)
    audit.record(
        session,
        "deadline.move",
        "deadline",
        row.id,
        before={"due_at": before},
        after={"due_at": due},
    )
    return row


def finish_deadline(session: Session, deadline_id: UUID, *, expected_version: int) -> Deadline:
    """Note that what was due is done; its reminders fall silent.

    Raises NotFound, StaleVersion, DeadlineDone, DeadlineOfMinistry or DeadlineOfCity.
    """
    _require_right(session)
    row = _unfinished(session, deadline_id, expected_version)
    row.done_at = datetime.now(UTC)
    audit.record(session, "deadline.finish", "deadline", row.id, after={"done_at": row.done_at})
    return row


def _require_right(session: Session) -> None:
    """The ministry sets its cohort's dates, the city its own."""
    if not _acts_for_nation(session):
        require(session, Permission.PARTICIPATION_ADVANCE)


def _acts_for_nation(session: Session) -> bool:
    return permitted(scope_of(session), Permission.COHORT_MANAGE)


def _require_own(session: Session, row: Deadline) -> None:
    """Refuse whoever did not set the date; the operator may act for both."""
    if row.set_by_nation and not _acts_for_nation(session):
        raise DeadlineOfMinistry
    if not row.set_by_nation and not permitted(scope_of(session), Permission.PARTICIPATION_ADVANCE):
        raise DeadlineOfCity


def _unfinished(session: Session, deadline_id: UUID, expected_version: int) -> Deadline:
    row = locked(session, Deadline, deadline_id, expected_version=expected_version)
    _require_own(session, row)
    if row.done_at is not None:
        raise DeadlineDone
    return row


def _plan_reminders(session: Session, row: Deadline) -> None:
    for reminder in reminders(row.due_at, city_of(session).zone, datetime.now(UTC)):
        key = ReminderKey(row.id, row.due_at, reminder.days)
        enqueue(session, REMIND, row.id, available_at=reminder.at, dedupe_key=str(key))


def _moment(session: Session, due_at: datetime) -> datetime:
    if due_at.tzinfo is None:
        raise Invalid(
            "dueAt",
            "zona waktunya tidak disebut. Tulis seperti 2022-10-31T23:59:00+07:00.",
            "it names no time zone. Write it like 2022-10-31T23:59:00+07:00.",
            path=("dueAt",),
        )
    local = due_at.astimezone(ZoneInfo(city_of(session).zone))
    refuse(day_off_fault(local.date(), path=("dueAt",)))
    return due_at.astimezone(UTC)
