"""The selection of a cohort: its ranking, its reserve list, and the ministry's letters."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import strawberry
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Numeric,
    Select,
    Text,
    Uuid,
    func,
    select,
)
from sqlalchemy.orm import Session

from graphql_schema import ids
from graphql_schema.cities.participations import Participation
from graphql_schema.cities.types import City
from graphql_schema.editions.types import Cohort
from graphql_schema.identity.types import Person
from graphql_schema.ids import CITY, Key
from graphql_schema.node import Node
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import column, computed, key, listed, one, reads
from graphql_schema.reader.documents import entries
from graphql_schema.reader.ruling import ruled
from graphql_schema.scalars import Slug
from kotacerdas.identity.policy import Permission
from tenants.assessment import models as rows
from tenants.assessment import ranking
from tenants.assessment.faults import SEATLESS
from tenants.assessment.reserve import waiting
from tenants.cities.models import Participation as ParticipationRow
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort as CohortRow


@strawberry.type(description="What one parameter brings to a city's score.")
class StandingPart:
    """What one parameter brings to a city's score."""

    code: str = strawberry.field(description="The parameter's code.")
    name: str = strawberry.field(description="Its name in Indonesian.")
    name_en: str = strawberry.field(description="Its name in English.")
    weight: Decimal = strawberry.field(description="Its weight in percent.")
    answer: Decimal = strawberry.field(description="Mean of the assessors' scores.")
    points: Decimal = strawberry.field(description="Points of the city's score, rounded.")


@strawberry.type(description="A city's place in its cohort, provisional and private.")
class Standing:
    """A city's place in its cohort; provisional and private until the ministry decides."""

    participation_id: strawberry.ID = strawberry.field(description="Its participation.")
    city_id: strawberry.ID = strawberry.field(description="The city.")
    city_name: str = strawberry.field(description="The city's name.")
    city_slug: Slug = strawberry.field(description="The city's name in addresses.")
    stage: Stage = strawberry.field(description="Where the participation stands.")
    place: int = strawberry.field(description="Place, from 1; equal scores share one.")
    tied: bool = strawberry.field(description="Whether another city has the same score.")
    score: Decimal = strawberry.field(description="Mean of the assessors' scores, 0 to 100.")
    spread: Decimal = strawberry.field(description="How far the assessors are apart.")
    assessors: int = strawberry.field(description="How many have handed in.")
    parts: list[StandingPart] = strawberry.field(description="What each parameter brings.")


def standings_of(session: Session, cohort_id: UUID) -> list[Standing]:
    """Return the ranking of a cohort, computed now from instrument and answers."""
    return [_standing(each) for each in ranking.ranking(session, cohort_id)]


def _standing(row: ranking.Standing) -> Standing:
    return Standing(
        participation_id=strawberry.ID(str(Key("par", row.tenant_id, row.participation_id))),
        city_id=strawberry.ID(str(Key(CITY, row.tenant_id, None))),
        city_name=row.city,
        city_slug=Slug(row.slug),
        stage=row.stage,
        place=row.place,
        tied=row.tied,
        score=row.score,
        spread=row.spread,
        assessors=row.assessors,
        parts=[
            StandingPart(
                code=each.parameter.code,
                name=each.parameter.name,
                name_en=each.parameter.name_en,
                weight=each.parameter.weight,
                answer=each.answer,
                points=each.points,
            )
            for each in row.parts
        ],
    )


@reads(rows.Decision, description="What a letter decides on one city.")
class SelectionLine:
    """What a letter decides on one city."""

    city: City = one("City", "tenant_id", "City on which it decides.")
    participation_id: strawberry.ID = computed(
        lambda row, _asking: ids.sql("par", row, "participation_id"), "Its participation."
    )
    verdict: rows.VerdictKind = column("verdict", "What is decided.")
    reserve_rank: int | None = column("reserve_rank", "Place in the reserve list, if it has one.")
    score: Decimal | None = column("score", "Its score on the day of the decision.")
    place: int | None = column("place", "Its place on the day of the decision.")


@reads(
    rows.Decision,
    "sdc",
    description="A letter by which the ministry decides on many cities of a cohort.",
    requires=Permission.NATIONAL_READ,
)
class SelectionLetter(Node):
    """A letter by which the ministry decides on many cities of a cohort, all or nothing."""

    id: strawberry.ID = key()
    cohort: Cohort = one("Cohort", rows.Decision.cohort_id, "Cohort on which it decides.")
    letter_number: str = column(rows.Decision.letter_number, "Its number.")
    letter_date: date = column(rows.Decision.letter_date, "Its date.")
    publish_scores: bool = column(
        rows.Decision.publish_scores, "Whether each city is shown its own score."
    )
    decided_by: Person | None = one(
        "Person", rows.Decision.person_id, "Who entered it; null for the operator."
    )
    decided_at: datetime = column(rows.Decision.decided_at, "When it was entered.")
    applied_at: datetime | None = column(
        rows.Decision.applied_at, "When all stages had followed; null: a job is at it."
    )
    lines: list[SelectionLine] = listed(
        "SelectionLine",
        entries(
            "verdicts",
            (),
            tenant_id=(("tenant_id",), Integer()),
            participation_id=(("participation_id",), Uuid()),
            verdict=(("verdict",), Text()),
            reserve_rank=(("reserve_rank",), Integer()),
            score=(("score",), Numeric(8, 2)),
            place=(("place",), Integer()),
        ),
        "What it decides on each city, in the order of the letter.",
    )


def _taken(cohort: FromClause, _asking: Asking) -> ColumnElement[int]:
    """How many places of the quota are taken."""
    row = ParticipationRow.__table__.alias()
    seated = select(func.count()).select_from(row).where(row.c.cohort_id == cohort.c.id)
    taking = (row.c.stage != stage for stage in sorted(SEATLESS))
    return seated.where(*taking).correlate(cohort).scalar_subquery()


def _letters(cohort: FromClause, _asking: Asking) -> Select[Any]:
    row = rows.Decision.__table__.alias()
    mine = select(row).where(row.c.cohort_id == cohort.c.id)
    return mine.order_by(row.c.id.desc())


@reads(CohortRow, description="How the cities of a cohort are selected.")
class Selection:
    """How the cities of a cohort are selected: ranking, reserve list and letters."""

    cohort: Cohort = one(
        "Cohort", lambda child, parent: child.c.id == parent.c.id, "Cohort that is selected."
    )
    places_taken: int | None = computed(_taken, "Places of the quota that are taken.")
    standings: list[Standing] | None = ruled(
        standings_of,
        "The ranking, best first, computed now from instrument and answers; cities without a"
        " submitted assessment have no place.",
    )
    reserve: list[Participation] | None = listed(
        "Participation",
        lambda cohort, _asking: waiting(cohort.c.id),
        "The reserve list, in the order in which its cities are called.",
    )
    letters: list[SelectionLetter] | None = listed(
        "SelectionLetter", _letters, "The ministry's letters, newest first."
    )
