"""Assessments with their answers, what cities show, and verdicts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import strawberry
from sqlalchemy import (
    Boolean,
    ColumnElement,
    FromClause,
    Select,
    Uuid,
    and_,
    case,
    exists,
    or_,
    select,
)

from graphql_schema.assessment.instruments import Instrument, InstrumentParameter
from graphql_schema.cities.participations import Participation
from graphql_schema.cities.types import City
from graphql_schema.identity.types import Person
from graphql_schema.node import Node
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import column, computed, key, listed, one, reads
from kotacerdas.identity.policy import Permission, permitted
from tenants.assessment import models as rows
from tenants.assessment.models import AssessmentState


def _visible(row: FromClause, asking: Asking) -> ColumnElement[bool]:
    """Whether who asks may read an assessment's scores: nobody is to lean on another's.

    The ministry reads all; an assessor their own, and the others' once their own is handed in.
    """
    ministry = asking.value(lambda scope: permitted(scope, Permission.NATIONAL_READ), Boolean())
    person = asking.value(lambda scope: scope.person_id, Uuid())
    own = rows.Assessment.__table__.alias()
    done = exists().where(
        own.c.tenant_id == asking.tenant(row.c.tenant_id),
        own.c.participation_id == row.c.participation_id,
        own.c.assessor_id == person,
        own.c.state == AssessmentState.SUBMITTED,
    )
    others = and_(row.c.state == AssessmentState.SUBMITTED, done.correlate(row))
    return or_(ministry, row.c.assessor_id == person, others)


def _answers(assessment: FromClause, asking: Asking) -> Select[Any]:
    answer, parameter = rows.Answer.__table__.alias(), rows.Parameter.__table__.alias()
    return (
        select(answer)
        .join(parameter, parameter.c.id == answer.c.parameter_id)
        .where(
            answer.c.tenant_id == asking.tenant(assessment.c.tenant_id),
            answer.c.assessment_id == assessment.c.id,
            _visible(assessment, asking),
        )
        .order_by(parameter.c.ordinal)
    )


@reads(
    rows.Answer,
    description="An assessor's score for a parameter.",
    requires=Permission.ASSESSMENT_READ,
)
class AssessmentAnswer:
    """An assessor's score for a parameter, and what it stands on."""

    parameter: InstrumentParameter = one(
        "InstrumentParameter", rows.Answer.parameter_id, "What is scored."
    )
    score: Decimal = column(rows.Answer.score, "Score on the parameter's scale.")
    evidence: str | None = column(rows.Answer.evidence, "What it stands on.")
    link: str | None = column(rows.Answer.link, "Where the evidence is found.")
    reason: str | None = column(rows.Answer.note, "Why this score.")


@reads(
    rows.Assessment,
    "asm",
    description="One assessor's view of a city; for the ministry and assessors.",
    requires=Permission.ASSESSMENT_READ,
)
class Assessment(Node):
    """One assessor's view of a city that was invited into a cohort."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Assessment.tenant_id, "City that is assessed.")
    participation: Participation | None = one(
        "Participation", rows.Assessment.participation_id, "Participation that is assessed."
    )
    instrument: Instrument = one(
        "Instrument", rows.Assessment.instrument_id, "Instrument by which it is done."
    )
    assessor: Person = one("Person", rows.Assessment.assessor_id, "Who assesses.")
    state: AssessmentState = column(rows.Assessment.state, "Whether the assessor still writes.")
    submitted_at: datetime | None = column(rows.Assessment.submitted_at, "When it was handed in.")
    version: int = column(rows.Assessment.version, "Version for `expectedVersion`.")
    score: Decimal | None = computed(
        lambda row, asking: case((_visible(row, asking), row.c.score)),
        "0 to 100, computed from the answers when it was handed in; null to an assessor who has"
        " not handed in their own.",
    )
    note: str | None = computed(
        lambda row, asking: case((_visible(row, asking), row.c.note)),
        "The assessor's words on the whole; null as `score`.",
    )
    answers: list[AssessmentAnswer] = listed(
        "AssessmentAnswer", _answers, "Scores by parameter; none where `score` is hidden."
    )


@reads(rows.Evidence, "ade", description="What a city shows to its assessors for a parameter.")
class AssessmentEvidence(Node):
    """What a city shows to its assessors for a parameter."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Evidence.tenant_id, "City that shows it.")
    participation: Participation = one(
        "Participation", rows.Evidence.participation_id, "Participation that is assessed."
    )
    parameter: InstrumentParameter = one(
        "InstrumentParameter", rows.Evidence.parameter_id, "What it is about."
    )
    text: str = column(rows.Evidence.text, "The city's words.")
    link: str | None = column(rows.Evidence.link, "Where more is found.")
    version: int = column(rows.Evidence.version, "Version for `expectedVersion`.")


@reads(rows.SelectionVerdict, "vdt", description="What the ministry decided on a participation.")
class SelectionVerdict(Node):
    """What the ministry decided on a participation last, and by which letter."""

    id: strawberry.ID = key()
    city: City = one("City", rows.SelectionVerdict.tenant_id, "City that it is about.")
    verdict: rows.VerdictKind = column(rows.SelectionVerdict.verdict, "What was decided.")
    letter_number: str = column(rows.SelectionVerdict.letter_number, "Number of the letter.")
    letter_date: date = column(rows.SelectionVerdict.letter_date, "Date of the letter.")
    reserve_rank: int | None = column(
        rows.SelectionVerdict.reserve_rank, "Place in the reserve list; null outside of it."
    )
    is_published: bool = column(
        rows.SelectionVerdict.is_published, "Whether the ministry shows the city its score."
    )
    score: Decimal | None = computed(
        lambda row, _asking: case((row.c.is_published, row.c.score)),
        "Mean of the assessors' scores, 0 to 100, on the day of the letter; null until published.",
    )
    place: int | None = computed(
        lambda row, _asking: case((row.c.is_published, row.c.place)),
        "Place in the cohort on the day of the letter; null until published.",
    )
