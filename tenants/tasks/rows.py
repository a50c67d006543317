"""The shape of a task's row: what waits, for whom, since when and until when."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    FromClause,
    Select,
    Text,
    Uuid,
    cast,
    literal,
    null,
    select,
    true,
)

from kotacerdas.identity.policy import Role


class TaskKind(StrEnum):
    """What is to be done."""

    REVISE = "revise"
    ANSWER_REMARK = "answer_remark"
    SETTLE_REMARK = "settle_remark"
    JUDGE = "judge"
    ENDORSE = "endorse"
    REVIEW = "review"
    DECIDE = "decide"
    PLACE = "place"
    DEADLINE = "deadline"
    SELF_SCORE = "self_score"
    ASSESS = "assess"
    ACCEPT_RESULT = "accept_result"
    ANSWER_OBJECTION = "answer_objection"
    FOLLOW_UP = "follow_up"
    STAGE = "stage"
    WRITE_SECTION = "write_section"
    APPROVE_SECTION = "approve_section"
    RECORD_SESSION = "record_session"
    DELIVER_OUTPUT = "deliver_output"
    ACCEPT_OUTPUT = "accept_output"


Tenant = ColumnElement[int] | None
"""The city whose rows are read; None: every city's, for the ministry's door."""


def of(row: FromClause, tenant: Tenant) -> ColumnElement[bool]:
    """The rows of a table that belong to the city, or all."""
    return true() if tenant is None else row.c.tenant_id == tenant


def task_rows(
    kind: TaskKind,
    owner: Role | ColumnElement[str],
    prefix: str,
    row: FromClause,
    **columns: ColumnElement[Any],
) -> Select[Any]:
    """Select rows that wait for an owner.

    `columns` are title, and where they are known unit_id, since (by default when the row was last
    changed) and due_at. The subject is the row itself, by its opaque id's prefix.
    """
    nothing = {"unit_id": cast(null(), Uuid), "due_at": cast(null(), DateTime(timezone=True))}
    given = nothing | {"since": row.c.updated_at} | columns
    told: list[ColumnElement[Any]] = [
        row.c.tenant_id.label("tenant_id"),
        literal(kind.value, Text).label("kind"),
        (literal(owner.value, Text) if isinstance(owner, Role) else owner).label("owner"),
        given["unit_id"].label("unit_id"),
        literal(prefix, Text).label("prefix"),
        row.c.id.label("subject_id"),
        given["title"].label("title"),
        given["since"].label("since"),
        given["due_at"].label("due_at"),
    ]
    return select(*told)
