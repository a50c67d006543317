"""Departments of the session's city (perangkat daerah)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, NotFound, WrongState
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked, unique
from kotacerdas.scope import tenant_of
from kotacerdas.values import NAME_LENGTH, collect, text_value
from tenants.cities.models import Unit, UnitKind

SHORT_NAME_LENGTH = 40


class UnitShortNameTaken(DomainError):
    """Short names tell a city's units of today apart; that of an ended one is free again."""

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
    texts = unit_texts(name, short_name)
    request = {"do": "unit.create", "unit": texts, "kind": kind, "valid_from": valid_from}

    def create() -> UUID:
        return store_unit(session, texts, kind, valid_from).id

    return locked(session, Unit, once(session, idempotency_key, request, create))


def unit_texts(name: str, short_name: str) -> dict[str, str]:
    """Return clean names of a new department; raises Invalid for each that is not."""
    return collect(_checks(name, short_name))


def store_unit(
    session: Session,
    texts: dict[str, str],
    kind: UnitKind,
    valid_from: date | None,
    *,
    path: tuple[str, ...] = ("shortName",),
) -> Unit:
    """Store a department with clean names; raises UnitShortNameTaken at `path`."""
    row = Unit(tenant_id=tenant_of(session), id=uuid7(), kind=kind, valid_from=valid_from, **texts)
    with unique(session, UnitShortNameTaken(path=path, short_name=row.short_name)):
        session.add(row)
    audit.record(session, "unit.create", "unit", row.id, after={**texts, "kind": kind})
    return row


def unit_of(session: Session, unit_id: UUID, *, path: tuple[str, ...]) -> Unit:
    """Return the city's department, which does not end meanwhile; raises NotFound at `path`."""
    key = (tenant_of(session), unit_id)
    row = session.get(Unit, key, with_for_update={"read": True, "key_share": True})
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
    short_name = changes.get("short_name", row.short_name)
    with unique(session, UnitShortNameTaken(path=("shortName",), short_name=short_name)):
        for field, value in changes.items():
            setattr(row, field, value)
    audit.record(session, "unit.update", "unit", row.id, before=before, after=changes)
    return row


def refuse_ended(unit: Unit, *, path: tuple[str, ...]) -> None:
    """Raise UnitEnded for a unit that has been replaced."""
    refuse_ended_on(unit.name, unit.valid_to, path=path)


def refuse_ended_on(name: str, valid_to: date | None, *, path: tuple[str, ...]) -> None:
    """Raise UnitEnded for the unit of that name if it has been replaced on a day."""
    if valid_to is not None:
        raise UnitEnded(path=path, name=name, valid_to=valid_to)


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
