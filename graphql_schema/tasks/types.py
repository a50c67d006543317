"""What a city's people have to do, derived from where the work stands."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import strawberry
from sqlalchemy.orm import Session

from graphql_schema.ids import Key
from kotacerdas.identity.policy import Role
from kotacerdas.scope import scope_of, tenant_of
from tenants.tasks import listing
from tenants.tasks.sources import TaskKind


@strawberry.type(description="One thing that somebody has to do.")
class Task:
    """One thing that somebody has to do."""

    kind: TaskKind = strawberry.field(description="What is to be done.")
    owner: Role = strawberry.field(description="Role of the people whose turn it is.")
    unit_id: strawberry.ID | None = strawberry.field(description="Id of their unit, if one.")
    subject_id: strawberry.ID = strawberry.field(description="Id of what to open; see `node`.")
    title: str = strawberry.field(description="Name of what it is about.")
    message: str | None = strawberry.field(description="What is missing, where a rule says so.")
    since: datetime = strawberry.field(description="Since when it waits.")
    due_at: datetime | None = strawberry.field(description="When it is due, if it is.")
    overdue: bool = strawberry.field(description="Whether its time has passed.")


@strawberry.type(description="Open tasks of one owner.")
class TaskCount:
    """Open tasks of one owner."""

    owner: Role = strawberry.field(description="Role of the people whose turn it is.")
    unit_id: strawberry.ID | None = strawberry.field(description="Id of their unit, if one.")
    open: int = strawberry.field(description="How many are open.")
    overdue: int = strawberry.field(description="How many of them are overdue.")


def tasks_of(session: Session, _city: UUID, *, mine: bool | None = None) -> list[Task]:
    """Return the city's tasks, or the actor's own."""
    now, language = datetime.now(UTC), scope_of(session).language
    return [
        Task(
            kind=task.kind,
            owner=task.owner,
            unit_id=_unit(session, task.unit_id),
            subject_id=strawberry.ID(task.subject),
            title=task.title,
            message=None if task.text is None else task.text[language],
            since=task.since,
            due_at=task.due_at,
            overdue=task.overdue(now),
        )
        for task in listing.tasks_of(session, mine=bool(mine))
    ]


def counts_of(session: Session, _city: UUID) -> list[TaskCount]:
    """Return how many tasks each owner of the city has."""
    return [
        TaskCount(
            owner=each.owner,
            unit_id=_unit(session, each.unit_id),
            open=each.open,
            overdue=each.overdue,
        )
        for each in listing.counts(listing.tasks_of(session), datetime.now(UTC))
    ]


def _unit(session: Session, unit_id: UUID | None) -> strawberry.ID | None:
    return None if unit_id is None else strawberry.ID(str(Key("unt", tenant_of(session), unit_id)))
