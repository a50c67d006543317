"""The job table."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from kotacerdas.changes import Announced
from kotacerdas.tenancy import Json, Model, TenantOwned, text_enum, unique_in_tenant


class JobState(StrEnum):
    """Where a job stands; DONE, DEAD and CANCELLED are final."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    CANCELLED = "cancelled"


class Queue(StrEnum):
    """Celery queues, by the kind of work."""

    RENDER = "render"
    BULK = "bulk"
    MAIL = "mail"
    HOOK = "hook"
    TICK = "tick"


class Job(TenantOwned, Model):
    """One piece of work on one row; written in the transaction that asks for it."""

    __announces__: ClassVar = Announced("job")
    __tablename__ = "job"
    __table_args__ = (
        unique_in_tenant("dedupe_key"),
        Index(
            "ix_job_due",
            "available_at",
            postgresql_where=text("state in ('queued', 'running')"),
        ),
    )
    kind: Mapped[str]
    queue: Mapped[Queue] = mapped_column(text_enum(Queue))
    subject_id: Mapped[UUID]
    person_id: Mapped[UUID | None]
    dedupe_key: Mapped[str | None]
    state: Mapped[JobState] = mapped_column(text_enum(JobState), default=JobState.QUEUED)
    available_at: Mapped[datetime] = mapped_column(server_default=func.now())
    announced_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    run_id: Mapped[UUID | None]
    lease_until: Mapped[datetime | None]
    step: Mapped[str | None]
    progress: Mapped[int | None]
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    error: Mapped[str | None]
    result: Mapped[Json | None]
    finished_at: Mapped[datetime | None]
