"""What stands now where a remark points, and whether that is still what was quoted: SQL, pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from kotacerdas.tenancy import Model, table_of
from tenants.cities.models import Unit
from tenants.editions.models import Dimension
from tenants.masterplan.analysis.models import Gap, Readiness, Strategy, SwotPoint
from tenants.masterplan.books.models import Section
from tenants.masterplan.models import Budget, Goal, Masterplan, Mission, Programme, YearTarget
from tenants.remarks.anchors import RemarkField as F
from tenants.remarks.models import Remark, RemarkAbout
from tenants.submissions.models import Innovation

Tenant = ColumnElement[int]
Value = ColumnElement[str]

TABLES: dict[RemarkAbout, type[Model]] = {
    RemarkAbout.INNOVATION: Innovation,
    RemarkAbout.SECTION: Section,
    RemarkAbout.PROGRAMME: Programme,
    RemarkAbout.VISION: Masterplan,
    RemarkAbout.MISSION: Mission,
    RemarkAbout.GOAL: Goal,
    RemarkAbout.READINESS: Readiness,
    RemarkAbout.GAP: Gap,
    RemarkAbout.SWOT: SwotPoint,
    RemarkAbout.STRATEGY: Strategy,
}
"""What a remark is about -> the table of its subject."""

PROSE = 'strict $.blocks[*]{block}.** ? (@.type() == "object" && exists(@.{key})).{key}'
"""Every text within a body, or within the block of that id."""


def standing(remark: FromClause, tenant: Tenant) -> Value:
    """What the place says now: '' for nothing, and for a whole; NULL where the subject is gone."""
    return case(
        *(
            (remark.c.about == about, _value(about, model, remark, tenant))
            for about, model in TABLES.items()
        )
    )


def orphaned(remark: FromClause, tenant: Tenant) -> ColumnElement[bool]:
    """Whether the subject is gone, or what was quoted no longer stands there.

    Words are compared without the blanks and marks between them: setting them in bold changes
    nothing.
    """
    # A limit keeps what stands there from being looked up for each use of it.
    now = select(standing(remark, tenant).label("text")).limit(1).correlate(remark).subquery()
    gone = func.strpos(_letters(now.c.text), _letters(remark.c.quote)) == 0
    changed = case((remark.c.excerpt, gone), else_=now.c.text != remark.c.quote)
    return select(or_(now.c.text.is_(None), changed)).correlate(remark).scalar_subquery()


def stands_at(
    session: Session, place: Mapping[str, object], tenant_id: int
) -> tuple[str | None, bool]:
    """What stands at a place before a remark is written there, and whether it lacks the quote.

    `place` has the remark's columns that say where it points, `quote` and `excerpt`.
    """
    columns = table_of(Remark).c
    at = select(
        *(cast(literal(value), columns[name].type).label(name) for name, value in place.items())
    ).subquery()
    tenant = literal(tenant_id)
    row = session.execute(select(standing(at, tenant), orphaned(at, tenant))).one()
    return row[0], row[1]


def _value(about: RemarkAbout, model: type[Model], remark: FromClause, tenant: Tenant) -> Value:
    row = table_of(model).alias()
    mine = and_(row.c.tenant_id == tenant, row.c.id == remark.c.subject_id)
    special = SPECIAL[about](row, remark, tenant) if about in SPECIAL else []
    fields: Fields = [(remark.c.anchor == F.WHOLE, literal("", Text)), *special]
    plain = func.to_jsonb(row.table_valued()).op("->>", return_type=Text())(remark.c.anchor)
    value = case(*fields, else_=plain)
    return select(func.coalesce(value, "")).where(mine).correlate(remark).scalar_subquery()


Fields = list[tuple[ColumnElement[bool], ColumnElement[Any]]]


def _of_innovation(row: FromClause, remark: FromClause, _tenant: Tenant) -> Fields:
    pillar = table_of(Dimension).alias()
    code = select(pillar.c.code).where(pillar.c.id == row.c.dimension_id)
    return [(remark.c.anchor == F.DIMENSION, code.scalar_subquery())]


def _of_section(row: FromClause, remark: FromClause, _tenant: Tenant) -> Fields:
    within = func.jsonb_build_object("id", remark.c.block_id)
    block, body = (_texts(row, within, part) for part in (" ? (@.id == $id)", ""))
    return [
        (and_(remark.c.anchor == F.BODY, remark.c.block_id.is_not(None)), block),
        (remark.c.anchor == F.BODY, body),
    ]


def _texts(row: FromClause, within: ColumnElement[Any], part: str) -> Value:
    """The texts of a body, or of one block of it, with blanks between them."""
    found = [
        func.jsonb_path_query(row.c.body, _path(part, key), within)
        .table_valued("value")
        .render_derived()
        for key in ("text", "caption")
    ]
    texts = [
        select(func.string_agg(each.c.value.op("#>>")(literal_column("'{}'::text[]")), " "))
        .select_from(each)
        .scalar_subquery()
        for each in found
    ]
    return func.regexp_replace(func.concat_ws(" ", *texts), r"\s+", " ", "g")


def _path(part: str, key: str) -> ColumnElement[Any]:
    path = PROSE.replace("{block}", part).replace("{key}", key)
    return literal_column(f"'{path}'::jsonpath")


def _of_programme(row: FromClause, remark: FromClause, tenant: Tenant) -> Fields:
    unit, goal = table_of(Unit).alias(), table_of(Goal).alias()
    lead = select(unit.c.name).where(unit.c.tenant_id == tenant, unit.c.id == row.c.lead_unit_id)
    serves = select(goal.c.text).where(goal.c.tenant_id == tenant, goal.c.id == row.c.goal_id)
    return [
        (remark.c.anchor == F.LEAD_UNIT, lead.correlate(row, remark).scalar_subquery()),
        (remark.c.anchor == F.GOAL, serves.correlate(row, remark).scalar_subquery()),
        (remark.c.anchor == F.TARGETS, _target(row, remark, tenant)),
        (remark.c.anchor == F.BUDGETS, _budgets(row, remark, tenant)),
    ]


def _target(row: FromClause, remark: FromClause, tenant: Tenant) -> Value:
    target = table_of(YearTarget).alias()
    mine = (target.c.programme_id == row.c.id) & (target.c.year == remark.c.year)
    value = select(cast(func.trim_scale(target.c.value), Text))
    found = value.where(target.c.tenant_id == tenant, mine)
    return found.correlate(row, remark).scalar_subquery()


def _budgets(row: FromClause, remark: FromClause, tenant: Tenant) -> Value:
    budget = table_of(Budget).alias()
    mine = (budget.c.programme_id == row.c.id) & (budget.c.year == remark.c.year)
    amount = func.concat(
        func.upper(budget.c.source), " Rp", func.trim_scale(budget.c.amount_rupiah)
    )
    line = func.string_agg(amount, aggregate_order_by(literal("; ", Text), budget.c.source))
    found = select(line).where(budget.c.tenant_id == tenant, mine)
    return found.correlate(row, remark).scalar_subquery()


SPECIAL = {
    RemarkAbout.INNOVATION: _of_innovation,
    RemarkAbout.SECTION: _of_section,
    RemarkAbout.PROGRAMME: _of_programme,
}
"""Fields that are no column of the subject's own row."""


def _letters(text: ColumnElement[Any]) -> Value:
    return func.lower(func.regexp_replace(text, r"\W+", "", "g"))
