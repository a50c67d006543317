"""Open tasks over all cities, rolled up to the city and to its cohort. For the ministry's door.

What the next stage lacks (`TaskKind.STAGE`) is told by rules, city by city, and has no due date: it
is counted in the city alone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from kotacerdas.tenancy import table_of
from tenants.cities.models import Participation
from tenants.editions.models import Cohort
from tenants.tasks.sources import waiting


def cohort_counts() -> Select[Any]:
    """Return a row for each cohort and owner.

    Columns: id (the cohort's) and owner, open, overdue, cities (that have such a task), late_cities
    (that have an overdue one). A city counts in its latest cohort.
    """
    tasks, latest = waiting(None).subquery(), _latest()
    late = _late(tasks)
    return (
        select(
            latest.c.cohort_id.label("id"),
            tasks.c.owner,
            *_counts(tasks),
            func.count(tasks.c.tenant_id.distinct()).label("cities"),
            func.count(tasks.c.tenant_id.distinct()).filter(late).label("late_cities"),
        )
        .join_from(tasks, latest, latest.c.tenant_id == tasks.c.tenant_id)
        .group_by(latest.c.cohort_id, tasks.c.owner)
    )


def city_counts() -> Select[Any]:
    """Return a row for each city and owner.

    Columns: id (the city's) and owner, cohort_id (of its latest participation), open and overdue.
    """
    tasks, latest = waiting(None).subquery(), _latest()
    return (
        select(
            tasks.c.tenant_id.label("id"),
            tasks.c.owner,
            latest.c.cohort_id,
            *_counts(tasks),
        )
        .join_from(tasks, latest, latest.c.tenant_id == tasks.c.tenant_id)
        .group_by(tasks.c.tenant_id, tasks.c.owner, latest.c.cohort_id)
    )


def _counts(tasks: FromClause) -> list[ColumnElement[Any]]:
    return [
        func.count().label("open"),
        func.count().filter(_late(tasks)).label("overdue"),
    ]


def _late(tasks: FromClause) -> ColumnElement[bool]:
    return tasks.c.due_at < func.now()


def _latest() -> Subquery:
    part, cohort = table_of(Participation).alias(), table_of(Cohort).alias()
    return (
        select(part.c.tenant_id, part.c.cohort_id)
        .join_from(part, cohort, cohort.c.id == part.c.cohort_id)
        .ext(distinct_on(part.c.tenant_id))
        .order_by(part.c.tenant_id, cohort.c.year.desc())
        .subquery()
    )
