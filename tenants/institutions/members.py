"""Who sits in a body: seats are taken, changed and left, never deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any, TypedDict, Unpack
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, Invalid, NotFound, WrongState
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.identity.queries import still_members
from kotacerdas.rows import locked, unique
from kotacerdas.scope import tenant_of
from kotacerdas.values import collect, line_value, refuse
from tenants.cities.dates import future_date
from tenants.cities.queries import city_of
from tenants.cities.units import unit_of
from tenants.institutions.bodies import standing
from tenants.institutions.models import Element, Institution, InstitutionMember, MemberPart


class Seat(TypedDict, total=False):
    """What is known of a member; absent fields stay as they are."""

    name: str
    position: str
    part: MemberPart
    element: Element
    unit_id: UUID | None
    person_id: UUID | None
    joined_on: date | None


class ChairTaken(DomainError):
    """A body has one chair at a time."""

    code = "CHAIR_TAKEN"
    id = "Ketua {body} adalah {chair}. Akhiri keanggotaannya atau ubah kedudukannya dahulu."
    en = "{chair} chairs {body}. End that seat or change its part first."


class SeatLeft(WrongState):
    """A seat that was left is history."""

    code = "SEAT_LEFT"
    id = "{name} sudah berhenti pada {left_on}. Tambahkan anggota baru."
    en = "{name} left on {left_on}. Add a new member."


def add_member(
    session: Session,
    institution_id: UUID,
    *,
    idempotency_key: str | None = None,
    **seat: Unpack[Seat],
) -> InstitutionMember:
    """Give somebody a seat in a body; `name` bears the academic titles.

    Raises NotFound, InstitutionDissolved, ChairTaken, and Invalid or DateInFuture for each field.
    """
    require(session, Permission.INSTITUTION_MANAGE)
    request = {"do": "member.add", "of": institution_id, **seat}

    def create() -> UUID:
        body = standing(session, institution_id)
        values = _checked(session, seat)
        row = InstitutionMember(
            tenant_id=tenant_of(session), id=uuid7(), institution_id=body.id, **values
        )
        with _one_chair(session, body):
            session.add(row)
        after = {"institution_id": body.id, **values}
        audit.record(session, "institution.add_member", "institution_member", row.id, after=after)
        return row.id

    return locked(session, InstitutionMember, once(session, idempotency_key, request, create))


def update_member(
    session: Session, member_id: UUID, *, expected_version: int, **seat: Unpack[Seat]
) -> InstitutionMember:
    """Change what is known of a member.

    Raises NotFound, StaleVersion, SeatLeft, InstitutionDissolved, ChairTaken, and Invalid or
    DateInFuture for each field.
    """
    require(session, Permission.INSTITUTION_MANAGE)
    row = _seated(session, member_id, expected_version)
    body = standing(session, row.institution_id)
    values = _checked(session, seat)
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    before = {name: getattr(row, name) for name in changed}
    with _one_chair(session, body):
        for name, value in changed.items():
            setattr(row, name, value)
    audit.record(
        session,
        "institution.update_member",
        "institution_member",
        row.id,
        before=before,
        after=changed,
    )
    return row


def end_member(
    session: Session, member_id: UUID, *, on: date, expected_version: int
) -> InstitutionMember:
    """Note the day on which a member left.

    Raises NotFound, StaleVersion, SeatLeft, DateInFuture, or Invalid for a day before the seat was
    taken.
    """
    require(session, Permission.INSTITUTION_MANAGE)
    row = _seated(session, member_id, expected_version)
    refuse(future_date(city_of(session), on, path=("on",)))
    if row.joined_on is not None and on < row.joined_on:
        raise Invalid(
            "on",
            f"harus {row.joined_on} atau sesudahnya, tanggal mulai menjadi anggota.",
            f"it must be {row.joined_on} or later, the day the seat was taken.",
        )
    row.left_on = on
    audit.record(
        session, "institution.end_member", "institution_member", row.id, after={"left_on": on}
    )
    return row


def _seated(session: Session, member_id: UUID, expected_version: int) -> InstitutionMember:
    row = locked(session, InstitutionMember, member_id, expected_version=expected_version)
    if row.left_on is not None:
        raise SeatLeft(name=row.name, left_on=row.left_on)
    return row


def _checked(session: Session, seat: Seat) -> dict[str, Any]:
    """Return the fields that are given, checked; all faults are raised together."""
    given = {name: value for name, value in seat.items() if value is not None}
    checks: dict[str, Callable[[Any], Any]] = {
        "name": lambda text: line_value(text, path=("name",), required=True),
        "position": lambda text: line_value(text, path=("position",), required=True),
        "unit_id": lambda key: unit_of(session, key, path=("unitId",)).id,
        "person_id": lambda key: _member_of_city(session, key),
        "joined_on": lambda day: _past(session, day),
    }
    return dict(seat) | collect(
        {name: partial(checks[name], given[name]) for name in checks if name in given}
    )


def _member_of_city(session: Session, person_id: UUID) -> UUID:
    if person_id not in still_members(session, [person_id]):
        raise NotFound(path=("personId",))
    return person_id


def _past(session: Session, day: date) -> date:
    refuse(future_date(city_of(session), day, path=("joinedOn",)))
    return day


@contextmanager
def _one_chair(session: Session, body: Institution) -> Iterator[None]:
    """Write what the block changes; raise ChairTaken, naming the chair, where there are two."""
    chair = session.scalar(
        select(InstitutionMember.name).where(
            InstitutionMember.tenant_id == tenant_of(session),
            InstitutionMember.institution_id == body.id,
            InstitutionMember.part == MemberPart.CHAIR,
            InstitutionMember.left_on.is_(None),
        )
    )
    with unique(session, ChairTaken(path=("part",), body=body.name, chair=chair)):
        yield
