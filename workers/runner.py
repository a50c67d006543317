"""Running one job: claim, load, work, keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from kotacerdas.database import Database
from kotacerdas.errors import DomainError, DomainErrors
from kotacerdas.jobs import Kind, Lease, LeaseLost, leases
from kotacerdas.jobs.leases import Hold
from kotacerdas.scope import Door, Scope
from kotacerdas.settings import Settings
from kotacerdas.tenancy import Json
from workers.pulse import Pulse

LOG = structlog.get_logger(__name__)

Content = TypeVar("Content")
Result = TypeVar("Result")


class Permanent(DomainError):
    """Trying again cannot help: the job becomes a dead letter at once.

    Subclasses declare `code` and the texts `id` and `en`, which say what to do next.
    """


class Cancelled(Exception):
    """Raised by work that has stopped because `run.cancelled()` told it to."""


class UnknownKind(Permanent):
    """No handler is registered for the kind of this job."""

    code = "UNKNOWN_JOB_KIND"
    id = "Jenis pekerjaan {kind} tidak dikenal oleh worker ini. Perbarui worker, lalu minta lagi."
    en = "This worker does not know jobs of kind {kind}. Update the worker, then ask again."


@dataclass(frozen=True)
class Run:
    """What the work may use beside its content: settings, progress, and the wish to stop."""

    lease: Lease
    settings: Settings
    database: Database
    pulse: Pulse

    def step(self, name: str, percent: int | None = None) -> None:
        """Tell the person who waits which step is under way; written at most once a second.

        `percent` is how much of the step is done, where that is known.
        """
        self.pulse.step, self.pulse.progress = name, percent

    def cancelled(self) -> bool:
        """Whether to stop: somebody cancelled the job, or another worker owns it by now."""
        return self.pulse.hold is not Hold.KEPT


def _nothing(_session: Session, _lease: Lease, _error: str) -> None:
    """Do nothing: this kind of job dies silently."""


def _quiet(_session: Session, _lease: Lease) -> None:
    """Do nothing: nothing waits for this kind of job."""


@dataclass(frozen=True)
class Handler(Generic[Content, Result]):
    """What a kind of job does, in stages.

    `load` reads in a short transaction; None means that there is nothing to do (any more). `work`
    runs outside of any transaction; without it, the content itself is kept. `keep` writes in the
    transaction of the fenced finish, and may return what the job's row shows as its result. `dead`
    runs in the transaction that makes a dead letter, with the error's code and text; `cancelled`
    in the one that ends a job which somebody cancelled while it ran.
    """

    kind: Kind
    load: Callable[[Session, Lease], Content | None]
    work: Callable[[Content, Run], Result] | None
    keep: Callable[[Session, Lease, Result], Json | None]
    dead: Callable[[Session, Lease, str], None] = _nothing
    cancelled: Callable[[Session, Lease], None] = _quiet


Handlers = Mapping[str, Handler[Any, Any]]


class Runner:
    """Runs jobs with the handlers of their kinds; Celery's task calls it with a row's key."""

    def __init__(self, settings: Settings, database: Database, handlers: Handlers) -> None:
        self._settings = settings
        self._database = database
        self._handlers = handlers

    def run(self, tenant_id: int, job_id: UUID) -> None:
        """Run the job if it is due and free; a nudge too many does nothing."""
        lease = self._claim(tenant_id, job_id)
        if lease is None:
            return
        with structlog.contextvars.bound_contextvars(
            job=str(job_id), kind=lease.kind, tenant=tenant_id, attempt=lease.attempt
        ):
            try:
                self._work(lease)
            except LeaseLost:
                LOG.warning("job.lease_lost")

    def _claim(self, tenant_id: int, job_id: UUID) -> Lease | None:
        settings = self._settings
        scope = Scope(Door.WORKER, tenant_id)
        with self._database.unit_of_work(scope) as session:
            lease = leases.claim(
                session,
                job_id,
                lease_seconds=settings.job_lease_seconds,
                attempts=settings.job_attempts,
            )
        if lease is None:
            self._drop(tenant_id, job_id)
            self._bury(tenant_id, job_id)
        return lease

    def _work(self, lease: Lease) -> None:
        handler = self._handlers.get(lease.kind)
        pulse = Pulse(self._database, lease, self._settings.job_lease_seconds)
        run = Run(lease, self._settings, self._database, pulse)
        try:
            if handler is None:
                raise UnknownKind(kind=lease.kind)
            with pulse:
                content, result = self._stages(handler, run)
            if pulse.hold is Hold.UNWANTED:
                raise Cancelled
            self._keep(handler, lease, content, result)
        except LeaseLost:
            raise
        except Exception as error:  # whatever a handler raises must end this attempt of its job
            self._give_up(run, error)

    def _stages(self, handler: Handler[Any, Any], run: Run) -> tuple[object, object]:
        with self._database.unit_of_work(_scope(run.lease)) as session:
            content = handler.load(session, run.lease)
        if content is None or handler.work is None:
            return content, content
        return content, handler.work(content, run)

    def _keep(
        self, handler: Handler[Any, Any], lease: Lease, content: object, result: object
    ) -> None:
        with self._database.unit_of_work(_scope(lease)) as session:
            shown = None if content is None else handler.keep(session, lease, result)
            leases.finish(session, lease, result=shown)
        LOG.info("job.done", skipped=content is None)

    def _give_up(self, run: Run, error: Exception) -> None:
        match run.pulse.hold:
            case Hold.LOST:
                raise LeaseLost from error
            case Hold.UNWANTED:
                self._stop(run.lease)
            case Hold.KEPT:
                LOG.error("job.failed", exc_info=error)
                self._fail(run.lease, error)

    def _fail(self, lease: Lease, error: Exception) -> None:
        settings, reason = self._settings, _reason(error)

        def end(session: Session) -> Lease | None:
            dead = leases.fail(
                session,
                lease,
                reason,
                attempts=settings.job_attempts,
                retry_seconds=settings.job_retry_seconds,
                final=isinstance(error, Permanent),
            )
            return lease if dead else None

        self._end(_scope(lease), end, self._dead(reason))

    def _stop(self, lease: Lease) -> None:
        def end(session: Session) -> Lease:
            leases.stop(session, lease)
            return lease

        self._end(_scope(lease), end, self._cancelled)
        LOG.info("job.cancelled")

    def _drop(self, tenant_id: int, job_id: UUID) -> None:
        self._end(
            Scope(Door.WORKER, tenant_id),
            lambda session: leases.drop(session, job_id),
            self._cancelled,
        )

    def _bury(self, tenant_id: int, job_id: UUID) -> None:
        attempts = self._settings.job_attempts
        self._end(
            Scope(Door.WORKER, tenant_id),
            lambda session: leases.bury(session, job_id, attempts=attempts),
            self._dead("worker lost"),
        )

    def _dead(self, reason: str) -> Callable[[Session, Lease], None]:
        def tell(session: Session, lease: Lease) -> None:
            if lease.kind in self._handlers:
                self._handlers[lease.kind].dead(session, lease, reason)

        return tell

    def _cancelled(self, session: Session, lease: Lease) -> None:
        if lease.kind in self._handlers:
            self._handlers[lease.kind].cancelled(session, lease)

    def _end(
        self,
        scope: Scope,
        end: Callable[[Session], Lease | None],
        then: Callable[[Session, Lease], None],
    ) -> None:
        """Run `end` and what it sets off; a notice that fails keeps no job alive."""
        try:
            with self._database.unit_of_work(scope) as session:
                lease = end(session)
                if lease is not None:
                    then(session, lease)
        except LeaseLost:
            raise
        except Exception:
            LOG.exception("job.notice_failed")
            with self._database.unit_of_work(scope) as session:
                end(session)


def _scope(lease: Lease) -> Scope:
    return Scope(Door.WORKER, lease.tenant_id, person_id=lease.person_id)


def _reason(error: Exception) -> str:
    """Name the error: messages of foreign errors may hold people's data, their kind does not."""
    if isinstance(error, DomainError | DomainErrors):
        return str(error)
    return type(error).__name__
