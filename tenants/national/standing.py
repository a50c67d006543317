"""Where the cities stand: by cohort and stage, on the map, late, and when they last did something.

All are statements for the ministry's door; each is answered at once for every city.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    any_,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import aggregate_order_by, distinct_on

from kotacerdas.audit.models import AuditEntry, AuditHead
from kotacerdas.tenancy import table_of
from tenants.cities.models import City, Deadline, Participation, Region
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort

ENDED = (Stage.NOT_SELECTED, Stage.RESERVE, Stage.WITHDRAWN, Stage.NOT_FINISHED)
"""Stages in which nothing is due."""
BEFORE_ACCEPTANCE = (
    Stage.SELECTED,
    Stage.COMMITTED,
    Stage.INSTITUTED,
    Stage.MENTORED,
    Stage.PRESENTED,
    Stage.REVISION,
)
"""Stages in which the cohort's target date is missed once it has passed."""
TAKING_PART = (*BEFORE_ACCEPTANCE, Stage.ACCEPTED, Stage.ADOPTED, Stage.IMPLEMENTING)
"""Stages of those who were selected and neither left nor failed."""


def stage_counts() -> Select[Any]:
    """Participations by cohort and stage: cohort_id, year, place (of the stage), stage, count."""
    row, cohort = table_of(Participation), table_of(Cohort)
    place = func.array_position(_texts(tuple(Stage)), sql_cast(row.c.stage, Text))
    counts: Any = (
        select(
            row.c.cohort_id,
            cohort.c.year,
            place.label("place"),
            row.c.stage,
            func.count().label("count"),
        )
        .join(cohort, cohort.c.id == row.c.cohort_id)
        .group_by(row.c.cohort_id, cohort.c.year, row.c.stage)
    )
    return cast("Select[Any]", counts)  # to pyright, named columns are no Select[Any]


def map_marks() -> Select[Any]:
    """Every city with its place on the map and its latest participation.

    Columns: tenant_id, name, longitude, latitude, position_source, participation_id, stage, overdue
    (deadlines), is_late.
    """
    city, region, last = table_of(City), table_of(Region), latest()
    overdue = _overdue("participation_id").subquery()
    theirs = and_(overdue.c.tenant_id == city.c.id, overdue.c.participation_id == last.c.id)
    missed = and_(_among(last.c.stage, BEFORE_ACCEPTANCE), last.c.target_date < func.current_date())
    marks: Any = (
        select(
            city.c.id.label("tenant_id"),
            city.c.name,
            region.c.longitude,
            region.c.latitude,
            region.c.position_source,
            _perhaps(last.c.id).label("participation_id"),
            _perhaps(last.c.stage).label("stage"),
            func.coalesce(overdue.c.count, 0).label("overdue"),
            or_(overdue.c.count.is_not(None), func.coalesce(missed, False)).label("is_late"),
        )
        .join(region, region.c.code == city.c.region_code)
        .outerjoin(last, last.c.tenant_id == city.c.id)
        .outerjoin(overdue, theirs)
    )
    return cast("Select[Any]", marks)  # as above


def overdue_cities() -> Select[Any]:
    """Cities with deadlines that have passed: tenant_id, count, oldest_due_at, oldest_name."""
    return _overdue()


def activity() -> Select[Any]:
    """Every city with its last change: tenant_id, name, at, action; nulls where there is none."""
    city, head, entry = table_of(City), table_of(AuditHead), table_of(AuditEntry)
    newest = and_(entry.c.tenant_id == head.c.tenant_id, entry.c.sequence == head.c.sequence)
    last: Any = (
        select(
            city.c.id.label("tenant_id"),
            city.c.name,
            _perhaps(entry.c.at).label("at"),
            _perhaps(entry.c.action).label("action"),
        )
        .outerjoin(head, head.c.tenant_id == city.c.id)
        .outerjoin(entry, newest)
    )
    return cast("Select[Any]", last)  # as above


def latest() -> FromClause:
    """The participation of each city in its newest cohort, with the cohort's target date."""
    row, cohort = table_of(Participation), table_of(Cohort)
    newest: Any = (
        select(row.c.tenant_id, row.c.id, row.c.stage, cohort.c.target_date)
        .join(cohort, cohort.c.id == row.c.cohort_id)
        .ext(distinct_on(row.c.tenant_id))
        .order_by(row.c.tenant_id, cohort.c.year.desc())
    )
    return cast("Select[Any]", newest).subquery()


def taking_part(stage: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a participation is one that a masterplan is made in."""
    return _among(stage, TAKING_PART)


def _overdue(*by: str) -> Select[Any]:
    """Unfinished deadlines that have passed, by city and what else is named."""
    row, part = table_of(Deadline), table_of(Participation)
    keys = [row.c.tenant_id, *(row.c[name] for name in by)]
    first = func.array_agg(
        aggregate_order_by(row.c.name, row.c.due_at, row.c.id), type_=ARRAY(Text)
    )
    counts: Any = (
        select(
            *keys,
            func.count().label("count"),
            func.min(row.c.due_at).label("oldest_due_at"),
            first[1].label("oldest_name"),
        )
        .join(part, and_(part.c.tenant_id == row.c.tenant_id, part.c.id == row.c.participation_id))
        .where(row.c.done_at.is_(None), row.c.due_at < func.now(), ~_among(part.c.stage, ENDED))
        .group_by(*keys)
    )
    return cast("Select[Any]", counts)  # as above


def _perhaps(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column of what is joined from outside: it may be null though its table says never."""
    return type_coerce(column, column.type)


def _among(stage: ColumnElement[Any], some: tuple[Stage, ...]) -> ColumnElement[bool]:
    return sql_cast(stage, Text) == any_(_texts(some))


def _texts(some: tuple[Stage, ...]) -> ColumnElement[Any]:
    return literal([stage.value for stage in some], ARRAY(Text))
