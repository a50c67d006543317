"""The Celery worker: one task that runs a job, one that looks for what has come due."""

from __future__ import annotations

import sys
from functools import cache
from uuid import UUID

from celery import Celery

from kotacerdas.database import Database
from kotacerdas.settings import Settings, settings
from workers import housekeeping
from workers.broker import RUN_JOB, TICK, broker_app
from workers.registry import HANDLERS
from workers.runner import Handlers, Runner

ENVIRONMENT = {"REMAP_SIGTERM": "SIGQUIT"}
"""For a worker's process: SIGTERM lets running jobs go on for 30 seconds, then stops them."""

_QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


def make_app(settings: Settings, handlers: Handlers) -> Celery:
    """Return the application of a worker that knows these handlers."""
    app = broker_app(settings)

    @cache
    def database() -> Database:
        return Database(settings)  # opened in the child: connections must not cross a fork

    @app.task(name=RUN_JOB)  # type: ignore[untyped-decorator]  # Celery has no types
    def run_job(tenant_id: int, job_id: str) -> None:
        Runner(settings, database(), handlers).run(tenant_id, UUID(job_id))

    @app.task(name=TICK)  # type: ignore[untyped-decorator]  # Celery has no types
    def tick() -> None:
        housekeeping.schedule(database())

    return app


def worker_command(application: str = "workers.app") -> list[str]:
    """Return the command line of a worker; run it with `ENVIRONMENT` added."""
    return [sys.executable, "-m", "celery", "-A", application, "worker", "-l", "INFO", *_QUIET]


def beat_command() -> list[str]:
    """Return the command line of the beat; a second one on another host does no harm."""
    return [sys.executable, "-m", "celery", "-A", "workers.app", "beat", "-l", "INFO", "--pidfile="]


def alive(timeout_seconds: float = 1.0) -> list[str]:
    """Names of the workers that answer in time, sorted."""
    answers: list[dict[str, object]] = app.control.ping(timeout=timeout_seconds)
    return sorted(name for answer in answers for name in answer)


app = make_app(settings(), HANDLERS)
