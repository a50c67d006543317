"""What the cities' plans hold: innovations by pillar and state, money, and each beside its cohort.

All are statements for the ministry's door; each is answered at once for every city.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import ColumnElement, FromClause, Numeric, Select, and_, func, select, type_coerce
from sqlalchemy import cast as sql_cast

from kotacerdas.tenancy import table_of
from tenants.cities.models import City, Participation
from tenants.editions.models import Cohort, Dimension
from tenants.masterplan.books.models import Book, Chapter, Section, SectionState
from tenants.masterplan.models import Budget, Masterplan, Programme
from tenants.national.standing import taking_part
from tenants.submissions.models import Innovation

MEASURES = ("innovations", "programmes", "budget_rupiah", "completeness")


def pillar_counts() -> Select[Any]:
    """Innovations of all cities: dimension_id, ordinal, state, count."""
    row, pillar = table_of(Innovation), table_of(Dimension)
    counted = (
        select(row.c.dimension_id, row.c.state, func.count().label("count"))
        .group_by(row.c.dimension_id, row.c.state)
        .subquery()
    )
    counts: Any = select(*counted.c, pillar.c.ordinal).join(
        pillar, pillar.c.id == counted.c.dimension_id
    )
    return cast("Select[Any]", counts)  # to pyright, named columns are no Select[Any]


def budgets() -> Select[Any]:
    """Money of all programmes: dimension_id, ordinal, source, year, amount_rupiah, programmes."""
    row, programme, pillar = table_of(Budget), table_of(Programme), table_of(Dimension)
    its = and_(programme.c.tenant_id == row.c.tenant_id, programme.c.id == row.c.programme_id)
    keys = (programme.c.dimension_id, row.c.source, row.c.year)
    summed = (
        select(
            *keys,
            func.sum(row.c.amount_rupiah).label("amount_rupiah"),
            func.count().label("programmes"),  # one line of a source and year for each
        )
        .join(programme, its)
        .group_by(*keys)
        .subquery()
    )
    sums: Any = select(*summed.c, pillar.c.ordinal).join(
        pillar, pillar.c.id == summed.c.dimension_id
    )
    return cast("Select[Any]", sums)  # as above


def comparison() -> Select[Any]:
    """Each participation that a masterplan is made in, beside its cohort's medians.

    Columns: tenant_id, name (of the city), cohort_id, year, and of each measure its value and
    `median_...`: the middle city's, or of an even number the lower of both in the middle.
    """
    measured = _measured()
    medians = select(
        measured.c.cohort_id, *(_median(measured.c[name]).label(name) for name in MEASURES)
    ).group_by(measured.c.cohort_id)
    middle, city, cohort = medians.subquery(), table_of(City), table_of(Cohort)
    compared: Any = (
        select(
            measured.c.tenant_id,
            city.c.name,
            measured.c.cohort_id,
            cohort.c.year,
            *(measured.c[name] for name in MEASURES),
            *(middle.c[name].label(f"median_{name}") for name in MEASURES),
        )
        .join(middle, middle.c.cohort_id == measured.c.cohort_id)
        .join(city, city.c.id == measured.c.tenant_id)
        .join(cohort, cohort.c.id == measured.c.cohort_id)
    )
    return cast("Select[Any]", compared)  # as above


def _median(value: ColumnElement[Any]) -> ColumnElement[Any]:
    return type_coerce(func.percentile_disc(0.5).within_group(value), value.type)


def _measured() -> FromClause:
    """Each participation with its measures; nothing there counts as 0."""
    row = table_of(Participation)
    parts = {"innovations": _innovations(), "programmes": _plans(), "completeness": _sections()}
    joined: FromClause = row
    for part in parts.values():
        its = and_(part.c.tenant_id == row.c.tenant_id, part.c.participation_id == row.c.id)
        joined = joined.outerjoin(part, its)
    plans = parts["programmes"]
    money = func.coalesce(plans.c.budget_rupiah, 0)
    share = func.coalesce(parts["completeness"].c.share, 0)
    measured: Any = (
        select(
            row.c.tenant_id,
            row.c.cohort_id,
            func.coalesce(parts["innovations"].c.count, 0).label("innovations"),
            func.coalesce(plans.c.count, 0).label("programmes"),
            sql_cast(money, Numeric(30, 2)).label("budget_rupiah"),
            sql_cast(share, Numeric(5, 2)).label("completeness"),
        )
        .select_from(joined)
        .where(taking_part(row.c.stage))
    )
    return cast("Select[Any]", measured).cte("measured")  # read twice, made once


def _innovations() -> FromClause:
    row = table_of(Innovation)
    keys = (row.c.tenant_id, row.c.participation_id)
    return select(*keys, func.count().label("count")).group_by(*keys).subquery()


def _plans() -> FromClause:
    """Programmes of each participation's plan, and their money."""
    plan, programme, money = table_of(Masterplan), table_of(Programme), table_of(Budget)
    summed = (
        select(
            money.c.tenant_id,
            money.c.programme_id,
            func.sum(money.c.amount_rupiah).label("budget_rupiah"),
        )
        .group_by(money.c.tenant_id, money.c.programme_id)
        .subquery()
    )
    of_plan = and_(
        programme.c.tenant_id == plan.c.tenant_id, programme.c.masterplan_id == plan.c.id
    )
    its = and_(summed.c.tenant_id == programme.c.tenant_id, summed.c.programme_id == programme.c.id)
    return (
        select(
            plan.c.tenant_id,
            plan.c.participation_id,
            func.count().label("count"),
            func.sum(summed.c.budget_rupiah).label("budget_rupiah"),
        )
        .join(programme, of_plan)
        .outerjoin(summed, its)
        .group_by(plan.c.tenant_id, plan.c.participation_id)
        .subquery()
    )


def _sections() -> FromClause:
    """The share of approved sections in each participation's books, in percent."""
    plan, book = table_of(Masterplan), table_of(Book)
    chapter, section = table_of(Chapter), table_of(Section)
    approved = func.count().filter(section.c.state == SectionState.APPROVED)
    share = sql_cast(approved, Numeric) * 100 / func.count()
    keys = (plan.c.tenant_id, plan.c.participation_id)
    chain = ((book, "masterplan_id", plan), (chapter, "book_id", book))
    joined: FromClause = plan
    for child, name, parent in (*chain, (section, "chapter_id", chapter)):
        its = and_(child.c.tenant_id == parent.c.tenant_id, child.c[name] == parent.c.id)
        joined = joined.join(child, its)
    shares = select(*keys, share.label("share")).select_from(joined).group_by(*keys)
    return shares.subquery()
