"""Experts' assignments, and what each expert carries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry
from sqlalchemy import Boolean, ColumnElement, FromClause, Text, Uuid, case, exists, null, or_

from graphql_schema.cities.types import City
from graphql_schema.identity.types import Person
from graphql_schema.node import Node
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import column, computed, key, one, reads
from kotacerdas.identity.models import Person as PersonRow
from kotacerdas.identity.policy import Permission, permitted
from tenants.experts import models as rows


def _handover(row: FromClause, asking: Asking) -> ColumnElement[Any]:
    """The notes for who wrote them, who continues the work, and the ministry; else null."""
    person = asking.value(lambda scope: scope.person_id, Uuid())
    ministry = asking.value(lambda scope: permitted(scope, Permission.NATIONAL_READ), Boolean())
    next_ = rows.Assignment.__table__.alias()
    succeeds = exists().where(
        next_.c.tenant_id == asking.tenant(row.c.tenant_id),
        next_.c.replaces_id == row.c.id,
        next_.c.person_id == person,
    )
    reader = or_(ministry, row.c.person_id == person, succeeds.correlate(row))
    return case((reader, row.c.handover), else_=null()).cast(Text)


@reads(rows.Assignment, "asg", description="An expert's part in a city in one cycle.")
class Assignment(Node):
    """An expert's part in a city in one cycle; it gives sight of the city and takes it away."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Assignment.tenant_id, "Where the expert works.")
    expert: Person = one("Person", rows.Assignment.person_id, "Who has this part.")
    part: rows.ExpertPart = column(rows.Assignment.part, "Mentor or assessor.")
    cycle: int = column(rows.Assignment.cycle, "Year of the cohort or of the evaluation.")
    started_at: datetime = column(rows.Assignment.started_at, "Since when.")
    ended_at: datetime | None = column(rows.Assignment.ended_at, "When it ended; null: it runs.")
    assigned_by: Person | None = one(
        "Person", rows.Assignment.assigned_by, "Who assigned; null for the operator."
    )
    replaces: Assignment | None = one(
        "Assignment", rows.Assignment.replaces_id, "Assignment that this one continues."
    )
    handover: str | None = computed(
        _handover,
        "Notes for the successor: read by their writer, the successor and the ministry.",
    )
    version: int = column(rows.Assignment.version, "Version for `expectedVersion`.")


@reads(PersonRow, description="What an expert carries over all cities.")
class ExpertLoad:
    """What an expert carries over all cities."""

    expert: Person = one("Person", "person_id", "The expert; `id` names them when assigning.")
    cities: int = column("cities", "Cities with an assignment that runs.")
    mentoring: int = column("mentoring", "Assignments as mentor that run.")
    assessing: int = column("assessing", "Assignments as assessor that run.")
    open_reviews: int = column("open_reviews", "Reviews begun and not decided.")
    oldest_open_at: datetime | None = column("oldest_open_at", "When the oldest of them began.")
