"""What the relay does: choose due jobs fairly and free those whose worker died."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Subquery,
    and_,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from kotacerdas import changes
from kotacerdas.jobs.models import Job, JobState, Queue

SCAN_LOCK = 4_507_001
"""Advisory lock of a scan: a second relay's counts would be as old as the first one's commit."""

BATCH = 200


@dataclass(frozen=True)
class Nudge:
    """A job to tell Celery about; `at` is the announcement, by which it can be withdrawn."""

    tenant_id: int
    job_id: UUID
    queue: Queue
    at: datetime


def announce(
    session: Session, *, window: int, per_tenant: int, again_seconds: float
) -> list[Nudge]:
    """Choose due jobs and mark them: `window` in flight in each queue, `per_tenant` for one tenant.

    Round-robin between tenants: each tenant's oldest job comes before any tenant's second; a book
    never waits for the city's own mail. A nudge that no worker has answered within `again_seconds`
    was lost on the way and is sent again. Returns nothing while another relay is at it.
    """
    if not session.scalar(select(func.pg_try_advisory_xact_lock(SCAN_LOCK))):
        return []
    stale = func.now() - timedelta(seconds=again_seconds)
    waiting = _waiting(stale)
    chosen = session.execute(_choice(_flying(stale), waiting, window, per_tenant)).all()
    marked = {
        row.id: row for row in _update(session, chosen, waiting, {"announced_at": func.now()})
    }
    rows = [marked[row.id] for row in chosen if row.id in marked]
    return [Nudge(row.tenant_id, row.id, row.queue, row.announced_at) for row in rows]


def withdraw(session: Session, nudges: Iterable[Nudge]) -> None:
    """Forget announcements that could not be sent, so that the next scan makes them again."""
    for (tenant_id, at), lost in groupby(nudges, attrgetter("tenant_id", "at")):
        unsent = and_(
            Job.tenant_id == tenant_id,
            Job.id.in_([nudge.job_id for nudge in lost]),
            Job.state == JobState.QUEUED,
            Job.announced_at == at,
        )
        session.execute(update(Job).where(unsent).values(announced_at=None))


def free_abandoned(session: Session) -> int:
    """Queue again the jobs whose lease ran out; returns how many were freed.

    A late finish of the old run fails, for `run_id` is gone; a run that is just committing holds
    its row, which is left alone. One that was to be cancelled is ended by the next worker: what its
    end sets off needs the rights of its tenant.
    """
    lapsed = and_(Job.state == JobState.RUNNING, Job.lease_until < func.now())
    found = session.execute(select(Job.tenant_id, Job.id).where(lapsed).limit(BATCH)).all()
    values = {
        "state": JobState.QUEUED,
        "available_at": func.now(),
        "announced_at": None,
        "run_id": None,
        "lease_until": None,
        "error": "worker lost",
    }
    freed = list(_update(session, found, lapsed, values))
    for row in freed:
        changes.record(session, Job, row.id, tenant_id=row.tenant_id)
    return len(freed)


def _waiting(stale: ColumnElement[datetime]) -> ColumnElement[bool]:
    unannounced = or_(Job.announced_at.is_(None), Job.announced_at < stale)
    return and_(Job.state == JobState.QUEUED, Job.available_at <= func.now(), unannounced)


def _flying(stale: ColumnElement[datetime]) -> ColumnElement[bool]:
    announced = and_(Job.state == JobState.QUEUED, Job.announced_at >= stale)
    return or_(Job.state == JobState.RUNNING, announced)


def _load(flying: ColumnElement[bool], *by: InstrumentedAttribute[Any]) -> Subquery:
    """Jobs in flight, counted by these columns."""
    return select(*by, func.count().label("jobs")).where(flying).group_by(*by).subquery()


def _choice(
    flying: ColumnElement[bool], waiting: ColumnElement[bool], window: int, per_tenant: int
) -> Select[Any, Any]:
    """Each tenant's turn within a queue, then a seat within the queue's window."""
    mine, whole = _load(flying, Job.tenant_id, Job.queue), _load(flying, Job.queue)
    oldest = func.row_number().over(
        partition_by=(Job.tenant_id, Job.queue), order_by=(Job.available_at, Job.id)
    )
    turn = (oldest + func.coalesce(mine.c.jobs, 0)).label("turn")
    ranked = (
        select(Job.tenant_id, Job.id, Job.queue, Job.available_at, turn)
        .outerjoin(mine, and_(mine.c.tenant_id == Job.tenant_id, mine.c.queue == Job.queue))
        .where(waiting)
        .subquery()
    )
    row = ranked.c
    place = func.row_number().over(partition_by=row.queue, order_by=(row.turn, row.available_at))
    seated = (
        select(row.tenant_id, row.id, (place + func.coalesce(whole.c.jobs, 0)).label("seat"))
        .outerjoin(whole, whole.c.queue == row.queue)
        .where(row.turn <= per_tenant)
        .subquery()
    )
    chosen = select(seated.c.tenant_id, seated.c.id).where(seated.c.seat <= window)
    return chosen.order_by(seated.c.seat)


def _update(
    session: Session,
    chosen: Iterable[Row[int, UUID]],
    condition: ColumnElement[bool],
    values: Mapping[str, object],
) -> Iterator[Row[int, UUID, Queue, datetime | None]]:
    """Change those of the chosen rows that nobody holds and that still fit, tenant by tenant.

    One statement for each tenant prunes to its partition, and locks across tenants stay out.
    """
    by_tenant = sorted(chosen, key=attrgetter("tenant_id"))
    for tenant_id, rows in groupby(by_tenant, attrgetter("tenant_id")):
        own = Job.tenant_id == tenant_id
        free = select(Job.id).where(own, Job.id.in_([row.id for row in rows]), condition)
        locked = free.with_for_update(skip_locked=True).correlate(None)
        changed = (
            update(Job)
            .where(own, Job.id.in_(locked))
            .values(values)
            .returning(Job.tenant_id, Job.id, Job.queue, Job.announced_at)
            .execution_options(synchronize_session=False)
        )
        yield from session.execute(changed)
