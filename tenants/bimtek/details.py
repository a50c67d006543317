"""A session's agenda, speakers, materials and field visits: each list is written whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, TypedDict
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.errors import DomainError, DomainErrors, Invalid, NotFound
from kotacerdas.identity.models import Person
from kotacerdas.rows import locked
from kotacerdas.values import collect, line_value, link_value, refuse
from tenants.bimtek.attendance import WorkshopCancelled
from tenants.bimtek.models import (
    AgendaItem,
    FieldVisit,
    Material,
    Speaker,
    Workshop,
    WorkshopState,
)
from tenants.bimtek.moments import moment
from tenants.bimtek.scheduling import require_either

MOST = 100
"""Entries of one list."""


class AgendaLine(TypedDict, total=False):
    """A point of the agenda."""

    starts_at: datetime
    title: str
    speaker: str | None


class SpeakerLine(TypedDict, total=False):
    """Somebody who speaks."""

    name: str
    affiliation: str
    person_id: UUID | None


class MaterialLine(TypedDict, total=False):
    """What is handed out, and where it lies."""

    title: str
    url: str


class VisitLine(TypedDict, total=False):
    """A visit to a place."""

    visited_on: date
    place: str
    purpose: str


Line = AgendaLine | SpeakerLine | MaterialLine | VisitLine
TABLES: dict[str, type[AgendaItem | Speaker | Material | FieldVisit]] = {
    "agenda": AgendaItem,
    "speakers": Speaker,
    "materials": Material,
    "visits": FieldVisit,
}


def write_details(
    session: Session,
    workshop_id: UUID,
    *,
    expected_version: int,
    opener: str | None = None,
    **lists: Sequence[Line] | None,
) -> Workshop:
    """Write a session's opener and those of its lists that are given, each whole.

    `lists` are named as in `TABLES`. Raises NotFound, StaleVersion, WorkshopCancelled, and together
    all faults of all lists.
    """
    require_either(session)
    row = locked(session, Workshop, workshop_id, expected_version=expected_version)
    if row.state is WorkshopState.CANCELLED:
        raise WorkshopCancelled(ordinal=row.ordinal)
    given = {name: lines for name, lines in lists.items() if lines is not None}
    checked = _checked(session, opener, given)
    if opener is not None:
        row.opener = checked.pop("opener")
    row.updated_at = datetime.now(UTC)  # so that the session's version rises with its lists
    for name, lines in checked.items():
        _replace(session, row, name, lines)
    after = {name: len(lines) for name, lines in checked.items()} | {"opener": row.opener}
    audit.record(session, "workshop.write_details", "workshop", row.id, after=after)
    return row


def _replace(session: Session, row: Workshop, name: str, lines: list[dict[str, Any]]) -> None:
    table = TABLES[name]
    mine = (table.tenant_id == row.tenant_id, table.workshop_id == row.id)
    session.execute(delete(table).where(*mine))
    for ordinal, line in enumerate(lines, start=1):
        session.add(table(tenant_id=row.tenant_id, workshop_id=row.id, ordinal=ordinal, **line))


def _checked(
    session: Session, opener: str | None, given: dict[str, Sequence[Line]]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    errors: list[DomainError] = []

    def keep(name: str, check: Any) -> Any:  # noqa: ANN401  (a check's own value)
        try:
            return check()
        except DomainError as error:
            errors.append(error)
        except DomainErrors as several:
            errors.extend(several.errors)
        return None

    if opener is not None:
        found["opener"] = keep("opener", lambda: line_value(opener, path=("opener",)))
    for name, lines in given.items():
        if len(lines) > MOST:
            errors.append(
                Invalid(name, f"isi paling banyak {MOST}.", f"give at most {MOST} entries.")
            )
        found[name] = [
            keep(name, lambda line=line, path=(name, str(index)): _line(session, line, path))
            for index, line in enumerate(lines[:MOST])
        ]
    refuse(errors)
    return found


def _line(session: Session, line: Line, path: tuple[str, ...]) -> dict[str, Any]:
    given: dict[str, Any] = dict(line)
    checks = {
        "starts_at": lambda: moment(given["starts_at"], path=(*path, "startsAt")),
        "url": lambda: _needed_link(given["url"], (*path, "url")),
        "person_id": lambda: _person(session, given["person_id"], (*path, "personId")),
        "speaker": lambda: line_value(given["speaker"] or "", path=(*path, "speaker")) or None,
    }
    for name in ("title", "name", "affiliation", "place", "purpose"):
        checks[name] = _text(given, name, path)
    return given | collect({name: check for name, check in checks.items() if name in given})


def _text(given: dict[str, Any], name: str, path: tuple[str, ...]) -> Any:  # noqa: ANN401
    return lambda: line_value(given[name], path=(*path, name), required=True)


def _needed_link(url: str, path: tuple[str, ...]) -> str:
    found = link_value(url, path=path)
    if found is None:
        raise Invalid("url", "isi tautannya.", "enter the link.", path=path)
    return found


def _person(session: Session, person_id: UUID | None, path: tuple[str, ...]) -> UUID | None:
    if person_id is None:
        return None
    if session.scalar(select(Person.id).where(Person.id == person_id)) is None:
        raise NotFound(path=path)
    return person_id
