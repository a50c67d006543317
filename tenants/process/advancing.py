"""A step of a participation from one stage to the next."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.errors import DomainError, WrongState
from kotacerdas.identity.policy import require
from kotacerdas.rows import locked
from kotacerdas.values import NAME_LENGTH, refuse, text_value
from tenants.cities.dates import future_date
from tenants.cities.models import Participation
from tenants.cities.queries import city_of
from tenants.cities.steps import enter, last_date
from tenants.cities.texts import STAGES, what_follows
from tenants.cities.workflow import STEPS, Stage, next_stages
from tenants.process.guards import missing
from tenants.reviews.rounds import follow


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


class BeforeFormerStep(DomainError):
    """A step cannot have happened before the one it follows."""

    code = "DATE_BEFORE_FORMER_STEP"
    id = "Tanggal {given} mendahului langkah sebelumnya ({former}). Pakai {former} atau sesudahnya."
    en = "{given} is before the former step ({former}). Use {former} or a later date."


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

    Raises WrongStage, or together all of DateInFuture, BeforeFormerStep, DocumentNumberMissing and
    whatever the stage's guards find missing.
    """
    require(session, STEPS[to].permission)
    row = locked(session, Participation, participation_id, expected_version=expected_version)
    _refuse_detour(row.stage, to)
    number = text_value(
        document_number or "", path=("documentNumber",), maximum=NAME_LENGTH, lines=False
    )
    remark = text_value(note or "", path=("note",))
    refuse(
        _faults(session, row, to, occurred_on, number)
        + [item.error for item in missing(session, row, to)]
    )
    before, row.stage = row.stage, to
    enter(session, row, to, occurred_on, document_number=number, note=remark)
    follow(session, row, occurred_on)
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


def _faults(
    session: Session, row: Participation, to: Stage, occurred_on: date, number: str
) -> list[DomainError]:
    """All that is wrong with the input itself."""
    to_id, to_en = STAGES[to]
    errors = future_date(city_of(session), occurred_on, path=("occurredOn",))
    former = last_date(session, row.id)
    if former is not None and occurred_on < former:
        errors.append(BeforeFormerStep(path=("occurredOn",), given=occurred_on, former=former))
    if STEPS[to].document and not number:
        errors.append(DocumentNumberMissing(path=("documentNumber",), to_id=to_id, to_en=to_en))
    return errors
