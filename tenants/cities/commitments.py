"""The signed papers of a participation."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, WrongState
from kotacerdas.identity.policy import Permission, Role, require
from kotacerdas.identity.queries import members_with
from kotacerdas.rows import locked, unique
from kotacerdas.scope import tenant_of
from kotacerdas.values import collect, line_value, link_value, refuse, text_value
from tenants.cities.dates import future_date
from tenants.cities.missing import Missing
from tenants.cities.models import (
    Commitment,
    CommitmentKind,
    CommitmentSignature,
    Participation,
    SignatureKind,
)
from tenants.cities.queries import city_of
from tenants.cities.texts import COMMITMENTS, STAGES
from tenants.cities.workflow import CLOSED
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind


class CommitmentRecorded(DomainError):
    """A participation has one paper of each kind."""

    code = "COMMITMENT_RECORDED"
    id = "Keikutsertaan ini sudah mempunyai {paper_id}. Periksa catatan yang ada."
    en = "This participation has its {paper_en} already. Check the record that is there."


class PaperMissing(DomainError):
    """The step stands on a signed paper that is not recorded yet."""

    code = "COMMITMENT_MISSING"
    id = "{paper_id} belum dicatat. Catat dokumen yang sudah ditandatangani dahulu."
    en = "The {paper_en} is not recorded. Record the signed paper first."


class ParticipationClosed(WrongState):
    """The participation has ended, or its book has been adopted."""

    code = "PARTICIPATION_CLOSED"
    id = (
        "Keikutsertaan sudah pada tahap {state_id}; dokumen komitmen tidak dicatat lagi."
        " Catat dokumen baru pada keikutsertaan angkatan berikutnya."
    )
    en = (
        "The participation is in stage {state_en}; commitments are no longer recorded."
        " Record a new paper in the next cohort's participation."
    )


class PaperChanges(TypedDict, total=False):
    """What may be corrected on a paper; absent fields stay as they are."""

    number: str
    signed_on: date
    place: str | None
    parties: str
    source_url: str | None


def record_commitment(
    session: Session,
    participation_id: UUID,
    *,
    kind: CommitmentKind,
    number: str,
    signed_on: date,
    parties: str,
    signature: SignatureKind,
    place: str | None = None,
    source_url: str | None = None,
) -> Commitment:
    """Record the memorandum or the commitment sheet that the city has signed.

    Raises ParticipationClosed, CommitmentRecorded, DateInFuture, or Invalid for a text.
    """
    require(session, Permission.PARTICIPATION_ADVANCE)
    participation = open_participation(session, participation_id)
    texts = _texts(number, parties, place, source_url)
    refuse(future_date(city_of(session), signed_on, path=("signedOn",)))
    row = Commitment(
        tenant_id=tenant_of(session),
        id=uuid7(),
        participation_id=participation.id,
        kind=kind,
        number=texts["number"],
        signed_on=signed_on,
        place=texts["place"],
        parties=texts["parties"],
        signature=signature,
        source_url=texts["source_url"],
    )
    paper_id, paper_en = COMMITMENTS[kind]
    with unique(session, CommitmentRecorded(path=("kind",), paper_id=paper_id, paper_en=paper_en)):
        session.add(row)
    after = {"kind": kind, "number": row.number, "signed_on": signed_on}
    audit.record(session, "commitment.record", "commitment", row.id, after=after)
    return row


def update_commitment(
    session: Session, commitment_id: UUID, *, expected_version: int, changes: PaperChanges
) -> Commitment:
    """Correct a paper; what had been signed is void, and its signatories are told.

    Raises NotFound, StaleVersion, ParticipationClosed, DateInFuture, or Invalid for a text.
    """
    require(session, Permission.PARTICIPATION_ADVANCE)
    row = locked(session, Commitment, commitment_id, expected_version=expected_version)
    open_participation(session, row.participation_id)
    now: dict[str, Any] = {
        name: getattr(row, name) for name in PaperChanges.__annotations__
    } | changes
    wanted = {"signed_on": now["signed_on"]} | _texts(
        now["number"], now["parties"], now["place"], now["source_url"]
    )
    refuse(future_date(city_of(session), wanted["signed_on"], path=("signedOn",)))
    changed = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    before = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    voided = _void(session, row) if changed.keys() - {"source_url"} else 0
    after = {**changed, "voided_signatures": voided}
    audit.record(session, "commitment.update", "commitment", row.id, before=before, after=after)
    return row


def open_participation(session: Session, participation_id: UUID) -> Participation:
    """Return a participation that papers may still be recorded for, locked.

    Raises NotFound or ParticipationClosed.
    """
    participation = locked(session, Participation, participation_id)
    if participation.stage in CLOSED:
        state_id, state_en = STAGES[participation.stage]
        raise ParticipationClosed(state_id=state_id, state_en=state_en)
    return participation


def paper_of(session: Session, participation_id: UUID, kind: CommitmentKind) -> Commitment | None:
    """Return the participation's paper of that kind, if it is recorded."""
    mine = {"tenant_id": tenant_of(session), "participation_id": participation_id, "kind": kind}
    return session.scalar(select(Commitment).filter_by(**mine))


def missing_memorandum(session: Session, row: Participation) -> list[Missing]:
    """Name the memorandum with the ministry, unless it is recorded."""
    return _missing_paper(session, row, CommitmentKind.MEMORANDUM)


def missing_sheet(session: Session, row: Participation) -> list[Missing]:
    """Name the commitment sheet, unless it is recorded."""
    return _missing_paper(session, row, CommitmentKind.COMMITMENT_SHEET)


def _missing_paper(session: Session, row: Participation, kind: CommitmentKind) -> list[Missing]:
    if paper_of(session, row.id, kind) is not None:
        return []
    paper_id, paper_en = COMMITMENTS[kind]
    error = PaperMissing(path=("to",), paper_id=paper_id.capitalize(), paper_en=paper_en)
    return [Missing(error, Role.CITY_ADMIN)]


def _void(session: Session, paper: Commitment) -> int:
    """Void what was signed before the edit, and tell the departments that must sign again."""
    signed = (
        update(CommitmentSignature)
        .where(
            CommitmentSignature.tenant_id == paper.tenant_id,
            CommitmentSignature.commitment_id == paper.id,
            CommitmentSignature.voided_at.is_(None),
        )
        .values(voided_at=func.now())
        .returning(CommitmentSignature.unit_id)
    )
    units = list(session.scalars(signed))
    people = [
        person
        for unit_id in filter(None, units)
        for person in members_with(session, [Role.UNIT_HEAD], unit_id)
    ]
    tell(
        session,
        NotificationKind.SIGNATURES_VOIDED,
        subject_id=paper.id,
        data={"name": paper.number, "signed_on": paper.signed_on.isoformat()},
        people=people,
        key=f"v{paper.version}",
    )
    return len(units)


def _texts(number: str, parties: str, place: str | None, source_url: str | None) -> dict[str, Any]:
    return collect(
        {
            "number": lambda: line_value(number, path=("number",), required=True),
            "place": lambda: line_value(place or "", path=("place",)) or None,
            "parties": lambda: text_value(parties, path=("parties",), required=True),
            "source_url": lambda: link_value(source_url, path=("sourceUrl",)),
        }
    )
