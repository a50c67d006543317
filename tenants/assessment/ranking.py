"""The ranking of a cohort, computed anew from instrument and answers; and where it stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.identity.policy import Permission, require
from tenants.assessment.instruments import measures, parameters_of
from tenants.assessment.models import Answer, Assessment, AssessmentState, Parameter
from tenants.assessment.scoring import mean, parts, ranked, score, spread
from tenants.cities.models import City, Participation
from tenants.cities.workflow import Stage

Sheet = dict[UUID, Decimal]
"""One assessor's answers by parameter."""


@dataclass(frozen=True)
class StandingPart:
    """What one parameter brings: the assessors' mean answer, and its points of the score."""

    parameter: Parameter
    answer: Decimal
    points: Decimal


@dataclass(frozen=True)
class Standing:
    """A city's place in its cohort; provisional and private until the ministry decides."""

    participation_id: UUID
    tenant_id: int
    city: str
    slug: str
    stage: Stage
    place: int
    tied: bool
    score: Decimal
    spread: Decimal
    assessors: int
    parts: tuple[StandingPart, ...]


def ranking(session: Session, cohort_id: UUID) -> list[Standing]:
    """Return the standings of a cohort, best first, each score computed from its answers.

    Cities without a submitted assessment that answers its whole instrument have no place. For the
    ministry's door. Raises Forbidden.
    """
    require(session, Permission.NATIONAL_READ)
    cities = _cities(session, cohort_id)
    sheets, instruments = _sheets(session, cohort_id)
    known = {each: parameters_of(session, each) for each in set(instruments.values())}
    sheets = {
        key: complete
        for key, mine in sheets.items()
        if (complete := _complete(known[instruments[key]], mine))
    }
    scores = {
        key: [score(measures(known[instruments[key]]), sheet) for sheet in mine]
        for key, mine in sheets.items()
    }
    standings = []
    for row in ranked({key: mean(each) for key, each in scores.items()}):
        tenant_id, city, slug, stage = cities[row.key]
        standings.append(
            Standing(
                participation_id=row.key,
                tenant_id=tenant_id,
                city=city,
                slug=slug,
                stage=stage,
                place=row.place,
                tied=row.tied,
                score=row.score,
                spread=spread(scores[row.key]),
                assessors=len(scores[row.key]),
                parts=_parts(known[instruments[row.key]], sheets[row.key]),
            )
        )
    return standings


def _parts(parameters: list[Parameter], sheets: list[Sheet]) -> tuple[StandingPart, ...]:
    found = parts(measures(parameters), sheets)
    return tuple(StandingPart(each, *found[each.id]) for each in parameters)


def _complete(parameters: list[Parameter], sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets that can be scored: of an instrument with parameters, all answered."""
    asked = {each.id for each in parameters}
    return [sheet for sheet in sheets if asked and asked <= sheet.keys()]


def _sheets(session: Session, cohort_id: UUID) -> tuple[dict[UUID, list[Sheet]], dict[UUID, UUID]]:
    """Return each participation's submitted sheets, and the instrument that they answer."""
    rows = session.execute(
        select(
            Assessment.id,
            Assessment.participation_id,
            Assessment.instrument_id,
            Answer.parameter_id,
            Answer.score,
        )
        .join(
            Participation,
            (Participation.id == Assessment.participation_id)
            & (Participation.tenant_id == Assessment.tenant_id),
        )
        .join(
            Answer,
            (Answer.assessment_id == Assessment.id) & (Answer.tenant_id == Assessment.tenant_id),
        )
        .where(Participation.cohort_id == cohort_id)
        .where(Assessment.state == AssessmentState.SUBMITTED)
    )
    by_assessment: dict[UUID, Sheet] = defaultdict(dict)
    sheets: dict[UUID, list[Sheet]] = defaultdict(list)
    instruments = {}
    for assessment_id, key, instrument_id, parameter_id, value in rows:
        if assessment_id not in by_assessment:
            sheets[key].append(by_assessment[assessment_id])
        by_assessment[assessment_id][parameter_id] = value
        instruments[key] = instrument_id
    return sheets, instruments


def _cities(session: Session, cohort_id: UUID) -> dict[UUID, tuple[int, str, str, Stage]]:
    rows = session.execute(
        select(Participation.id, City.id, City.name, City.slug, Participation.stage)
        .join(City, City.id == Participation.tenant_id)
        .where(Participation.cohort_id == cohort_id)
    )
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}
