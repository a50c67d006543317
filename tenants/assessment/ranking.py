"""The ranking of a cohort, computed anew from instrument and answers; and where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.identity.policy import Permission, require
from tenants.assessment.instruments import measures, parameters_of
from tenants.assessment.models import Answer, Assessment, AssessmentState
from tenants.assessment.scoring import mean, ranked, score, spread
from tenants.cities.models import City, Participation


@dataclass(frozen=True)
class Standing:
    """A city's place in its cohort; provisional and private until the ministry decides."""

    participation_id: UUID
    city: str
    tenant_id: int
    place: int
    tied: bool
    score: Decimal
    spread: Decimal
    assessors: int
    stage: str


def ranking(session: Session, cohort_id: UUID) -> list[Standing]:
    """Return the standings of a cohort, best first, each score computed from its answers.

    Cities without a submitted assessment have no place. For the ministry's door. Raises Forbidden.
    """
    require(session, Permission.NATIONAL_READ)
    scores = scores_of(session, cohort_id)
    cities = _cities(session, cohort_id)
    places = ranked({key: mean(each) for key, each in scores.items()})
    return [
        Standing(
            participation_id=row.key,
            city=cities[row.key][1],
            tenant_id=cities[row.key][0],
            place=row.place,
            tied=row.tied,
            score=row.score,
            spread=spread(scores[row.key]),
            assessors=len(scores[row.key]),
            stage=cities[row.key][2],
        )
        for row in places
    ]


def scores_of(session: Session, cohort_id: UUID) -> dict[UUID, list[Decimal]]:
    """Return each participation's scores, one for each submitted assessment, computed anew."""
    rows = session.execute(
        select(Assessment.id, Assessment.participation_id, Assessment.instrument_id)
        .join(
            Participation,
            (Participation.id == Assessment.participation_id)
            & (Participation.tenant_id == Assessment.tenant_id),
        )
        .where(Participation.cohort_id == cohort_id)
        .where(Assessment.state == AssessmentState.SUBMITTED)
    ).all()
    answers = _answers(session, [row.id for row in rows])
    instruments = {
        each: measures(parameters_of(session, each)) for each in {row.instrument_id for row in rows}
    }
    scores: dict[UUID, list[Decimal]] = defaultdict(list)
    for row in rows:
        scores[row.participation_id].append(score(instruments[row.instrument_id], answers[row.id]))
    return dict(scores)


def _answers(session: Session, assessments: Iterable[UUID]) -> dict[UUID, dict[UUID, Decimal]]:
    theirs = select(Answer.assessment_id, Answer.parameter_id, Answer.score).where(
        Answer.assessment_id.in_(list(assessments))
    )
    found: dict[UUID, dict[UUID, Decimal]] = defaultdict(dict)
    for assessment_id, parameter_id, value in session.execute(theirs):
        found[assessment_id][parameter_id] = value
    return found


def _cities(session: Session, cohort_id: UUID) -> dict[UUID, tuple[int, str, str]]:
    rows = session.execute(
        select(Participation.id, City.id, City.name, Participation.stage)
        .join(City, City.id == Participation.tenant_id)
        .where(Participation.cohort_id == cohort_id)
    )
    return {row[0]: (row[1], row[2], row[3].value) for row in rows}
