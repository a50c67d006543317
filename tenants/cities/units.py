"""Departments of the session's city (perangkat daerah)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, Invalid, NotFound, WrongState
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked, unique
from kotacerdas.scope import tenant_of
from kotacerdas.values import NAME_LENGTH, collect, text_value
from tenants.cities.models import Unit, UnitKind

SHORT_NAME_LENGTH = 40


class UnitShortNameTaken(DomainError):
    """Short names tell a city's units apart, the ended ones included."""

    code = "UNIT_SHORT_NAME_TAKEN"
    id = "Singkatan {short_name} sudah dipakai. Pilih singkatan lain."
    en = "The short name {short_name} is taken. Choose another one."


class UnitEnded(WrongState):
    """A unit that has been replaced is history."""

    code = "UNIT_ENDED"
    id = "{name} sudah berakhir pada {valid_to}. Pilih perangkat daerah penggantinya."
    en = "{name} ended on {valid_to}. Choose the unit that replaced it."


def create_unit(
    session: Session,
    *,
    name: str,
    short_name: str,
    kind: UnitKind,
    valid_from: date | None = None,
    idempotency_key: str | None = None,
) -> Unit:
    """Add a department; raises UnitShortNameTaken, or Invalid for a text."""
    require(session, Permission.UNIT_MANAGE)
    texts = collect(_checks(name, short_name))
    request = {"do": "unit.create", "unit": texts, "kind": kind, "valid_from": valid_from}

    def create() -> UUID:
        row = Unit(
            tenant_id=tenant_of(session), id=uuid7(), kind=kind, valid_from=valid_from, **texts
        )
        with unique(session, _taken(row.short_name)):
            session.add(row)
        audit.record(session, "unit.create", "unit", row.id, after={**texts, "kind": kind})
        return row.id

    return locked(session, Unit, once(session, idempotency_key, request, create))


def unit_of(session: Session, unit_id: UUID, *, path: tuple[str, ...]) -> Unit:
    """Return the city's department; raises NotFound at `path`."""
    row = session.get(Unit, (tenant_of(session), unit_id))
    if row is None:
        raise NotFound(path=path)
    return row


def update_unit(
    session: Session,
    unit_id: UUID,
    *,
    expected_version: int,
    name: str | None = None,
    short_name: str | None = None,
    kind: UnitKind | None = None,
) -> Unit:
    """Change a department's names or kind; None leaves a field as it is.

    Raises NotFound, StaleVersion, UnitShortNameTaken, or Invalid for a text.
    """
    require(session, Permission.UNIT_MANAGE)
    row = locked(session, Unit, unit_id, expected_version=expected_version)
    changes = collect(_checks(name, short_name))
    if kind is not None:
        changes["kind"] = kind
    before = {field: getattr(row, field) for field in changes}
    with unique(session, _taken(changes.get("short_name", row.short_name))):
        for field, value in changes.items():
            setattr(row, field, value)
    audit.record(session, "unit.update", "unit", row.id, before=before, after=changes)
    return row


def replace_unit(
    session: Session, unit_id: UUID, *, by: UUID, on: date, expected_version: int
) -> Unit:
    """End a department on a date and name its successor; what it proposed stays with it.

    `on` is the successor's first day. Raises NotFound, StaleVersion, UnitEnded, or Invalid for a
    unit that would replace itself or for a date before the unit began.
    """
    require(session, Permission.UNIT_MANAGE)
    for each in sorted({unit_id, by}):  # one order of locks, whichever unit replaces which
        locked(session, Unit, each)
    row = locked(session, Unit, unit_id, expected_version=expected_version)
    successor = locked(session, Unit, by)
    _refuse_succession(row, successor, on)
    row.valid_to, row.replaced_by = on, successor.id
    if successor.valid_from is None:
        successor.valid_from = on
    after = {"valid_to": on, "replaced_by": successor.id}
    audit.record(session, "unit.replace", "unit", row.id, after=after)
    return row


def refuse_ended(unit: Unit, *, path: tuple[str, ...]) -> None:
    """Raise UnitEnded for a unit that has been replaced."""
    refuse_ended_on(unit.name, unit.valid_to, path=path)


def refuse_ended_on(name: str, valid_to: date | None, *, path: tuple[str, ...]) -> None:
    """Raise UnitEnded for the unit of that name if it has been replaced on a day."""
    if valid_to is not None:
        raise UnitEnded(path=path, name=name, valid_to=valid_to)


def _refuse_succession(row: Unit, successor: Unit, on: date) -> None:
    if row.id == successor.id:
        raise Invalid(
            "by",
            "perangkat daerah tidak dapat menggantikan dirinya sendiri. Pilih yang lain.",
            "a unit cannot replace itself. Choose another one.",
        )
    refuse_ended(row, path=("id",))
    refuse_ended(successor, path=("by",))
    if row.valid_from is not None and on <= row.valid_from:
        raise Invalid(
            "on",
            f"harus sesudah {row.valid_from}, tanggal mulainya.",
            f"it must be after {row.valid_from}, the day the unit began.",
        )


def _taken(short_name: str) -> UnitShortNameTaken:
    return UnitShortNameTaken(path=("shortName",), short_name=short_name)


def _checks(name: str | None, short_name: str | None) -> dict[str, Callable[[], Any]]:
    """Checks of the names that are given."""
    given = {
        "name": (name, ("name",), NAME_LENGTH),
        "short_name": (short_name, ("shortName",), SHORT_NAME_LENGTH),
    }

    def check(value: str, path: tuple[str, ...], maximum: int) -> Callable[[], str]:
        return lambda: text_value(value, path=path, maximum=maximum, required=True, lines=False)

    return {
        field: check(value, path, maximum)
        for field, (value, path, maximum) in given.items()
        if value is not None
    }
