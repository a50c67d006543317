"""The relay: jobs reach the broker, also one that was away."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from time import monotonic, sleep

import psycopg
import pytest
import redis
from pydantic import SecretStr

from kotacerdas.jobs import JobState
from tests.faults.broker import stop
from tests.jobs import change, row, set_aside, write
from workers.relay import BrokerDown, Relay


@pytest.fixture
def broker(valkey, settings, database):
    set_aside(database)
    return settings.model_copy(
        update={"broker_url": SecretStr(valkey.url), "relay_poll_seconds": 5.0}
    )


def queued(valkey) -> int:
    with redis.Redis.from_url(valkey.url) as client:
        return client.llen("bulk")


def wait_for(condition, seconds: float = 5.0) -> float:
    """Seconds until the condition holds."""
    start = monotonic()
    while not condition():
        assert monotonic() - start < seconds
        sleep(0.02)
    return monotonic() - start


@contextmanager
def running(relay: Relay):
    stop = Event()
    thread = Thread(target=relay.run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_a_committed_job_is_announced_at_once_without_waiting_for_the_poll(
    broker, database, city, valkey
):
    with running(Relay(broker, database)):
        sleep(0.5)  # the relay listens by now, and its next poll is seconds away
        write(database, city)
        assert wait_for(lambda: queued(valkey) == 1) < 1.0


@pytest.mark.timed  # alone: while it is down, another process's broker could take its port
def test_jobs_written_while_the_broker_is_down_are_announced_when_it_is_back(
    broker, database, city, valkey
):
    stop(valkey)
    [job_id] = write(database, city)
    relay = Relay(broker, database)
    with pytest.raises(BrokerDown):
        relay.scan()
    assert row(database, city, job_id).announced_at is None
    valkey.start()
    assert relay.scan() == 1
    assert queued(valkey) == 1


def test_the_relay_comes_back_after_postgresql_cut_its_connections(
    broker, database, city, valkey, cut_relay_connections
):
    with running(Relay(broker, database)):
        sleep(0.3)
        cut_relay_connections()
        write(database, city)
        wait_for(lambda: queued(valkey) == 1)


@pytest.fixture
def cut_relay_connections(settings):
    """Return a function that ends the relay's connections, as a restart of PostgreSQL does."""
    cut = """select pg_terminate_backend(pid) from pg_stat_activity
             where usename = 'app_relay' and pid <> pg_backend_pid()"""

    def end() -> None:
        with psycopg.connect(settings.relay_url.get_secret_value()) as connection:
            assert connection.execute(cut).rowcount >= 2

    return end


def test_two_relays_send_each_job_once(broker, database, city, valkey):
    wide = broker.model_copy(update={"job_window": 100, "job_window_per_tenant": 100})
    with running(Relay(wide, database)), running(Relay(wide, database)):
        for _ in range(10):
            write(database, city, 5)
        wait_for(lambda: queued(valkey) >= 50)
        sleep(0.2)
    assert queued(valkey) == 50


def test_an_abandoned_job_is_announced_again(broker, database, city, valkey):
    [job_id] = write(database, city)
    past = datetime.now(UTC) - timedelta(seconds=1)
    change(database, city, job_id, state=JobState.RUNNING, attempts=1, lease_until=past)
    assert Relay(broker, database).scan() == 1
    again = row(database, city, job_id)
    assert (again.state, again.error) == (JobState.QUEUED, "worker lost")


@pytest.mark.timed
def test_sigterm_ends_the_relay_within_two_seconds(broker, valkey):
    command = [sys.executable, "-m", "workers.relay"]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        assert b"relay.ready" in process.stderr.readline()
        sleep(0.3)
        asked = monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
        assert monotonic() - asked < 2
