"""The heartbeat of a running job."""

from __future__ import annotations

from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import Self

import structlog
from sqlalchemy.exc import DBAPIError

from kotacerdas import changes
from kotacerdas.database import Database
from kotacerdas.jobs import Job
from kotacerdas.jobs.leases import Hold, Lease, beat, look
from kotacerdas.scope import Door, Scope

LOG = structlog.get_logger(__name__)
LOOK_SECONDS = 1.0


class Pulse:
    """Keeps a lease alive from a thread of its own while the work is done.

    It extends the lease at each third of its length, and once a second writes a new step and looks
    whether the job is still wanted. A database that does not answer is asked again: whether
    the lease was lost meanwhile is decided by the fenced finish.
    """

    def __init__(self, database: Database, lease: Lease, lease_seconds: float) -> None:
        self.hold = Hold.KEPT
        self.step: str | None = None
        self.progress: int | None = None
        self._database = database
        self._lease = lease
        self._lease_seconds = lease_seconds
        self._written: tuple[str | None, int | None] = (None, None)
        self._beat_at = monotonic()
        self._ended = Event()
        self._thread = Thread(target=self._run, name=f"pulse-{lease.job_id}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        third = self._lease_seconds / 3
        while self.hold is not Hold.LOST and not self._ended.wait(min(LOOK_SECONDS, third)):
            try:
                self.hold = self._check(third)
            except DBAPIError as error:
                LOG.warning("pulse.missed", job=str(self._lease.job_id), error=type(error).__name__)

    def _check(self, third: float) -> Hold:
        lease, step, progress = self._lease, self.step, self.progress
        scope = Scope(Door.WORKER, lease.tenant_id)
        with self._database.unit_of_work(scope) as session:
            if (step, progress) == self._written and monotonic() - self._beat_at < third:
                return look(session, lease)
            hold = beat(
                session, lease, lease_seconds=self._lease_seconds, step=step, progress=progress
            )
            if (step, progress) != self._written:
                changes.record(session, Job, lease.job_id)
        self._written, self._beat_at = (step, progress), monotonic()
        return hold
