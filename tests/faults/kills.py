"""Jobs that run while their worker, relay and broker are killed: none lost, none twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import cycle, islice
from time import monotonic, sleep
from uuid import UUID

from sqlalchemy import select

from kotacerdas.audit.models import AuditEntry
from kotacerdas.database import Database
from kotacerdas.jobs import Job, JobState
from kotacerdas.scope import Door, Scope
from tests.faults.app import EFFECT, KIND
from tests.faults.product import Product
from tests.jobs import write

TARGETS = ("child", "worker", "relay", "broker")


@dataclass(frozen=True)
class Report:
    """What became of the jobs: `lost` ended without an effect, `twice` are effects too many."""

    jobs: int
    kills: int
    lost: int
    twice: int
    seconds: float

    def __str__(self) -> str:
        """Return the line of figures."""
        return (
            f"faults jobs={self.jobs} kills={self.kills} lost={self.lost}"
            f" twice={self.twice} seconds={self.seconds:.1f}"
        )


def run(
    database: Database, product: Product, cities: list, *, jobs: int, kills: int, patience: float
) -> Report:
    """Write `jobs` over the cities and kill each target in turn, spread over their course.

    Jobs are given up when none has ended for `patience` seconds, however slow the machine is.
    """
    start = moved = monotonic()
    share, rest = divmod(jobs, len(cities))
    for place, city in enumerate(cities):
        write(database, city, share + (place < rest), kind=KIND)
    victims = list(islice(cycle(TARGETS), kills))
    done = 0
    while done < jobs and monotonic() - moved < patience:
        before, done = done, sum(_ended(database, city) for city in cities)
        moved = monotonic() if done > before else moved
        if victims and done >= jobs * (kills - len(victims) + 1) / (kills + 2):
            product.kill(victims.pop(0))
        sleep(0.05)
    seconds = monotonic() - start
    sleep(0.5)  # a second effect would come late
    effects = [count for city in cities for count in _effects(database, city)]
    killed = kills - len(victims)
    return Report(jobs, killed, effects.count(0), sum(max(0, n - 1) for n in effects), seconds)


def _ended(database: Database, city) -> int:
    with database.unit_of_work(Scope(Door.WORKER, city.id)) as session:
        done = select(Job.id).where(Job.tenant_id == city.id, Job.state == JobState.DONE)
        return len(session.scalars(done).all())


def _effects(database: Database, city) -> list[int]:
    """How many effects each of the city's jobs has left; 0 for one that did not end as done."""
    with database.unit_of_work(Scope(Door.WORKER, city.id)) as session:
        entry = select(AuditEntry.entity_id).where(
            AuditEntry.tenant_id == city.id, AuditEntry.action == EFFECT
        )
        counts: Counter[UUID | None] = Counter(session.scalars(entry))
        rows = session.execute(select(Job.id, Job.state).where(Job.tenant_id == city.id)).all()
    return [counts[row.id] if row.state is JobState.DONE else 0 for row in rows]
