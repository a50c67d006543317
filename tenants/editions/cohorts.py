"""Cohorts: a year, what the ministry announced of it, and the edition that it follows."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, Invalid, NotFound
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked_national, unique
from kotacerdas.values import NAME_LENGTH, refusals, refuse, text_value
from tenants.editions.models import Cohort, EditionState, GuideEdition

FIRST, LAST = 2017, 2100
"""The programme began in 2017."""
MOST = 514
"""Regencies and cities of the nation."""


class CohortExists(DomainError):
    """The year has its cohort."""

    code = "COHORT_EXISTS"
    id = "Angkatan {year} sudah ada. Ubah yang ada, atau pilih tahun lain."
    en = "The cohort {year} is there already. Change it, or choose another year."


class EditionNotActive(DomainError):
    """A cohort follows an edition that is complete."""

    code = "EDITION_NOT_ACTIVE"
    id = "Edisi {code} masih draf. Aktifkan dahulu, atau pilih edisi lain."
    en = "The edition {code} is a draft. Activate it first, or choose another one."


class CohortChanges(TypedDict, total=False):
    """What may be changed of a cohort; its year and edition stay."""

    theme: str | None
    quota: int
    target_date: date | None


def create(
    session: Session,
    *,
    year: int,
    edition_id: UUID,
    quota: int,
    theme: str | None = None,
    target_date: date | None = None,
) -> Cohort:
    """Begin a cohort that follows an active edition, which then changes no more.

    Raises NotFound, EditionNotActive, CohortExists, or Invalid for each field at fault.
    """
    require(session, Permission.COHORT_MANAGE)
    edition = session.get(GuideEdition, edition_id, with_for_update={"read": True})
    if edition is None:
        raise NotFound(path=("editionId",))
    if edition.state is not EditionState.ACTIVE:
        raise EditionNotActive(path=("editionId",), code=edition.code)
    refuse(_year_faults(year) + _faults({"quota": quota, "theme": theme}))
    row = Cohort(
        id=uuid7(),
        year=year,
        edition_id=edition.id,
        quota=quota,
        theme=(theme or "").strip() or None,
        target_date=target_date,
        source="ministry",
    )
    with unique(session, CohortExists(path=("year",), year=year)):
        session.add(row)
    after = {"year": year, "edition": edition.code, "quota": quota, "target_date": target_date}
    audit.record(session, "cohort.create", "cohort", row.id, after=after)
    return row


def update(
    session: Session, cohort_id: UUID, *, expected_version: int, changes: CohortChanges
) -> Cohort:
    """Change a cohort's theme, quota or target date.

    Raises NotFound, StaleVersion, or Invalid for each field at fault.
    """
    require(session, Permission.COHORT_MANAGE)
    row = locked_national(session, Cohort, cohort_id, expected_version=expected_version)
    given: dict[str, Any] = dict(changes)
    refuse(_faults(given))
    if "theme" in given:
        given["theme"] = (given["theme"] or "").strip() or None
    changed = {name: value for name, value in given.items() if getattr(row, name) != value}
    before = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        audit.record(session, "cohort.update", "cohort", row.id, before=before, after=changed)
    return row


def _year_faults(year: int) -> list[DomainError]:
    if FIRST <= year <= LAST:
        return []
    reasons = (f"pakai tahun {FIRST} sampai {LAST}.", f"use a year from {FIRST} to {LAST}.")
    return [Invalid("year", *reasons)]


def _faults(given: dict[str, Any]) -> list[DomainError]:
    errors: list[DomainError] = []
    if "quota" in given and not 1 <= given["quota"] <= MOST:
        reasons = (f"pakai 1 sampai {MOST} daerah.", f"use 1 to {MOST} cities.")
        errors.append(Invalid("quota", *reasons))
    theme = given.get("theme") or ""
    return errors + refusals(
        lambda: text_value(theme, path=("theme",), maximum=NAME_LENGTH, lines=False)
    )
