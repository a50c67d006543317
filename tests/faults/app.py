"""The worker's application with one kind of job more, whose effect can be counted."""

from __future__ import annotations

from random import uniform
from time import sleep
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.jobs import Kind, Lease, Queue
from kotacerdas.settings import settings
from workers.app import make_app
from workers.registry import HANDLERS
from workers.runner import Handler, Run

EFFECT = "fault.effect"
KIND = Kind(EFFECT, Queue.BULK)
SLOW = Kind("fault.slow", Queue.RENDER)


def load(_session: Session, lease: Lease) -> UUID:
    return lease.subject_id


def work(subject_id: UUID, run: Run) -> UUID:
    run.step("working")
    sleep(uniform(0.02, 0.1))
    return subject_id


def work_slowly(subject_id: UUID, run: Run) -> UUID:
    run.step("working")
    sleep(2)
    return subject_id


def keep(session: Session, lease: Lease, subject_id: UUID) -> None:
    """Leave an audit entry: nothing makes it unique, so a second effect would be seen."""
    audit.record(session, EFFECT, "job", lease.job_id, after={"subject": subject_id})


MORE = [Handler(KIND, load, work, keep), Handler(SLOW, load, work_slowly, keep)]
app = make_app(settings(), {**HANDLERS, **{handler.kind.name: handler for handler in MORE}})
