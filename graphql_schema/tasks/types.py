"""What a city's people have to do, derived from where the work stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import strawberry
from sqlalchemy.orm import Session

from graphql_schema.ids import CITY, Key
from graphql_schema.reader.ruling import gathered
from graphql_schema.scalars import Slug
from kotacerdas.identity.policy import Permission, Role
from kotacerdas.localtime import long_moment
from kotacerdas.scope import scope_of, tenant_of
from tenants.cities.queries import city_of
from tenants.tasks import listing
from tenants.tasks.rows import TaskKind


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
    due: str | None = strawberry.field(
        description="When it is due in words, in the city's zone: `Senin, 31 Oktober 2022 pukul"
        " 23.59 WIB`."
    )
    city_id: strawberry.ID = strawberry.field(description="City whose task it is.")
    city_slug: Slug = strawberry.field(description="That city's name in addresses.")
    city_name: str = strawberry.field(description="That city's name.")


@strawberry.type(description="Open tasks of one owner.")
class TaskCount:
    """Open tasks of one owner."""

    owner: Role = strawberry.field(description="Role of the people whose turn it is.")
    unit_id: strawberry.ID | None = strawberry.field(description="Id of their unit, if one.")
    open: int = strawberry.field(description="How many are open.")
    overdue: int = strawberry.field(description="How many of them are overdue.")


def tasks_of(session: Session, _city: UUID, *, mine: bool | None = None) -> list[Task]:
    """Return the city's tasks, or the actor's own."""
    now, language, city = datetime.now(UTC), scope_of(session).language, city_of(session)
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
            due=None if task.due_at is None else long_moment(task.due_at, city.zone, language),
            city_id=strawberry.ID(str(Key(CITY, city.id, None))),
            city_slug=Slug(city.slug),
            city_name=city.name,
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


def own_tasks(session: Session, city: UUID) -> list[Task]:
    """Return what the actor's roles in the city own."""
    return tasks_of(session, city, mine=True)


def together(lists: Iterable[list[Task]]) -> list[Task]:
    """Return the tasks of several cities as one list: overdue and nearest first."""
    last = datetime.max.replace(tzinfo=UTC)
    tasks = [task for each in lists for task in each]
    return sorted(tasks, key=lambda task: (task.due_at or last, task.since, task.subject_id))


def viewer_tasks() -> Any:
    """The field of the viewer."""
    return gathered(
        own_tasks,
        "What the caller has to do in all their cities: overdue and nearest first.",
        together=together,
        where=Permission.CITY_READ,
    )


def _unit(session: Session, unit_id: UUID | None) -> strawberry.ID | None:
    return None if unit_id is None else strawberry.ID(str(Key("unt", tenant_of(session), unit_id)))
