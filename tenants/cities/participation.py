"""A city's way through a cohort: the invitation and the steps between stages."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, WrongState
from kotacerdas.identity.policy import Permission, Role, require
from kotacerdas.identity.queries import members_with
from kotacerdas.rows import locked, unique
from kotacerdas.scope import scope_of, tenant_of
from kotacerdas.values import NAME_LENGTH, refuse, text_value
from tenants.cities.commitments import is_recorded
from tenants.cities.dates import future_date
from tenants.cities.models import Cohort, CommitmentKind, Participation, ParticipationStep
from tenants.cities.queries import city_of
from tenants.cities.texts import COMMITMENTS, STAGES, what_follows
from tenants.cities.workflow import STEPS, Stage, next_stages
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind

PAPERS: dict[Stage, CommitmentKind] = {
    Stage.COMMITTED: CommitmentKind.MEMORANDUM,
    Stage.PRESENTED: CommitmentKind.COMMITMENT_SHEET,
}
"""The signed paper without which a stage cannot be entered."""


class CohortUnknown(DomainError):
    """No cohort of that year."""

    code = "COHORT_UNKNOWN"
    id = "Angkatan {year} belum ada. Pilih tahun angkatan yang sudah dibuat, atau buat dahulu."
    en = "There is no cohort {year}. Choose the year of an existing cohort, or create it first."


class AlreadyInvited(DomainError):
    """The city takes part in that cohort already."""

    code = "ALREADY_INVITED"
    id = "{city} sudah diundang ke angkatan {year}. Buka keikutsertaan yang ada."
    en = "{city} has been invited to the cohort of {year}. Open the participation that is there."


class WrongStage(WrongState):
    """The process does not lead from the present stage to the wanted one."""

    code = "WRONG_STAGE"
    id = "Dari tahap {state_id} tidak dapat ke tahap {to_id}. {next_id}"
    en = "Stage {state_en} does not lead to {to_en}. {next_en}"


class DocumentNumberMissing(DomainError):
    """The step stands on a letter or decree."""

    code = "DOCUMENT_NUMBER_MISSING"
    id = "Tahap {to_id} memerlukan nomor surat atau keputusan. Isi nomornya."
    en = "Stage {to_en} needs the number of its letter or decree. Fill in the number."


class PaperMissing(DomainError):
    """The step stands on a signed paper that is not recorded yet."""

    code = "COMMITMENT_MISSING"
    id = "Tahap {to_id} memerlukan {paper_id} yang ditandatangani. Catat dokumen itu dahulu."
    en = "Stage {to_en} needs the signed {paper_en}. Record that paper first."


class BeforeFormerStep(DomainError):
    """A step cannot have happened before the one it follows."""

    code = "DATE_BEFORE_FORMER_STEP"
    id = "Tanggal {given} mendahului langkah sebelumnya ({former}). Pakai {former} atau sesudahnya."
    en = "{given} is before the former step ({former}). Use {former} or a later date."


def invite(session: Session, *, cohort_year: int, occurred_on: date) -> Participation:
    """Invite the session's city into a cohort and tell its administrators.

    Raises CohortUnknown, AlreadyInvited or DateInFuture.
    """
    require(session, Permission.COHORT_MANAGE)
    city = city_of(session)
    cohort = session.scalar(select(Cohort).where(Cohort.year == cohort_year))
    if cohort is None:
        raise CohortUnknown(path=("cohortYear",), year=cohort_year)
    refuse(future_date(city, occurred_on, path=("occurredOn",)))
    row = Participation(tenant_id=city.id, id=uuid7(), cohort_id=cohort.id, stage=Stage.INVITED)
    taken = AlreadyInvited(path=("cohortYear",), city=city.name, year=cohort_year)
    with unique(session, taken):
        session.add(row)
    _enter(session, row, Stage.INVITED, occurred_on)
    audit.record(
        session, "participation.invite", "participation", row.id, after={"cohort": cohort_year}
    )
    tell(
        session,
        NotificationKind.INVITED,
        subject_id=row.id,
        data={"name": city.name, "year": str(cohort_year), "occurred_on": occurred_on.isoformat()},
        people=members_with(session, [Role.CITY_ADMIN]),
        key="",
    )
    return row


def advance(
    session: Session,
    participation_id: UUID,
    *,
    to: Stage,
    occurred_on: date,
    expected_version: int,
    document_number: str | None = None,
    note: str | None = None,
) -> Participation:
    """Take a step; who may take it is told by `STEPS[to]`, city or ministry.

    Raises WrongStage, or together all of DocumentNumberMissing, PaperMissing, BeforeFormerStep and
    DateInFuture that apply.
    """
    require(session, STEPS[to].permission)
    row = locked(session, Participation, participation_id, expected_version=expected_version)
    _refuse_detour(row.stage, to)
    number = text_value(
        document_number or "", path=("documentNumber",), maximum=NAME_LENGTH, lines=False
    )
    remark = text_value(note or "", path=("note",))
    refuse(_missing(session, row, to, occurred_on, number))
    before, row.stage = row.stage, to
    _enter(session, row, to, occurred_on, document_number=number, note=remark)
    audit.record(
        session,
        "participation.advance",
        "participation",
        row.id,
        before={"stage": before},
        after={"stage": to, "occurred_on": occurred_on, "document_number": number},
    )
    return row


def _refuse_detour(stage: Stage, to: Stage) -> None:
    if to in next_stages(stage):
        return
    (state_id, state_en), (to_id, to_en) = STAGES[stage], STAGES[to]
    next_id, next_en = what_follows(stage)
    raise WrongStage(
        path=("to",),
        state_id=state_id,
        state_en=state_en,
        to_id=to_id,
        to_en=to_en,
        next_id=next_id,
        next_en=next_en,
    )


def _missing(
    session: Session, row: Participation, to: Stage, occurred_on: date, number: str
) -> list[DomainError]:
    """All that keeps the participation from the stage."""
    to_id, to_en = STAGES[to]
    errors = future_date(city_of(session), occurred_on, path=("occurredOn",))
    former = _last_date(session, row.id)
    if former is not None and occurred_on < former:
        errors.append(BeforeFormerStep(path=("occurredOn",), given=occurred_on, former=former))
    if STEPS[to].document and not number:
        errors.append(DocumentNumberMissing(path=("documentNumber",), to_id=to_id, to_en=to_en))
    paper = PAPERS.get(to)
    if paper is not None and not is_recorded(session, row.id, paper):
        paper_id, paper_en = COMMITMENTS[paper]
        errors.append(
            PaperMissing(
                path=("to",), to_id=to_id, to_en=to_en, paper_id=paper_id, paper_en=paper_en
            )
        )
    return errors


def _last_date(session: Session, participation_id: UUID) -> date | None:
    steps = select(func.max(ParticipationStep.occurred_on)).where(
        ParticipationStep.tenant_id == tenant_of(session),
        ParticipationStep.participation_id == participation_id,
    )
    return session.scalar(steps)


def _enter(
    session: Session,
    row: Participation,
    stage: Stage,
    occurred_on: date,
    *,
    document_number: str = "",
    note: str = "",
) -> None:
    session.add(
        ParticipationStep(
            tenant_id=row.tenant_id,
            participation_id=row.id,
            stage=stage,
            occurred_on=occurred_on,
            document_number=document_number or None,
            note=note or None,
            person_id=scope_of(session).person_id,
        )
    )
