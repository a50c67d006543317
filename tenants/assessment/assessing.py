"""Assessing a city: the answers of each assessor, and handing them in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, NotFound, WrongState
from kotacerdas.identity.policy import Permission, acting, require
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from kotacerdas.values import link_value, refusals, refuse, text_value
from tenants.assessment.candidates import still_open
from tenants.assessment.instruments import measures, parameters_of
from tenants.assessment.models import Answer, Assessment, AssessmentState, Parameter
from tenants.assessment.scoring import score


class AssessmentSubmitted(WrongState):
    """A submitted assessment stays as it is."""

    code = "ASSESSMENT_SUBMITTED"
    id = (
        "Asesmen ini sudah dikirim dan tidak berubah lagi. Bila ada kekeliruan, minta kementerian"
        " mengembalikannya."
    )
    en = (
        "This assessment has been submitted and stays. If it holds a mistake, ask the ministry to"
        " give it back."
    )


class ScoreOutsideScale(DomainError):
    """A score lies outside of its parameter's scale."""

    code = "SCORE_OUTSIDE_SCALE"
    id = "Nilai {given} untuk {code} di luar skala. Isi {minimum} sampai {maximum}."
    en = "The score {given} for {code} is off the scale. Enter {minimum} to {maximum}."


class AnswerMissing(DomainError):
    """A parameter has no score yet."""

    code = "ANSWER_MISSING"
    id = "Parameter {code} ({name_id}) belum dinilai. Beri nilai sebelum mengirim."
    en = "The parameter {code} ({name_en}) has no score yet. Score it before you submit."


class AnswerEvidenceMissing(DomainError):
    """A parameter asks for evidence."""

    code = "ANSWER_EVIDENCE_MISSING"
    id = "Parameter {code} memerlukan bukti: {needed}. Tulis buktinya atau beri tautan."
    en = "The parameter {code} needs evidence: {needed}. Describe it or give a link."


class AssessmentReleased(WrongState):
    """The ministry took the city off the assessor."""

    code = "ASSESSMENT_RELEASED"
    id = "Anda sudah dilepas dari asesmen ini. Hubungi kementerian bila Anda tetap bertugas."
    en = "You were released from this assessment. Ask the ministry if you are still to do it."


@dataclass(frozen=True)
class AnswerInput:
    """What an assessor says of one parameter."""

    parameter_id: UUID
    score: Decimal
    evidence: str = ""
    link: str = ""
    note: str = ""


def answer(
    session: Session,
    assessment_id: UUID,
    *,
    expected_version: int,
    answers: Iterable[AnswerInput],
    note: str | None = None,
) -> Assessment:
    """Write scores of one's own assessment; parameters that are not named stay as they are.

    Raises NotFound, AssessmentSubmitted, AssessmentReleased, StaleVersion, and together
    ScoreOutsideScale and Invalid for every answer at fault.
    """
    row = _own(session, assessment_id, expected_version)
    known = {each.id: each for each in parameters_of(session, row.instrument_id)}
    given = list(answers)
    refuse([fault for place, each in enumerate(given) for fault in _faults(place, each, known)])
    for each in given:
        _write(session, row, each)
    if note is not None:
        row.note = text_value(note, path=("note",)) or None
    row.updated_at = datetime.now(UTC)  # so that the version rises with the answers
    after = {known[each.parameter_id].code: each.score for each in given}
    audit.record(session, "assessment.answer", "assessment", row.id, after=after)
    return row


def submit(session: Session, assessment_id: UUID, *, expected_version: int) -> Assessment:
    """Hand one's assessment in; its score is computed and the answers stay.

    Raises AssessmentSubmitted, or together AnswerMissing and AnswerEvidenceMissing.
    """
    row = _own(session, assessment_id, expected_version)
    parameters = parameters_of(session, row.instrument_id)
    given = answers_of(session, row.id)
    refuse([fault for each in parameters for fault in _lacks(each, given.get(each.id))])
    row.score = score(measures(parameters), {key: each.score for key, each in given.items()})
    row.state, row.submitted_at = AssessmentState.SUBMITTED, datetime.now(UTC)
    audit.record(session, "assessment.submit", "assessment", row.id, after={"score": row.score})
    return row


def answers_of(session: Session, assessment_id: UUID) -> dict[UUID, Answer]:
    """Return an assessment's answers by parameter."""
    mine = select(Answer).where(
        Answer.tenant_id == tenant_of(session), Answer.assessment_id == assessment_id
    )
    return {row.parameter_id: row for row in session.scalars(mine)}


def _own(session: Session, assessment_id: UUID, expected_version: int) -> Assessment:
    """Return the actor's own assessment, open to be written; another's looks like none."""
    require(session, Permission.ASSESSMENT_SCORE)
    row = locked(session, Assessment, assessment_id)
    if row.assessor_id != acting(session):
        raise NotFound
    if row.state is AssessmentState.SUBMITTED:
        raise AssessmentSubmitted
    if row.state is AssessmentState.RELEASED:
        raise AssessmentReleased
    still_open(session, row.participation_id)
    return locked(session, Assessment, assessment_id, expected_version=expected_version)


def _faults(place: int, each: AnswerInput, known: dict[UUID, Parameter]) -> list[DomainError]:
    at = ("answers", str(place))
    parameter = known.get(each.parameter_id)
    if parameter is None:
        return [NotFound(path=(*at, "parameterId"))]
    errors: list[DomainError] = []
    low, high = parameter.scale_minimum, parameter.scale_maximum
    if not each.score.is_finite() or not low <= each.score <= high:
        errors.append(
            ScoreOutsideScale(
                path=(*at, "score"),
                given=each.score,
                code=parameter.code,
                minimum=low,
                maximum=high,
            )
        )
    errors += refusals(lambda: text_value(each.evidence, path=(*at, "evidence")))
    errors += refusals(lambda: text_value(each.note, path=(*at, "note")))
    return errors + refusals(lambda: link_value(each.link, path=(*at, "link")))


def _write(session: Session, row: Assessment, each: AnswerInput) -> None:
    values = {
        "score": each.score,
        "evidence": each.evidence.strip() or None,
        "link": each.link.strip() or None,
        "note": each.note.strip() or None,
    }
    keys = {"assessment_id": row.id, "parameter_id": each.parameter_id}
    new = insert(Answer).values(tenant_id=row.tenant_id, id=uuid7(), **keys, **values)
    session.execute(
        new.on_conflict_do_update(
            index_elements=["tenant_id", "assessment_id", "parameter_id"], set_=values
        )
    )


def _lacks(parameter: Parameter, given: Answer | None) -> list[DomainError]:
    if given is None:
        names = {"name_id": parameter.name, "name_en": parameter.name_en}
        return [AnswerMissing(path=("answers",), code=parameter.code, **names)]
    if parameter.evidence_required and not (given.evidence or given.link):
        needed = parameter.evidence_needed or "-"
        return [AnswerEvidenceMissing(path=("answers",), code=parameter.code, needed=needed)]
    return []
