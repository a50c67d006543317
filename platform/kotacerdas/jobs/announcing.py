"""What the relay does: choose due jobs fairly and free those whose worker died."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from kotacerdas.jobs.models import Job, JobState, Queue

REANNOUNCE_SECONDS = 60.0
"""A nudge that no worker has answered by then was lost with the broker: nudge again."""


@dataclass(frozen=True)
class Nudge:
    """A job to tell Celery about."""

    tenant_id: int
    job_id: UUID
    queue: Queue


def announce(
    session: Session, *, window: int, per_tenant: int, again_seconds: float = REANNOUNCE_SECONDS
) -> list[Nudge]:
    """Choose due jobs and mark them: `window` in flight in all, `per_tenant` for one tenant.

    Round-robin between tenants: each tenant's oldest job comes before any tenant's second.
    """
    now = datetime.now(UTC)
    stale = now - timedelta(seconds=again_seconds)
    flying = _in_flight(stale)
    load = (
        select(Job.tenant_id, func.count().label("n")).where(flying).group_by(Job.tenant_id)
    ).subquery()
    free = window - (session.scalar(select(func.coalesce(func.sum(load.c.n), 0))) or 0)
    if free <= 0:
        return []
    waiting = _waiting(now, stale)
    turn = func.row_number().over(
        partition_by=Job.tenant_id, order_by=(Job.available_at, Job.id)
    ) + func.coalesce(load.c.n, 0)
    ranked = (
        select(Job.tenant_id, Job.id, Job.available_at, turn.label("turn"))
        .outerjoin(load, load.c.tenant_id == Job.tenant_id)
        .where(waiting)
    ).subquery()
    chosen = (
        select(ranked.c.id)
        .where(ranked.c.turn <= per_tenant)
        .order_by(ranked.c.turn, ranked.c.available_at)
        .limit(free)
    )
    ids = list(session.scalars(chosen))
    marked = update(Job).where(Job.id.in_(ids), waiting).values(announced_at=now)
    rows = session.execute(marked.returning(Job.tenant_id, Job.id, Job.queue)).all() if ids else []
    order = {job_id: place for place, job_id in enumerate(ids)}
    return [Nudge(*row) for row in sorted(rows, key=lambda row: order[row.id])]


def free_abandoned(session: Session, *, attempts: int) -> int:
    """Queue again the jobs whose lease ran out; those without attempts left become dead letters.

    Returns how many were freed. A late finish of the old run fails, for `run_id` is gone.
    """
    now = datetime.now(UTC)
    lapsed = and_(Job.state == JobState.RUNNING, Job.lease_until < now)
    ended = {"run_id": None, "finished_at": now, "error": "worker lost"}
    unwanted = update(Job).where(lapsed, Job.cancel_requested)
    session.execute(unwanted.values(state=JobState.CANCELLED, **ended))
    spent = update(Job).where(lapsed, Job.attempts >= attempts)
    session.execute(spent.values(state=JobState.DEAD, **ended))
    queued = {"state": JobState.QUEUED, "announced_at": None, "available_at": now}
    again = update(Job).where(lapsed).values(run_id=None, error="worker lost", **queued)
    return len(session.execute(again.returning(Job.id)).all())


def _waiting(now: datetime, stale: datetime) -> ColumnElement[bool]:
    unannounced = or_(Job.announced_at.is_(None), Job.announced_at < stale)
    return and_(Job.state == JobState.QUEUED, Job.available_at <= now, unannounced)


def _in_flight(stale: datetime) -> ColumnElement[bool]:
    announced = and_(Job.state == JobState.QUEUED, Job.announced_at >= stale)
    return or_(Job.state == JobState.RUNNING, announced)
