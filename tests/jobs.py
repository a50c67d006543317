"""What the tests of jobs share: rows of a city, written, read and changed in units of their own."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import update

from kotacerdas import jobs
from kotacerdas.database import Database
from kotacerdas.identity.policy import Permission
from kotacerdas.jobs import Job, JobState, Kind, Queue
from kotacerdas.scope import Door, Scope

KIND = Kind("test.kind", Queue.BULK, Permission.DOCUMENT_REQUEST)
RELAY = Scope(Door.RELAY)


def set_aside(database: Database) -> None:
    """Cancel what other tests left: the relay looks at every city, so their jobs would count."""
    left = Job.state.in_([JobState.QUEUED, JobState.RUNNING])
    with database.unit_of_work(RELAY) as session:
        session.execute(update(Job).where(left).values(state=JobState.CANCELLED))


def write(database: Database, city, count: int = 1, kind: Kind = KIND, **options) -> list[UUID]:
    """Enqueue jobs of a city in one transaction and return their ids."""
    with database.unit_of_work(Scope(Door.CITY, city.id, options.pop("person", None))) as session:
        return [jobs.enqueue(session, kind, uuid4(), **options) for _ in range(count)]


def row(database: Database, city, job_id: UUID) -> Job:
    """Read a job as it stands."""
    with database.unit_of_work(Scope(Door.WORKER, city.id)) as session:
        return session.get_one(Job, (city.id, job_id))


def change(database: Database, city, job_id: UUID, **values) -> None:
    """Set columns of a job, as time or a death of its worker would."""
    own = (Job.tenant_id == city.id) & (Job.id == job_id)
    with database.unit_of_work(Scope(Door.WORKER, city.id)) as session:
        session.execute(update(Job).where(own).values(**values))
