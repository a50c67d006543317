"""Cohorts: a year, what the ministry announced of it, and the edition that it follows."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, Invalid, NotFound, WrongState
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked_national, unique
from kotacerdas.values import NAME_LENGTH, refusals, refuse, text_value
from tenants.editions.models import Cohort, CohortState, GuideEdition
from tenants.editions.uses import refuse_inactive

YEARS = range(2017, 10_000)
"""The programme began in 2017."""
MOST = 514
"""Regencies and cities of the nation."""


class CohortExists(DomainError):
    """The year has its cohort."""

    code = "COHORT_EXISTS"
    id = "Angkatan {year} sudah ada. Ubah yang ada, atau pilih tahun lain."
    en = "The cohort {year} is there already. Change it, or choose another year."


class CohortNotOpen(WrongState):
    """Nobody is invited into a cohort that is still planned."""

    code = "COHORT_NOT_OPEN"
    id = "Angkatan {year} masih direncanakan. Buka angkatan itu dahulu, lalu ulangi."
    en = "The cohort {year} is still planned. Open it first, then repeat."


class CohortOpened(WrongState):
    """What cities were invited under stays."""

    code = "COHORT_OPENED"
    id = "Angkatan {year} sudah dibuka; edisinya tidak berubah lagi. Pakai edisi {edition}."
    en = "The cohort {year} is open: its edition cannot change. Use the edition {edition}."


class CohortChanges(TypedDict, total=False):
    """What may be changed of a cohort: its edition until it is opened, its year never."""

    theme: str | None
    quota: int
    target_date: date | None
    edition_id: UUID


def create(
    session: Session,
    *,
    year: int,
    edition_id: UUID,
    quota: int,
    theme: str | None = None,
    target_date: date | None = None,
    idempotency_key: str | None = None,
) -> Cohort:
    """Plan a cohort that follows an active edition, which then changes no more.

    Raises NotFound, EditionNotActive, CohortExists, or Invalid for each field at fault.
    """
    require(session, Permission.COHORT_MANAGE)
    given = {"quota": quota, "theme": theme, "target_date": target_date}
    request = {"do": "cohort.create", "year": year, "edition_id": edition_id, **given}

    def make() -> UUID:
        edition = _edition(session, edition_id)
        refuse(_year_faults(year) + _faults(year, given))
        row = Cohort(
            id=uuid7(),
            year=year,
            edition_id=edition.id,
            quota=quota,
            theme=(theme or "").strip() or None,
            target_date=target_date,
            source="ministry",
            state=CohortState.PLANNED,
        )
        with unique(session, CohortExists(path=("year",), year=year)):
            session.add(row)
        after = {"year": year, "edition": edition.code, **given}
        audit.record(session, "cohort.create", "cohort", row.id, after=after)
        return row.id

    return locked_national(session, Cohort, once(session, idempotency_key, request, make))


def update(
    session: Session, cohort_id: UUID, *, expected_version: int, changes: CohortChanges
) -> Cohort:
    """Change a cohort's theme, quota or target date, and until it is opened its edition.

    Raises NotFound, StaleVersion, CohortOpened, EditionNotActive, or Invalid for each field at
    fault.
    """
    require(session, Permission.COHORT_MANAGE)
    row = locked_national(session, Cohort, cohort_id, expected_version=expected_version)
    given: dict[str, Any] = dict(changes)
    refuse(_faults(row.year, given))
    if "theme" in given:
        given["theme"] = (given["theme"] or "").strip() or None
    changed = {name: value for name, value in given.items() if getattr(row, name) != value}
    if "edition_id" in changed:
        _refuse_opened(session, row)
        _edition(session, changed["edition_id"])
    before = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        audit.record(session, "cohort.update", "cohort", row.id, before=before, after=changed)
    return row


def open_cohort(session: Session, cohort_id: UUID, *, expected_version: int) -> Cohort:
    """Let cities be invited; the edition must still be active, and stays from now on.

    Raises NotFound, StaleVersion or EditionNotActive.
    """
    require(session, Permission.COHORT_MANAGE)
    row = locked_national(session, Cohort, cohort_id, expected_version=expected_version)
    if row.state is CohortState.PLANNED:
        _edition(session, row.edition_id)
        row.state = CohortState.OPEN
        after = {"year": row.year, "state": row.state}
        audit.record(session, "cohort.open", "cohort", row.id, after=after)
    return row


def refuse_planned(cohort: Cohort, *, path: tuple[str, ...]) -> None:
    """Raise CohortNotOpen unless cities may be invited into the cohort."""
    if cohort.state is CohortState.PLANNED:
        raise CohortNotOpen(path=path, year=cohort.year)


def _edition(session: Session, edition_id: UUID) -> GuideEdition:
    """Return an active edition, kept from changing until the transaction ends."""
    edition = session.get(GuideEdition, edition_id, with_for_update={"read": True})
    if edition is None:
        raise NotFound(path=("editionId",))
    refuse_inactive(edition, path=("editionId",))
    return edition


def _refuse_opened(session: Session, row: Cohort) -> None:
    if row.state is CohortState.OPEN:
        edition = session.get_one(GuideEdition, row.edition_id).code
        raise CohortOpened(path=("editionId",), year=row.year, edition=edition)


def _year_faults(year: int) -> list[DomainError]:
    if year in YEARS:
        return []
    return [
        Invalid(
            "year",
            "tulis tahun empat angka, mulai 2017.",
            "write a year of four digits, from 2017 on.",
        )
    ]


def _faults(year: int, given: dict[str, Any]) -> list[DomainError]:
    errors: list[DomainError] = []
    if "quota" in given and not 1 <= given["quota"] <= MOST:
        reasons = (f"pakai 1 sampai {MOST} daerah.", f"use 1 to {MOST} cities.")
        errors.append(Invalid("quota", *reasons))
    target = given.get("target_date")
    if target is not None and not 0 <= target.year - year <= 5:
        reasons = (
            f"pakai tanggal dari tahun {year} sampai {year + 5}.",
            f"use a day of the years {year} to {year + 5}.",
        )
        errors.append(Invalid("targetDate", *reasons))
    theme = given.get("theme") or ""
    return errors + refusals(
        lambda: text_value(theme, path=("theme",), maximum=NAME_LENGTH, lines=False)
    )
