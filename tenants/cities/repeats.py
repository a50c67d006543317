"""Whether a participation is a repeat: the same region took part in an earlier cohort."""

from __future__ import annotations

from sqlalchemy import ColumnElement, FromClause, and_, exists, or_, select

from tenants.cities.models import City, Participant, Participation, ParticipationStep
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort

BEFORE_SELECTION = frozenset(
    {Stage.INVITED, Stage.ASSESSED, Stage.RESERVE, Stage.NOT_SELECTED, Stage.WITHDRAWN}
)
"""Who stands here has not taken part, unless it was selected before it withdrew."""


def is_repeat(row: FromClause, tenant: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether the region of a participation took part before, here or by the public lists.

    `row` is of the table of participations, `tenant` its tenant. A region that was invited and not
    selected has not taken part.
    """
    year = select(Cohort.year).where(Cohort.id == row.c.cohort_id).correlate(row).scalar_subquery()
    return or_(_played(row, tenant, year), _listed(row, tenant, year))


def _played(
    row: FromClause, tenant: ColumnElement[int], year: ColumnElement[int]
) -> ColumnElement[bool]:
    former, cohort = Participation.__table__.alias(), Cohort.__table__.alias()
    step = ParticipationStep.__table__.alias()
    selected = exists().where(
        step.c.tenant_id == former.c.tenant_id,
        step.c.participation_id == former.c.id,
        step.c.stage == Stage.SELECTED,
    )
    stayed = and_(*(former.c.stage != stage for stage in sorted(BEFORE_SELECTION)))
    return (
        exists()
        .where(
            former.c.tenant_id == tenant,
            former.c.cohort_id == cohort.c.id,
            cohort.c.year < year,
            or_(stayed, selected),
        )
        .correlate(row)
    )


def _listed(
    row: FromClause, tenant: ColumnElement[int], year: ColumnElement[int]
) -> ColumnElement[bool]:
    named, cohort = Participant.__table__.alias(), Cohort.__table__.alias()
    city = City.__table__.alias()
    return (
        exists()
        .where(
            city.c.id == tenant,
            named.c.region_code == city.c.region_code,
            named.c.cohort_id == cohort.c.id,
            cohort.c.year < year,
        )
        .correlate(row)
    )
