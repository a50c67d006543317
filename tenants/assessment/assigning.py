"""Who assesses a city: experts are assigned and released, and may be given their answers back."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, WrongState
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked, unique
from kotacerdas.scope import tenant_of
from kotacerdas.values import text_value
from tenants.assessment.candidates import required_instrument, still_open
from tenants.assessment.models import Assessment, AssessmentState
from tenants.cities.models import Participation
from tenants.cities.queries import city_of
from tenants.editions.models import Cohort
from tenants.experts.assigning import ensure_part
from tenants.experts.models import ExpertPart
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind


class AssessorAssigned(DomainError):
    """The person assesses this city already."""

    code = "ASSESSOR_ASSIGNED"
    id = "Orang itu sudah menjadi asesor daerah ini. Buka asesmen yang ada."
    en = "That person is an assessor of this city already. Open the assessment that is there."


class AssessmentNotDraft(WrongState):
    """Only an assessment that is being written can be given up."""

    code = "ASSESSMENT_NOT_DRAFT"
    id = "Asesmen ini sudah dikirim atau dilepas. Kembalikan dahulu kepada asesornya."
    en = "This assessment was submitted or released. Give it back to its assessor first."


class AssessmentNotSubmitted(WrongState):
    """Only a submitted assessment can be given back."""

    code = "ASSESSMENT_NOT_SUBMITTED"
    id = "Asesmen ini belum dikirim, jadi asesornya masih dapat mengubahnya. Hubungi asesornya."
    en = "This assessment was not submitted: its assessor may still change it. Talk to them."


def assign(session: Session, participation_id: UUID, *, assessor_id: UUID) -> Assessment:
    """Let an expert assess the city, as its assessor in the cohort's cycle; they are told.

    Who was released before continues where they left off. Raises AssessmentClosed,
    InstrumentMissing, NotAnExpert, AssignmentConflict for a mentor of the city, or
    AssessorAssigned.
    """
    require(session, Permission.COHORT_MANAGE)
    participation = still_open(session, participation_id)
    instrument_id = required_instrument(session, participation)
    year = session.get_one(Cohort, participation.cohort_id).year
    ensure_part(session, assessor_id, part=ExpertPart.ASSESSOR, cycle=year, path="assessorId")
    row = _former(session, participation.id, assessor_id) or Assessment(
        tenant_id=tenant_of(session),
        id=uuid7(),
        participation_id=participation.id,
        instrument_id=instrument_id,
        assessor_id=assessor_id,
    )
    row.state = AssessmentState.DRAFT
    with unique(session, AssessorAssigned(path=("assessorId",))):
        session.add(row)
    after = {"assessor_id": assessor_id}
    audit.record(session, "assessment.assign", "assessment", row.id, after=after)
    _tell(session, NotificationKind.ASSESSMENT_ASSIGNED, row, participation)
    return row


def release(session: Session, assessment_id: UUID, *, expected_version: int) -> Assessment:
    """Take a city off an assessor who has not submitted; the stage waits for them no longer.

    Raises StaleVersion, AssessmentNotDraft or AssessmentClosed.
    """
    require(session, Permission.COHORT_MANAGE)
    row = locked(session, Assessment, assessment_id, expected_version=expected_version)
    if row.state is not AssessmentState.DRAFT:
        raise AssessmentNotDraft
    participation = still_open(session, row.participation_id)
    row.state = AssessmentState.RELEASED
    audit.record(session, "assessment.release", "assessment", row.id, after={"state": row.state})
    _tell(session, NotificationKind.ASSESSMENT_RELEASED, row, participation)
    return row


def give_back(
    session: Session, assessment_id: UUID, *, expected_version: int, reason: str
) -> Assessment:
    """Give a submitted assessment back to its assessor, who corrects and submits it again.

    Raises StaleVersion, AssessmentNotSubmitted, AssessmentClosed, or Invalid without a reason.
    """
    require(session, Permission.COHORT_MANAGE)
    row = locked(session, Assessment, assessment_id, expected_version=expected_version)
    if row.state is not AssessmentState.SUBMITTED:
        raise AssessmentNotSubmitted
    participation = still_open(session, row.participation_id)
    text = text_value(reason, path=("reason",), required=True)
    before = {"score": row.score, "submitted_at": row.submitted_at}
    row.state, row.score, row.submitted_at = AssessmentState.DRAFT, None, None
    after = {"reason": text}
    audit.record(session, "assessment.give_back", "assessment", row.id, before=before, after=after)
    _tell(session, NotificationKind.ASSESSMENT_RETURNED, row, participation, text=text)
    return row


def _former(session: Session, participation_id: UUID, assessor_id: UUID) -> Assessment | None:
    mine = select(Assessment).where(
        Assessment.tenant_id == tenant_of(session),
        Assessment.participation_id == participation_id,
        Assessment.assessor_id == assessor_id,
        Assessment.state == AssessmentState.RELEASED,
    )
    return session.scalar(mine.with_for_update())


def _tell(
    session: Session,
    kind: NotificationKind,
    row: Assessment,
    participation: Participation,
    **facts: str,
) -> None:
    session.flush()  # its version makes the notice one of its own
    year = session.get_one(Cohort, participation.cohort_id).year
    facts |= {"city": city_of(session).name, "year": str(year)}
    people = [row.assessor_id]
    tell(session, kind, subject_id=row.id, data=facts, people=people, key=str(row.version))
