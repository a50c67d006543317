"""What the stages of selection wait for: finished assessments, then the ministry's decision."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from kotacerdas.identity.models import Person
from kotacerdas.identity.policy import Role
from kotacerdas.scope import tenant_of
from tenants.assessment.assessing import answers_of
from tenants.assessment.candidates import instrument_of
from tenants.assessment.instruments import parameters_of
from tenants.assessment.models import Assessment, AssessmentState
from tenants.cities.missing import Missing
from tenants.cities.models import Participation


class AssessorsMissing(DomainError):
    """Nobody assesses the city."""

    code = "ASSESSORS_MISSING"
    id = "Belum ada asesor untuk daerah ini. Tugaskan paling sedikit satu tenaga ahli."
    en = "Nobody assesses this city yet. Assign at least one expert."


class AssessmentUnfinished(DomainError):
    """An assessor has not submitted yet."""

    code = "ASSESSMENT_UNFINISHED"
    id = "Asesmen oleh {assessor} belum dikirim; {reason_id}."
    en = "The assessment by {assessor} has not been submitted; {reason_en}."


class VerdictMissing(DomainError):
    """The ministry decides by one letter on the cities of a cohort."""

    code = "VERDICT_MISSING"
    id = "Putusan seleksi belum ditetapkan. Tetapkan putusan angkatan ini lewat surat kementerian."
    en = "No verdict has been given. Decide on the cohort's cities by the ministry's letter."


def missing_assessments(session: Session, row: Participation) -> list[Missing]:
    """Name each assessor who has not submitted, with the parameters that lack a score.

    Nothing is asked of cohorts without an instrument: those of the past were assessed elsewhere.
    """
    instrument_id = instrument_of(session, row.cohort_id)
    if instrument_id is None:
        return []
    mine = (
        select(Assessment, Person.name)
        .join(Person, Person.id == Assessment.assessor_id)
        .where(Assessment.tenant_id == tenant_of(session))
        .where(Assessment.participation_id == row.id)
        .where(Assessment.state != AssessmentState.RELEASED)
        .order_by(Person.name, Assessment.id)
    )
    found = session.execute(mine).all()
    if not found:
        return [Missing(AssessorsMissing(path=("to",)), Role.MINISTRY_ADMIN)]
    return [
        Missing(_unfinished(session, assessment, name), Role.EXPERT)
        for assessment, name in found
        if assessment.state is not AssessmentState.SUBMITTED
    ]


def missing_verdict(session: Session, row: Participation) -> list[Missing]:
    """Name the decision from which the stage follows, where the cohort is assessed here."""
    if instrument_of(session, row.cohort_id) is None:
        return []
    return [Missing(VerdictMissing(path=("to",)), Role.MINISTRY_ADMIN)]


def _unfinished(session: Session, row: Assessment, name: str) -> AssessmentUnfinished:
    given = answers_of(session, row.id)
    open_ = [each for each in parameters_of(session, row.instrument_id) if each.id not in given]
    codes = ", ".join(each.code for each in open_)
    return AssessmentUnfinished(
        path=("to",),
        assessor=name,
        reason_id=f"belum dinilai: {codes}" if codes else "semua nilai terisi, tinggal dikirim",
        reason_en=f"without a score: {codes}" if codes else "all is scored, it remains to submit",
    )
