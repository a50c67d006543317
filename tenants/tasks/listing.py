"""Tasks of a city, of whoever asks, and their counts from unit to city."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from kotacerdas.identity.policy import Grant, Permission, Role, require
from kotacerdas.opaque_ids import opaque_id
from kotacerdas.scope import scope_of, tenant_of
from tenants.cities.models import Participation
from tenants.cities.workflow import CLOSED, next_stages
from tenants.process.guards import missing
from tenants.reviews.guards import PlanRemarkUnsettled, PlanVerdictMissing
from tenants.tasks.rows import TaskKind
from tenants.tasks.sources import waiting

DELEGATES: dict[Role, frozenset[Role]] = {
    Role.UNIT_HEAD: frozenset({Role.UNIT_OPERATOR}),
    Role.CITY_ADMIN: frozenset({Role.BAPPEDA}),
    Role.BAPPEDA: frozenset({Role.CITY_ADMIN}),
}
"""Who may take up what another role owns: they hold the permission as well."""


TOLD = frozenset({PlanRemarkUnsettled.code, PlanVerdictMissing.code})
"""What keeps a stage waiting and is a task of its own."""


@dataclass(frozen=True)
class Task:
    """One thing to do; `subject` is the opaque id of what to open, `text` what a rule says of it.

    `unit_id` narrows the owner to one department's people.
    """

    kind: TaskKind
    owner: Role
    unit_id: UUID | None
    subject: str
    title: str
    since: datetime
    due_at: datetime | None
    text: dict[str, str] | None = None

    def overdue(self, now: datetime) -> bool:
        """Whether its time has passed."""
        return self.due_at is not None and self.due_at < now

    def of(self, grant: Grant) -> bool:
        """Whether the holder of a role is to do it."""
        fits = grant.role is self.owner or grant.role in DELEGATES.get(self.owner, frozenset())
        return fits and (self.unit_id is None or grant.unit_id == self.unit_id)


@dataclass(frozen=True)
class TaskCount:
    """Open tasks of one owner, and how many of them are overdue."""

    owner: Role
    unit_id: UUID | None
    open: int
    overdue: int


def tasks_of(session: Session, *, mine: bool = False) -> list[Task]:
    """Return what the city has to do: overdue and nearest first, then what waits longest.

    With `mine`, only what the actor's roles in the city own. Raises Forbidden.
    """
    require(session, Permission.CITY_READ)
    found = [*_waiting(session), *_gaps(session)]
    if mine:
        tenant_id = tenant_of(session)
        grants = [grant for grant in scope_of(session).grants if grant.tenant_id == tenant_id]
        found = [task for task in found if any(task.of(grant) for grant in grants)]
    last = datetime.max.replace(tzinfo=UTC)
    return sorted(found, key=lambda task: (task.due_at or last, task.since, task.subject))


def counts(tasks: Iterable[Task], now: datetime) -> list[TaskCount]:
    """Count tasks by who owns them, units apart; the most overdue first."""
    every, late = Counter[tuple[Role, UUID | None]](), Counter[tuple[Role, UUID | None]]()
    for task in tasks:
        owner = (task.owner, task.unit_id)
        every[owner] += 1
        late[owner] += task.overdue(now)
    made = [TaskCount(*owner, number, late[owner]) for owner, number in every.items()]
    return sorted(made, key=lambda each: (-each.overdue, -each.open, each.owner, str(each.unit_id)))


def _waiting(session: Session) -> list[Task]:
    tenant_id = tenant_of(session)
    rows = session.execute(waiting(literal(tenant_id)))
    return [
        Task(
            TaskKind(row.kind),
            Role(row.owner),
            row.unit_id,
            opaque_id(row.prefix, tenant_id, row.subject_id),
            row.title,
            row.since,
            row.due_at,
        )
        for row in rows
    ]


def _gaps(session: Session) -> list[Task]:
    """What keeps each open participation from its next stage."""
    mine = select(Participation).where(
        Participation.tenant_id == tenant_of(session), Participation.stage.not_in(CLOSED)
    )
    made = []
    for row in session.scalars(mine):
        for to in next_stages(row.stage)[:1]:
            gaps = missing(session, row, to)
            made += [
                Task(
                    TaskKind.STAGE,
                    gap.owner,
                    gap.unit_id,
                    opaque_id("par", row.tenant_id, row.id),
                    to.value,
                    row.updated_at,
                    None,
                    {language: gap.error.text(language) for language in ("id", "en")},
                )
                for gap in gaps
                if gap.error.code not in TOLD
            ]
    return made
