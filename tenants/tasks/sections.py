"""What the books wait for: sections to write, and sections to approve."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, Text, case, cast, func, or_

from kotacerdas.identity.policy import Role
from kotacerdas.tenancy import table_of
from tenants.masterplan.books.models import Chapter, Section, SectionState
from tenants.masterplan.books.owners import USUAL
from tenants.tasks.rows import TaskKind, Tenant, of, task_rows

WANTED = (SectionState.EMPTY, SectionState.DRAFT)


def sections(tenant: Tenant) -> list[Select[Any]]:
    """Sections that their owners have not handed in, and those that wait for the planners."""
    return [_unwritten(tenant), _unapproved(tenant)]


def _unwritten(tenant: Tenant) -> Select[Any]:
    """Sections to write: of their own unit or role, else of their chapter's (see `owner_of`)."""
    row, chapter = table_of(Section).alias(), table_of(Chapter).alias()
    own = row.c.owner_unit_id.is_not(None) | row.c.owner_role.is_not(None)
    unit = case((own, row.c.owner_unit_id), else_=chapter.c.owner_unit_id)
    role = case((own, cast(row.c.owner_role, Text)), else_=cast(chapter.c.owner_role, Text))
    owner = case((unit.is_not(None), Role.UNIT_HEAD.value), else_=func.coalesce(role, USUAL.value))
    found = task_rows(TaskKind.WRITE_SECTION, owner, "sec", row, title=row.c.title, unit_id=unit)
    return found.where(
        of(row, tenant),
        or_(*(row.c.state == state for state in WANTED)),
        of(chapter, tenant),
        chapter.c.tenant_id == row.c.tenant_id,
        chapter.c.id == row.c.chapter_id,
    )


def _unapproved(tenant: Tenant) -> Select[Any]:
    row = table_of(Section).alias()
    found = task_rows(TaskKind.APPROVE_SECTION, Role.BAPPEDA, "sec", row, title=row.c.title)
    return found.where(of(row, tenant), row.c.state == SectionState.READY)
