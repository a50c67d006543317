"""What reviews wait for: remarks to answer, answers to settle, rounds without a verdict."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
)

from kotacerdas.identity.policy import Role
from kotacerdas.tenancy import table_of
from tenants.cities.models import Participation
from tenants.masterplan.books.models import Chapter, Section
from tenants.masterplan.books.owners import USUAL
from tenants.masterplan.models import Masterplan, Programme
from tenants.remarks.models import Remark, RemarkState
from tenants.reviews.models import ReviewRound, RoundVerdict
from tenants.reviews.standing import REVIEWABLE
from tenants.submissions.models import Innovation
from tenants.submissions.workflow import InnovationState
from tenants.tasks.rows import TaskKind, Tenant, of, task_rows

DISCUSSED = (InnovationState.IN_REVIEW, InnovationState.RETURNED)
"""States of an innovation in which remarks are answered."""


def remarks(tenant: Tenant) -> list[Select[Any]]:
    """Open remarks for who answers them, answered ones of masterplans, and rounds to judge."""
    return [_of_innovations(tenant), _of_plans(tenant), _answered(tenant), _unjudged(tenant)]


def _of_innovations(tenant: Tenant) -> Select[Any]:
    row, innovation = table_of(Remark).alias(), table_of(Innovation).alias()
    found = task_rows(
        TaskKind.ANSWER_REMARK,
        Role.UNIT_HEAD,
        "rmk",
        row,
        title=innovation.c.name,
        unit_id=innovation.c.unit_id,
    )
    return found.where(
        of(row, tenant),
        row.c.state == RemarkState.OPEN,
        of(innovation, tenant),
        innovation.c.tenant_id == row.c.tenant_id,
        innovation.c.id == row.c.innovation_id,
        or_(*(innovation.c.state == state for state in DISCUSSED)),
    )


def _of_plans(tenant: Tenant) -> Select[Any]:
    """Open remarks, for the lead unit, the section's owner, else Bappeda (see `subject_of`)."""
    row, plan, taking_part = _under_review()
    section, chapter = table_of(Section).alias(), table_of(Chapter).alias()
    programme = table_of(Programme).alias()
    own = section.c.owner_unit_id.is_not(None) | section.c.owner_role.is_not(None)
    of_section = case((own, section.c.owner_unit_id), else_=chapter.c.owner_unit_id)
    role = case((own, cast(section.c.owner_role, Text)), else_=cast(chapter.c.owner_role, Text))
    unit = func.coalesce(programme.c.lead_unit_id, of_section)
    owner = case((unit.is_not(None), Role.UNIT_HEAD.value), else_=func.coalesce(role, USUAL.value))
    found = task_rows(
        TaskKind.ANSWER_REMARK, owner, "rmk", row, title=row.c.subject_name, unit_id=unit
    )
    joined = (
        row.join(plan, _is(plan, row, "masterplan_id", tenant))
        .join(taking_part, _is(taking_part, plan, "participation_id", tenant))
        .outerjoin(section, _is(section, row, "subject_id", tenant))
        .outerjoin(chapter, _is(chapter, section, "chapter_id", tenant))
        .outerjoin(programme, _is(programme, row, "subject_id", tenant))
    )
    return found.select_from(joined).where(
        of(row, tenant), row.c.state == RemarkState.OPEN, _reviewable(taking_part)
    )


def _answered(tenant: Tenant) -> Select[Any]:
    row, plan, taking_part = _under_review()
    found = task_rows(TaskKind.SETTLE_REMARK, Role.EXPERT, "rmk", row, title=row.c.subject_name)
    joined = row.join(plan, _is(plan, row, "masterplan_id", tenant)).join(
        taking_part, _is(taking_part, plan, "participation_id", tenant)
    )
    return found.select_from(joined).where(
        of(row, tenant), row.c.state == RemarkState.ANSWERED, _reviewable(taking_part)
    )


def _unjudged(tenant: Tenant) -> Select[Any]:
    row, plan = table_of(ReviewRound).alias(), table_of(Masterplan).alias()
    verdict = table_of(RoundVerdict).alias()
    given = exists().where(
        of(verdict, tenant), verdict.c.tenant_id == row.c.tenant_id, verdict.c.round_id == row.c.id
    )
    found = task_rows(
        TaskKind.JUDGE, Role.EXPERT, "rnd", row, title=plan.c.title, since=row.c.created_at
    )
    return found.where(
        of(row, tenant),
        row.c.closed_at.is_(None),
        of(plan, tenant),
        plan.c.tenant_id == row.c.tenant_id,
        plan.c.participation_id == row.c.participation_id,
        ~given.correlate(row),
    )


def _under_review() -> tuple[Any, Any, Any]:
    models = (Remark, Masterplan, Participation)
    remark, plan, taking_part = (table_of(model).alias() for model in models)
    return remark, plan, taking_part


def _reviewable(taking_part: FromClause) -> ColumnElement[bool]:
    return or_(*(taking_part.c.stage == stage for stage in REVIEWABLE))


def _is(row: FromClause, other: FromClause, named: str, tenant: Tenant) -> ColumnElement[bool]:
    """Whether the row is the one that the other's column names."""
    same = row.c.tenant_id == other.c.tenant_id
    return and_(of(row, tenant), same, row.c.id == other.c[named])
