"""Noting, within a unit of work, what it changes: one declaration for each table.

    class Innovation(...):
        __announces__ = Announced("innovation")

Rows written through the session are noticed by that alone. Statements that change many rows do not
pass through it: `record` tells of those.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from kotacerdas.changes.change import Change
from kotacerdas.scope import tenant_of

RECORDED = "changes"
"""Key of a session's `info`."""


@dataclass(frozen=True)
class Announced:
    """What a change of a table's row is to others: columns that hold its id, tenant and person."""

    kind: str
    id: str = "id"
    tenant: str | None = "tenant_id"
    person: str | None = None

    def change(self, row: object) -> Change:
        """Return the change that a row stands for."""
        return Change(
            self.kind,
            getattr(row, self.tenant) if self.tenant else None,
            getattr(row, self.id),
            getattr(row, self.person) if self.person else None,
        )


class Announcing(Protocol):
    """A table whose changes are told."""

    __announces__: ClassVar[Announced]


def record(
    session: Session,
    table: type[Announcing],
    row_id: UUID,
    *,
    tenant_id: int | None = None,
    person_id: UUID | None = None,
) -> None:
    """Note a row of `table` that a statement has changed; its tenant is the session's by default.

    `row_id` is the value of the column that the table's declaration names.
    """
    told = table.__announces__
    if told.tenant and tenant_id is None:
        tenant_id = tenant_of(session)
    person = row_id if told.person == told.id else person_id
    _note(session, Change(told.kind, tenant_id, row_id, person))


def recorded(session: Session) -> list[Change]:
    """Return what was noted since the last call, each change once, and forget it."""
    return list(session.info.pop(RECORDED, ()))


def _note(session: Session, change: Change) -> None:
    session.info.setdefault(RECORDED, {})[change] = None


@event.listens_for(Session, "after_flush")
def _notice(session: Session, _context: UOWTransaction) -> None:
    """Note the rows of announced tables that were just written.

    What a savepoint undoes later stays noted: to look once too often does no harm.
    """
    for row in (*session.new, *session.dirty, *session.deleted):
        told: Announced | None = getattr(row, "__announces__", None)
        if told is None or getattr(row, told.id) is None:  # a remark that has no innovation
            continue
        if row not in session.dirty or session.is_modified(row):
            _note(session, told.change(row))
