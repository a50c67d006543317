"""Who came to a session: lines by department and person, and departments without anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, DomainErrors, Invalid, NotFound, WrongState
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from kotacerdas.values import collect, line_value, refuse
from tenants.bimtek.models import Attendance, Presence, Workshop, WorkshopState
from tenants.bimtek.moments import moment
from tenants.cities.models import Unit

MOST = 500
"""Lines of one list."""


class WorkshopCancelled(WrongState):
    """Nobody attends what was called off."""

    code = "WORKSHOP_CANCELLED"
    id = "Bimtek ke-{ordinal} dibatalkan. Catat kehadiran pada sesi penggantinya."
    en = "Bimtek {ordinal} was cancelled. Record attendance at the session that replaced it."


class AttendanceDoubled(DomainError):
    """A person stands in a list once."""

    code = "ATTENDANCE_DOUBLED"
    id = "{name} tercantum dua kali untuk perangkat daerah yang sama. Hapus salah satunya."
    en = "{name} stands in the list twice for the same department. Remove one line."


@dataclass(frozen=True)
class Line:
    """One person of one department as an attendance list has it."""

    unit_id: UUID
    name: str
    presence: Presence = Presence.PRESENT
    position: str = ""
    signed_at: datetime | None = None


def name_key(name: str) -> str:
    """Return what tells people of a department apart: the name without case and extra blanks."""
    return " ".join(name.casefold().split())


def record_attendance(
    session: Session, workshop_id: UUID, *, lines: Sequence[Line], expected_version: int
) -> Workshop:
    """Enter or correct who came; who is not in the list stays as recorded.

    Raises NotFound, StaleVersion, WorkshopCancelled, and together all faults of all lines.
    """
    require(session, Permission.WORKSHOP_RECORD)
    row = locked(session, Workshop, workshop_id, expected_version=expected_version)
    if row.state is WorkshopState.CANCELLED:
        raise WorkshopCancelled(ordinal=row.ordinal)
    if not 1 <= len(lines) <= MOST:
        raise Invalid("lines", f"isi 1 sampai {MOST} baris.", f"send 1 to {MOST} lines.")
    values = _checked(session, lines)
    new = insert(Attendance).values(
        [
            {"tenant_id": row.tenant_id, "id": uuid7(), "workshop_id": row.id, **each}
            for each in values
        ]
    )
    changed = ("name", "position", "presence", "signed_at")
    session.execute(
        new.on_conflict_do_update(
            index_elements=["tenant_id", "workshop_id", "unit_id", "name_key"],
            set_={name: new.excluded[name] for name in changed} | {"updated_at": func.now()},
        )
    )
    row.updated_at = datetime.now(UTC)  # so that the session's version rises with its list
    counts = {kind.value: sum(each["presence"] is kind for each in values) for kind in Presence}
    audit.record(session, "workshop.record_attendance", "workshop", row.id, after=counts)
    return row


def absent_units(session: Session, workshop_id: UUID) -> list[Unit]:
    """Return the departments of today of which nobody was present."""
    came = exists().where(
        Attendance.tenant_id == tenant_of(session),
        Attendance.workshop_id == workshop_id,
        Attendance.unit_id == Unit.id,
        Attendance.presence == Presence.PRESENT,
    )
    rows = select(Unit).where(Unit.tenant_id == tenant_of(session), Unit.valid_to.is_(None), ~came)
    return list(session.scalars(rows.order_by(Unit.name)))


def _checked(session: Session, lines: Sequence[Line]) -> list[dict[str, Any]]:
    units = set(session.scalars(select(Unit.id).where(Unit.tenant_id == tenant_of(session))))
    seen: set[tuple[UUID, str]] = set()
    values: list[dict[str, Any]] = []
    errors: list[DomainError] = []
    for index, line in enumerate(lines):
        path = ("lines", str(index))
        try:
            values.append(_values(line, units, path))
        except DomainError as error:
            errors.append(error)
        except DomainErrors as several:
            errors += several.errors
        place = line.unit_id, name_key(line.name)
        if place in seen:
            errors.append(AttendanceDoubled(path=(*path, "name"), name=line.name))
        seen.add(place)
    refuse(errors)
    return values


def _values(line: Line, units: set[UUID], path: tuple[str, ...]) -> dict[str, Any]:
    def unit() -> UUID:
        if line.unit_id not in units:
            raise NotFound(path=(*path, "unitId"))
        return line.unit_id

    def signed() -> datetime | None:
        given = line.signed_at
        return None if given is None else moment(given, path=(*path, "signedAt"))

    values = collect(
        {
            "unit_id": unit,
            "name": lambda: line_value(line.name, path=(*path, "name"), required=True),
            "position": lambda: line_value(line.position, path=(*path, "position")),
            "signed_at": signed,
        }
    )
    return {**values, "name_key": name_key(values["name"]), "presence": line.presence}
