"""A real Celery worker: it answers, ends in order, and outlives a broker that was away."""

from __future__ import annotations

from time import monotonic, sleep
from types import SimpleNamespace

import pytest
from kombu.exceptions import OperationalError
from pydantic import SecretStr
from sqlalchemy import select

from kotacerdas.jobs import Job, JobState
from kotacerdas.scope import NATION, Door, Scope
from tests.faults.app import KIND, SLOW
from tests.faults.broker import stop
from tests.faults.product import Product
from tests.jobs import change, row, set_aside, write
from workers.broker import TICK, alive, broker_app

NATIONAL = SimpleNamespace(id=NATION)


@pytest.fixture
def product(database, valkey, tmp_path):
    set_aside(database)
    with Product(tmp_path, valkey, relay_poll_seconds=0.5) as product:
        yield product


@pytest.fixture
def broker(settings, valkey):
    return settings.model_copy(update={"broker_url": SecretStr(valkey.url)})


def wait_for(database, city, job_ids, *states, seconds=20.0) -> None:
    deadline = monotonic() + seconds
    while not all(row(database, city, job_id).state in states for job_id in job_ids):
        assert monotonic() < deadline
        sleep(0.05)


@pytest.mark.timed  # alone: while it is down, another process's broker could take its port
def test_jobs_written_while_the_broker_is_down_are_done_when_it_is_back(
    product, database, city, valkey
):
    first = write(database, city, kind=KIND)
    wait_for(database, city, first, JobState.DONE)
    stop(valkey)
    later = write(database, city, 5, kind=KIND)
    sleep(1)
    assert {row(database, city, job_id).state for job_id in later} == {JobState.QUEUED}
    valkey.start()
    # A nudge that died with the broker is sent again after a lease: 30 s, and 10 s to be done.
    wait_for(database, city, later, JobState.DONE, seconds=40)
    assert {row(database, city, job_id).attempts for job_id in later} == {1}


def test_sigterm_lets_the_running_job_end_and_then_the_worker_ends(product, database, city):
    slow = write(database, city, kind=SLOW)
    wait_for(database, city, slow, JobState.RUNNING)
    asked = monotonic()
    assert product.terminate_worker() == 0
    assert monotonic() - asked < 8
    done = row(database, city, slow[0])
    assert (done.state, done.attempts) == (JobState.DONE, 1)


def test_the_tick_of_the_beat_writes_and_runs_this_hours_housekeeping(product, database, broker):
    before = housekeeping_jobs(database)
    for job_id in before:
        change(database, NATIONAL, job_id, dedupe_key=None)
    broker_app(broker).send_task(TICK, queue="tick")
    deadline = monotonic() + 15
    while not (new := housekeeping_jobs(database)):
        assert monotonic() < deadline
        sleep(0.1)
    wait_for(database, NATIONAL, new, JobState.DONE)
    assert len(new) == 1


def housekeeping_jobs(database):
    ours = select(Job.id).where(Job.tenant_id == NATION, Job.dedupe_key.startswith("housekeeping:"))
    with database.unit_of_work(Scope(Door.WORKER, NATION)) as session:
        return session.scalars(ours).all()


def test_a_live_worker_is_named_and_none_is_named_after_its_end(product, broker):
    deadline = monotonic() + 15
    while not (names := alive(broker, 0.3)):
        assert monotonic() < deadline
    assert [name.split("@")[0] for name in names] == ["celery"]
    product.terminate_worker()
    assert alive(broker, 0.3) == []


def test_asking_for_workers_without_a_broker_fails_at_once(broker, valkey):
    stop(valkey)
    asked = monotonic()
    with pytest.raises(OperationalError):
        alive(broker)
    assert monotonic() - asked < 3
