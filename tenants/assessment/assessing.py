"""Assessing a city: assigning assessors, their answers, and what the city shows."""

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
from kotacerdas.identity.policy import Permission, Role, acting, require
from kotacerdas.identity.queries import members_with
from kotacerdas.rows import locked, unique
from kotacerdas.scope import tenant_of
from kotacerdas.values import link_value, refusals, refuse, text_value
from tenants.assessment.instruments import measures, parameters_of
from tenants.assessment.models import (
    Answer,
    Assessment,
    AssessmentState,
    CohortInstrument,
    Parameter,
)
from tenants.assessment.scoring import score
from tenants.cities.models import Participation
from tenants.cities.queries import city_of
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind


class InstrumentMissing(DomainError):
    """The cohort has no instrument yet."""

    code = "INSTRUMENT_MISSING"
    id = "Angkatan ini belum mempunyai instrumen asesmen. Minta kementerian menetapkannya dahulu."
    en = "This cohort has no instrument of assessment yet. Ask the ministry to set one first."


class AssessmentClosed(WrongState):
    """The participation is no longer assessed."""

    code = "ASSESSMENT_CLOSED"
    id = "Tahap daerah ini bukan lagi “diundang”, jadi asesmennya ditutup. Lihat hasilnya saja."
    en = "This city has left the stage “invited”, which closed its assessment. Read the result."


class AssessorUnfit(DomainError):
    """Whoever assesses a city is one of its experts."""

    code = "ASSESSOR_UNFIT"
    id = "Orang itu bukan tenaga ahli daerah ini. Beri peran tenaga ahli dahulu."
    en = "That person is no expert of this city. Give them the role of expert first."


class AssessorAssigned(DomainError):
    """The person assesses this city already."""

    code = "ASSESSOR_ASSIGNED"
    id = "Orang itu sudah menjadi asesor daerah ini. Buka asesmen yang ada."
    en = "That person is an assessor of this city already. Open the assessment that is there."


class AssessmentSubmitted(WrongState):
    """A submitted assessment stays as it is."""

    code = "ASSESSMENT_SUBMITTED"
    id = (
        "Asesmen ini sudah dikirim dan tidak berubah lagi. Hubungi kementerian bila ada kekeliruan."
    )
    en = "This assessment has been submitted and stays. Tell the ministry if it holds a mistake."


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


@dataclass(frozen=True)
class AnswerInput:
    """What an assessor says of one parameter."""

    parameter_id: UUID
    score: Decimal
    evidence: str = ""
    link: str = ""
    note: str = ""


def assign(session: Session, participation_id: UUID, *, assessor_id: UUID) -> Assessment:
    """Let an expert assess the city; they are told.

    Raises AssessmentClosed, InstrumentMissing, AssessorUnfit or AssessorAssigned.
    """
    require(session, Permission.COHORT_MANAGE)
    participation = still_open(session, participation_id)
    if assessor_id not in members_with(session, [Role.EXPERT]):
        raise AssessorUnfit(path=("assessorId",))
    row = Assessment(
        tenant_id=tenant_of(session),
        id=uuid7(),
        participation_id=participation.id,
        instrument_id=required_instrument(session, participation),
        assessor_id=assessor_id,
        state=AssessmentState.DRAFT,
    )
    with unique(session, AssessorAssigned(path=("assessorId",))):
        session.add(row)
    audit.record(
        session, "assessment.assign", "assessment", row.id, after={"assessor_id": assessor_id}
    )
    year = session.get_one(Cohort, participation.cohort_id).year
    facts = {"city": city_of(session).name, "year": str(year)}
    kind = NotificationKind.ASSESSMENT_ASSIGNED
    tell(session, kind, subject_id=row.id, data=facts, people=[assessor_id], key="assigned")
    return row


def answer(
    session: Session,
    assessment_id: UUID,
    *,
    expected_version: int,
    answers: Iterable[AnswerInput],
    note: str | None = None,
) -> Assessment:
    """Write scores of one's own assessment; parameters that are not named stay as they are.

    Raises NotFound, AssessmentSubmitted, StaleVersion, and together ScoreOutsideScale and Invalid
    for every answer at fault.
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


def instrument_of(session: Session, cohort_id: UUID) -> UUID | None:
    """Return the instrument of a cohort, if it has one."""
    chosen = session.get(CohortInstrument, cohort_id)
    return chosen.instrument_id if chosen else None


def still_open(session: Session, participation_id: UUID) -> Participation:
    """Return the participation, locked; raises AssessmentClosed once it has been assessed."""
    row = locked(session, Participation, participation_id)
    if row.stage is not Stage.INVITED:
        raise AssessmentClosed
    return row


def required_instrument(session: Session, participation: Participation) -> UUID:
    """Return the instrument of the participation's cohort; raises InstrumentMissing."""
    found = instrument_of(session, participation.cohort_id)
    if found is None:
        raise InstrumentMissing
    return found


def _own(session: Session, assessment_id: UUID, expected_version: int) -> Assessment:
    """Return the actor's own assessment, open to be written; another's looks like none."""
    require(session, Permission.ASSESSMENT_SCORE)
    row = locked(session, Assessment, assessment_id)
    if row.assessor_id != acting(session):
        raise NotFound
    if row.state is AssessmentState.SUBMITTED:
        raise AssessmentSubmitted
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
