"""Job rows: written with their cause, claimed once, fenced, retried, announced fairly."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from kotacerdas import jobs
from kotacerdas.jobs import Job, JobState, Kind, LeaseLost, Queue, leases
from kotacerdas.jobs.announcing import announce, free_abandoned, withdraw
from kotacerdas.jobs.leases import Hold
from kotacerdas.scope import Door, Scope
from tests.jobs import KIND, RELAY, change, row, set_aside, write

MAIL = Kind("test.mail", Queue.MAIL)
LEASE = {"lease_seconds": 30, "attempts": 5}


@pytest.fixture(autouse=True)
def _only_own_jobs(database):
    set_aside(database)


def worker(city) -> Scope:
    return Scope(Door.WORKER, city.id)


def claim(database, city, job_id, **options):
    with database.unit_of_work(worker(city)) as session:
        return leases.claim(session, job_id, **{**LEASE, **options})


def announced(database, *, window=64, per_tenant=8, again_seconds=30.0):
    with database.unit_of_work(RELAY) as session:
        return announce(session, window=window, per_tenant=per_tenant, again_seconds=again_seconds)


def test_a_job_is_absent_when_its_transaction_rolls_back(database, city):
    with suppress(ZeroDivisionError), database.unit_of_work(worker(city)) as session:
        jobs.enqueue(session, KIND, uuid4())
        raise ZeroDivisionError
    with database.unit_of_work(worker(city)) as session:
        assert session.scalar(select(func.count(Job.id)).where(Job.tenant_id == city.id)) == 0


def test_a_second_job_with_the_same_dedupe_key_is_not_written(database, city):
    first, second = write(database, city, 2, dedupe_key="same")
    assert (first is not None, second) == (True, None)


def test_the_same_dedupe_key_is_free_in_another_city(database, make_city):
    assert all(write(database, city, dedupe_key="same")[0] for city in (make_city(), make_city()))


def test_two_workers_claim_a_job_once(database, city):
    [job_id] = write(database, city)
    together(two := [], lambda: claim(database, city, job_id))
    assert sorted(lease is None for lease in two) == [False, True]
    assert row(database, city, job_id).attempts == 1


def test_a_job_that_is_not_due_is_neither_announced_nor_claimed(database, city):
    later = datetime.now(UTC) + timedelta(hours=1)
    [job_id] = write(database, city, available_at=later)
    assert announced(database) == []
    assert claim(database, city, job_id) is None


def test_a_finish_after_the_lease_went_to_another_run_is_refused(database, city):
    [job_id] = write(database, city)
    old = claim(database, city, job_id, lease_seconds=-1)
    with database.unit_of_work(RELAY) as session:
        assert free_abandoned(session) == 1
    new = claim(database, city, job_id)
    with pytest.raises(LeaseLost), database.unit_of_work(worker(city)) as session:
        leases.finish(session, old)
    with database.unit_of_work(worker(city)) as session:
        leases.finish(session, new, result={"pages": 3})
    ended = row(database, city, job_id)
    assert (ended.state, ended.result, ended.attempts) == (JobState.DONE, {"pages": 3}, 2)


def test_a_beat_after_the_lease_was_lost_extends_nothing(database, city):
    [job_id] = write(database, city)
    old = claim(database, city, job_id, lease_seconds=-1)
    with database.unit_of_work(RELAY) as session:
        free_abandoned(session)
    with database.unit_of_work(worker(city)) as session:
        assert leases.beat(session, old, lease_seconds=30, step="late") is Hold.LOST
    assert row(database, city, job_id).step is None


def test_a_run_that_is_committing_past_its_lease_is_not_freed(database, city):
    [job_id] = write(database, city)
    lease = claim(database, city, job_id, lease_seconds=-1)
    with database.unit_of_work(worker(city)) as session:
        leases.finish(session, lease)
        with database.unit_of_work(RELAY) as relay:
            assert free_abandoned(relay) == 0
    assert row(database, city, job_id).state is JobState.DONE


def test_a_retry_waits_a_random_time_below_a_bound_that_doubles(database, city):
    for attempt in range(1, 5):
        waits = [retry_wait(database, city, attempt) for _ in range(12)]
        assert 0 <= min(waits) <= max(waits) <= 10 * 2 ** (attempt - 1)
        assert max(waits) - min(waits) > 2 ** (attempt - 1)  # full jitter spreads them


def retry_wait(database, city, attempt, kind=KIND, retry_seconds=10) -> float:
    [job_id] = write(database, city, kind=kind)
    change(database, city, job_id, attempts=attempt - 1)
    lease = claim(database, city, job_id)
    with database.unit_of_work(worker(city)) as session:
        now = session.scalar(select(func.now()))
        dead = leases.fail(
            session, lease, "E", attempts=5, retry_seconds=retry_seconds, final=False
        )
    assert not dead
    return (row(database, city, job_id).available_at - now).total_seconds()


def test_the_last_attempt_that_fails_makes_a_dead_letter(database, city):
    [job_id] = write(database, city)
    change(database, city, job_id, attempts=4)
    lease = claim(database, city, job_id)
    with database.unit_of_work(worker(city)) as session:
        assert leases.fail(session, lease, "E", attempts=5, retry_seconds=10, final=False)
    dead = row(database, city, job_id)
    assert (dead.state, dead.error, dead.attempts) == (JobState.DEAD, "E", 5)
    assert claim(database, city, job_id) is None


def test_a_mail_outlives_fifteen_minutes_without_its_server(database, city):
    for attempt, bound in enumerate((150, 300, 600, 1200), start=1):
        waits = [retry_wait(database, city, attempt, MAIL, 5) for _ in range(12)]
        assert bound / 2 <= min(waits) <= max(waits) <= bound
    assert (150 + 300 + 600 + 1200) / 2 > 15 * 60


def test_a_city_with_one_job_does_not_wait_behind_one_with_500(database, make_city):
    large, small = make_city(), make_city()
    write(database, large, 500)
    [single] = write(database, small)
    first = announced(database, window=64, per_tenant=8)
    assert single in [nudge.job_id for nudge in first[:2]]
    assert len([nudge for nudge in first if nudge.tenant_id == large.id]) == 8


def test_the_window_and_each_citys_cap_count_what_is_in_flight(database, make_city):
    cities = [make_city() for _ in range(3)]
    for city in cities:
        write(database, city, 6)
    first = announced(database, window=10, per_tenant=4)
    assert len(first) == 10
    assert announced(database, window=10, per_tenant=4) == []
    running = claim(database, cities[0], first[0].job_id)
    assert announced(database, window=10, per_tenant=4) == []
    with database.unit_of_work(Scope(Door.WORKER, running.tenant_id)) as session:
        leases.finish(session, running)
    assert len(announced(database, window=10, per_tenant=4)) == 1


def test_a_nudge_without_an_answer_is_announced_again_after_its_time(database, city):
    [job_id] = write(database, city)
    assert len(announced(database)) == 1
    assert announced(database) == []
    change(database, city, job_id, announced_at=datetime.now(UTC) - timedelta(seconds=31))
    assert [nudge.job_id for nudge in announced(database)] == [job_id]


def test_a_withdrawn_announcement_is_made_again_at_once(database, city):
    [job_id] = write(database, city)
    with database.unit_of_work(RELAY) as session:
        withdraw(session, announced(database))
    assert [nudge.job_id for nudge in announced(database)] == [job_id]


def test_two_relays_at_once_announce_nothing_twice(database, city):
    write(database, city, 40)
    together(both := [], lambda: announced(database, window=40, per_tenant=40))
    ids = [nudge.job_id for nudges in both for nudge in nudges]
    assert len(ids) == len(set(ids)) == 40


def together(results: list, action) -> None:
    start = Barrier(2)

    def run() -> None:
        start.wait()
        results.append(action())

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
