"""Storing, changing and deleting statements: locks in one order, citations, audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import NotFound
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from tenants.masterplan.analysis.citations import citations_of, cite, forget
from tenants.masterplan.analysis.models import Gap, Readiness, StatementKind, Strategy, SwotPoint
from tenants.masterplan.models import Goal, Masterplan, Mission

Statement = TypeVar("Statement", Readiness, Gap, SwotPoint, Strategy)
Row = Readiness | Gap | SwotPoint | Strategy | Mission | Goal

CITATIONS = "citations"


def taken(
    session: Session, model: type[Statement], row_id: UUID, *, expected_version: int
) -> tuple[Statement, Masterplan]:
    """Return a statement and its plan, both locked, the plan first.

    Whatever writes statements locks the plan before them, so that two writers never wait in a
    circle and a plan that is being frozen does not change.
    """
    plan_id = session.scalar(
        select(model.masterplan_id).where(model.tenant_id == tenant_of(session), model.id == row_id)
    )
    if plan_id is None:
        raise NotFound
    plan = locked(session, Masterplan, plan_id)
    return locked(session, model, row_id, expected_version=expected_version), plan


def add(
    session: Session,
    model: type[Statement],
    plan: Masterplan,
    values: Mapping[str, Any],
    about: StatementKind | None = None,
) -> UUID:
    """Store a new statement with its checked values; the plan is locked."""
    fields = dict(values)
    lines = fields.pop(CITATIONS, ())
    row = model(tenant_id=plan.tenant_id, id=uuid7(), masterplan_id=plan.id, **fields)
    session.add(row)
    session.flush()  # its citations and points refer to it
    if about is not None:
        cite(session, plan.id, about, row.id, lines)
    record(session, "create", row, after=dict(values))
    return row.id


def change(
    session: Session,
    row: Row,
    plan_id: UUID,
    values: Mapping[str, Any],
    about: StatementKind | None = None,
) -> bool:
    """Write the checked values that differ and tell whether any did."""
    held = {name: getattr(row, name) for name in values if name != CITATIONS}
    if about is not None and CITATIONS in values:
        held[CITATIONS] = list(citations_of(session, about, row.id))
    after = {name: value for name, value in values.items() if value != held[name]}
    if not after:
        return False
    if about is not None and CITATIONS in after:  # first, or the version would rise twice
        cite(session, plan_id, about, row.id, after[CITATIONS])
    for name in after.keys() - {CITATIONS}:
        setattr(row, name, after[name])
    touch(session, row)
    record(session, "update", row, before={name: held[name] for name in after}, after=after)
    return True


def remove(session: Session, row: Row, about: StatementKind | None = None) -> None:
    """Delete a statement with its citations."""
    if about is not None:
        forget(session, about, {row.id})
    before = {
        column.key: getattr(row, column.key)
        for column in type(row).__table__.columns
        if column.key not in ("tenant_id", "id", "version", "created_at", "updated_at")
    }
    session.delete(row)
    record(session, "delete", row, before=before)
    session.flush()  # what refers to it is met here


def record(
    session: Session,
    action: str,
    row: Row,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write the audit entry of a statement."""
    entity = type(row).__tablename__
    audit.record(session, f"{entity}.{action}", entity, row.id, before=before, after=after)


def touch(session: Session, row: Row) -> None:
    """Raise a statement's version though perhaps only rows beside it changed."""
    row.updated_at = datetime.now(UTC)
    session.flush()  # the caller reads the new version


def next_ordinal(session: Session, model: type[Gap | SwotPoint | Strategy], **of: Any) -> int:  # noqa: ANN401  (values of columns)
    """The next place among the statements of one kind; the plan is locked.

    The last place is given again once it is deleted: nothing refers to it any more.
    """
    last = select(func.max(model.ordinal)).filter_by(tenant_id=tenant_of(session), **of)
    return (session.scalar(last) or 0) + 1
