"""The city's legal texts: decrees that form its bodies, and what adopts the masterplan."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, Invalid, NotFound
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked, unique
from kotacerdas.scope import tenant_of
from kotacerdas.values import collect, line_value, link_value, refuse
from tenants.cities.dates import future_date
from tenants.cities.models import Participation
from tenants.cities.queries import city_of, is_kota
from tenants.institutions.bodies import standing
from tenants.institutions.models import Regulation, RegulationKind, RegulationSubject
from tenants.institutions.texts import REGULATIONS


class RegulationRecorded(DomainError):
    """A legal text is recorded once."""

    code = "REGULATION_RECORDED"
    id = "{kind_id} nomor {number} tahun {year} sudah dicatat. Periksa catatan yang ada."
    en = "The {kind_en} number {number} of {year} is recorded. Check the record that is there."


class RegulationKindUnfit(DomainError):
    """A mayor writes a Perwali and a regent a Perbup."""

    code = "REGULATION_KIND_UNFIT"
    id = "{city} tidak menetapkan {kind_id}; pilih {fitting_id}."
    en = "{city} makes no {kind_en}; choose {fitting_en}."


def record_regulation(
    session: Session,
    *,
    kind: RegulationKind,
    number: str,
    year: int,
    title: str,
    signed_on: date,
    subject: RegulationSubject = RegulationSubject.OTHER,
    institution_id: UUID | None = None,
    participation_id: UUID | None = None,
    source_url: str | None = None,
    idempotency_key: str | None = None,
) -> Regulation:
    """Record a legal text; the first of a body forms it, a later one revises it.

    Raises NotFound, InstitutionDissolved, RegulationRecorded, and together all of
    RegulationKindUnfit, DateInFuture and Invalid that apply.
    """
    require(session, Permission.INSTITUTION_MANAGE)
    given = {"number": number, "title": title, "source_url": source_url}
    facts = {"kind": kind, "year": year, "signed_on": signed_on, "subject": subject}
    of = {"institution_id": institution_id, "participation_id": participation_id}

    def create() -> UUID:
        values = _checked(session, given, facts) | facts | of
        _refuse_aimless(session, subject, institution_id, participation_id)
        row = Regulation(tenant_id=tenant_of(session), id=uuid7(), **values)
        with _once_each(session, row):
            session.add(row)
        if institution_id is not None:
            body = standing(session, institution_id)
            body.valid_from = min(body.valid_from or signed_on, signed_on)
        audit.record(session, "regulation.record", "regulation", row.id, after=values)
        return row.id

    request = {"do": "regulation.record", **given, **facts, **of}
    return locked(session, Regulation, once(session, idempotency_key, request, create))


def update_regulation(
    session: Session,
    regulation_id: UUID,
    *,
    expected_version: int,
    number: str | None = None,
    title: str | None = None,
    signed_on: date | None = None,
    source_url: str | None = None,
) -> Regulation:
    """Correct a record; None leaves a field as it is.

    Raises NotFound, StaleVersion, RegulationRecorded, DateInFuture, or Invalid for each field.
    """
    require(session, Permission.INSTITUTION_MANAGE)
    row = locked(session, Regulation, regulation_id, expected_version=expected_version)
    texts = {"number": number, "title": title, "source_url": source_url}
    given = {name: value for name, value in texts.items() if value is not None}
    facts = {} if signed_on is None else {"signed_on": signed_on}
    changes = _checked(session, given, facts) | facts
    before = {name: getattr(row, name) for name in changes}
    with _once_each(session, row):
        for name, value in changes.items():
            setattr(row, name, value)
    audit.record(session, "regulation.update", "regulation", row.id, before=before, after=changes)
    return row


def _checked(session: Session, texts: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    """Return the texts, checked; all faults of texts and facts are raised together."""
    checks = {
        "number": lambda: line_value(texts["number"], path=("number",), required=True),
        "title": lambda: line_value(texts["title"], path=("title",), required=True),
        "source_url": lambda: link_value(texts["source_url"], path=("sourceUrl",)),
    }
    wanted = {name: check for name, check in checks.items() if name in texts}
    if "signed_on" in facts:
        wanted["signed_on"] = lambda: _past(session, facts["signed_on"])
    if "kind" in facts:
        wanted["kind"] = lambda: _fitting(session, facts["kind"])
    if "year" in facts:
        wanted["year"] = lambda: _year(facts["year"], facts["signed_on"])
    found = collect(wanted)
    return {name: found[name] for name in texts}


def _past(session: Session, day: date) -> None:
    refuse(future_date(city_of(session), day, path=("signedOn",)))


def _year(year: int, signed_on: date) -> None:
    if year != signed_on.year:
        raise Invalid(
            "year",
            f"tahun naskah {year} tidak sama dengan tahun tanggalnya. Tulis {signed_on.year}.",
            f"the text's year {year} is not that of its day. Write {signed_on.year}.",
        )


def _fitting(session: Session, kind: RegulationKind) -> None:
    """Raise RegulationKindUnfit for the regulation of a head that this region does not have."""
    mine, other = RegulationKind.PERWALI, RegulationKind.PERBUP
    if not is_kota(session):
        mine, other = other, mine
    if kind is other:
        (kind_id, kind_en), (fitting_id, fitting_en) = REGULATIONS[other], REGULATIONS[mine]
        raise RegulationKindUnfit(
            path=("kind",),
            city=city_of(session).name,
            kind_id=kind_id,
            kind_en=kind_en,
            fitting_id=fitting_id,
            fitting_en=fitting_en,
        )


def _refuse_aimless(
    session: Session,
    subject: RegulationSubject,
    institution_id: UUID | None,
    participation_id: UUID | None,
) -> None:
    """Raise where the text's subject and what it names do not fit."""
    match subject:
        case RegulationSubject.INSTITUTION:
            if institution_id is None:
                raise Invalid(
                    "institutionId",
                    "keputusan kelembagaan harus menyebut lembaganya. Pilih lembaganya.",
                    "a decree of a body must name the body. Choose it.",
                )
            standing(session, institution_id)
        case RegulationSubject.MASTERPLAN:
            if participation_id is None:
                raise Invalid(
                    "participationId",
                    "peraturan masterplan harus menyebut keikutsertaannya. Pilih angkatannya.",
                    "a masterplan's regulation must name its participation. Choose the cohort.",
                )
        case RegulationSubject.OTHER:
            pass
    if participation_id is not None:
        key = (tenant_of(session), participation_id)
        if session.get(Participation, key) is None:
            raise NotFound(path=("participationId",))


def _once_each(session: Session, row: Regulation) -> AbstractContextManager[None]:
    kind_id, kind_en = REGULATIONS[row.kind]
    recorded = RegulationRecorded(
        path=("number",), kind_id=kind_id, kind_en=kind_en, number=row.number, year=row.year
    )
    return unique(session, recorded)
