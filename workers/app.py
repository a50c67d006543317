"""The Celery worker: one task that runs a job, one that looks for what has come due."""

from __future__ import annotations

import os
import signal
import warnings
from functools import cache
from threading import Timer
from uuid import UUID

import structlog
from celery import Celery
from celery.platforms import SecurityWarning
from celery.signals import worker_init, worker_ready, worker_shutting_down

from kotacerdas import logs
from kotacerdas.database import Database
from kotacerdas.settings import Settings, settings
from kotacerdas.startup import WORKER_DOORS, refuse_start
from workers import housekeeping
from workers.broker import RUN_JOB, TICK, broker_app
from workers.registry import HANDLERS
from workers.runner import Handlers, Runner

LOG = structlog.get_logger(__name__)
SHUTDOWN_SECONDS = 30.0
"""How long SIGTERM lets running jobs go on; what is then stopped runs again when its lease ends."""

_QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


def make_app(settings: Settings, handlers: Handlers) -> Celery:
    """Return the application of a worker that knows these handlers."""
    app = broker_app(settings)

    @cache
    def database() -> Database:
        return Database(settings)  # opened in the child: connections must not cross a fork

    @app.task(name=RUN_JOB, shared=False)  # type: ignore[untyped-decorator]  # Celery has no types
    def run_job(tenant_id: int, job_id: str) -> None:
        Runner(settings, database(), handlers).run(tenant_id, UUID(job_id))

    @app.task(name=TICK, shared=False)  # type: ignore[untyped-decorator]  # Celery has no types
    def tick() -> None:
        housekeeping.schedule(database())

    return app


def run_worker() -> None:
    """Be a worker until SIGTERM; its jobs' own lines tell what it does, not Celery's."""
    if settings().embedded:
        # Whoever tries the product as root need not be told so at each start.
        warnings.simplefilter("ignore", SecurityWarning)
    app.start(["--quiet", "worker", "-l", "WARNING", *_QUIET])


def run_beat() -> None:
    """Be the beat until SIGTERM."""
    logs.configure(settings())
    LOG.info("beat.ready")
    app.start(["--quiet", "beat", "-l", "WARNING", "--pidfile="])


@worker_init.connect  # type: ignore[untyped-decorator]  # Celery has no types
def _begin(**_: object) -> None:
    logs.configure(settings())
    refuse_start(settings(), WORKER_DOORS)


@worker_ready.connect  # type: ignore[untyped-decorator]  # Celery has no types
def _tell_ready(**_: object) -> None:
    LOG.info("worker.ready", processes=settings().worker_concurrency)


@worker_shutting_down.connect  # type: ignore[untyped-decorator]  # Celery has no types
def _bound_shutdown(how: str, **_: object) -> None:
    """Turn a warm shutdown cold in the end; Celery's own soft one always waits its whole time."""
    if how == "Warm":
        cold = Timer(SHUTDOWN_SECONDS, os.kill, (os.getpid(), signal.SIGQUIT))
        cold.daemon = True
        cold.start()


app = make_app(settings(), HANDLERS)
