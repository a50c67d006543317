"""The signed papers of a participation."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, WrongState
from kotacerdas.identity.policy import Permission, Role, require
from kotacerdas.rows import locked, unique
from kotacerdas.scope import tenant_of
from kotacerdas.values import NAME_LENGTH, collect, refuse, text_value
from tenants.cities.dates import future_date
from tenants.cities.missing import Missing
from tenants.cities.models import Commitment, CommitmentKind, Participation, SignatureKind
from tenants.cities.queries import city_of
from tenants.cities.texts import COMMITMENTS, STAGES
from tenants.cities.workflow import CLOSED


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
) -> Commitment:
    """Record the memorandum or the commitment sheet that the city has signed.

    Raises ParticipationClosed, CommitmentRecorded, DateInFuture, or Invalid for a text.
    """
    require(session, Permission.PARTICIPATION_ADVANCE)
    participation = locked(session, Participation, participation_id)
    if participation.stage in CLOSED:
        state_id, state_en = STAGES[participation.stage]
        raise ParticipationClosed(state_id=state_id, state_en=state_en)
    texts = _texts(number, parties, place)
    refuse(future_date(city_of(session), signed_on, path=("signedOn",)))
    row = Commitment(
        tenant_id=tenant_of(session),
        id=uuid7(),
        participation_id=participation.id,
        kind=kind,
        number=texts["number"],
        signed_on=signed_on,
        place=texts["place"] or None,
        parties=texts["parties"],
        signature=signature,
    )
    paper_id, paper_en = COMMITMENTS[kind]
    with unique(session, CommitmentRecorded(path=("kind",), paper_id=paper_id, paper_en=paper_en)):
        session.add(row)
    after = {"kind": kind, "number": row.number, "signed_on": signed_on}
    audit.record(session, "commitment.record", "commitment", row.id, after=after)
    return row


def is_recorded(session: Session, participation_id: UUID, kind: CommitmentKind) -> bool:
    """Whether the participation has its paper of that kind."""
    paper = exists().where(
        Commitment.tenant_id == tenant_of(session),
        Commitment.participation_id == participation_id,
        Commitment.kind == kind,
    )
    return bool(session.scalar(select(paper)))


def missing_memorandum(session: Session, row: Participation) -> list[Missing]:
    """Name the memorandum with the ministry, unless it is recorded."""
    return _missing_paper(session, row, CommitmentKind.MEMORANDUM)


def missing_sheet(session: Session, row: Participation) -> list[Missing]:
    """Name the commitment sheet, unless it is recorded."""
    return _missing_paper(session, row, CommitmentKind.COMMITMENT_SHEET)


def _missing_paper(session: Session, row: Participation, kind: CommitmentKind) -> list[Missing]:
    if is_recorded(session, row.id, kind):
        return []
    paper_id, paper_en = COMMITMENTS[kind]
    error = PaperMissing(path=("to",), paper_id=paper_id.capitalize(), paper_en=paper_en)
    return [Missing(error, Role.CITY_ADMIN)]


def _texts(number: str, parties: str, place: str | None) -> dict[str, str]:
    def line(value: str, name: str, *, required: bool) -> str:
        return text_value(value, path=(name,), maximum=NAME_LENGTH, required=required, lines=False)

    return collect(
        {
            "number": lambda: line(number, "number", required=True),
            "place": lambda: line(place or "", "place", required=False),
            "parties": lambda: text_value(parties, path=("parties",), required=True),
        }
    )
