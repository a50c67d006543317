"""The relay: tells Celery about jobs that are due, a bounded number at a time."""

from __future__ import annotations

import signal
from collections.abc import Callable
from threading import Event
from time import monotonic

import psycopg
import structlog
from kombu.exceptions import KombuError
from sqlalchemy.exc import DBAPIError

from kotacerdas import logs
from kotacerdas.database import Database
from kotacerdas.jobs.actions import WAKE
from kotacerdas.jobs.announcing import Nudge, announce, free_abandoned, withdraw
from kotacerdas.scope import Door, Scope
from kotacerdas.settings import Settings, settings
from kotacerdas.startup import RELAY_DOORS, refuse_start
from workers.broker import RUN_JOB, broker_app

LOG = structlog.get_logger(__name__)
SCOPE = Scope(Door.RELAY)
LONGEST_WAIT_SECONDS = 1.0
"""A wait for PostgreSQL's notice cannot be interrupted; the relay must end within two."""
GATHER_SECONDS = 0.02
"""Notices come in bursts: one scan answers all that arrive this soon after another."""
REST = 4
"""A scan of many waiting jobs takes longer: rest this many times as long, whatever is noticed."""

Send = Callable[[Nudge], None]


class BrokerDown(Exception):
    """A nudge could not be sent; the unsent ones are withdrawn."""


def celery_send(settings: Settings) -> Send:
    """Return a function that nudges Celery and fails fast when the broker is down."""
    app = broker_app(settings)
    once = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1}

    def send(nudge: Nudge) -> None:
        app.send_task(
            RUN_JOB,
            args=[nudge.tenant_id, str(nudge.job_id)],
            queue=nudge.queue.value,
            ignore_result=True,
            retry=True,
            retry_policy=once,
        )

    return send


class Relay:
    """Announces due jobs and frees abandoned ones; any number may run, one scans at a time.

    A broker or a PostgreSQL that is down costs time but no job: the rows wait, and the relay
    comes back.
    """

    def __init__(self, settings: Settings, database: Database, send: Send | None = None) -> None:
        self._settings = settings
        self._database = database
        self._send = send or celery_send(settings)

    def run(self, stop: Event) -> None:
        """Relay until `stop` is set."""
        while not stop.is_set():
            try:
                with self._listen() as notices:
                    while not stop.is_set():
                        self._turn(notices, stop)
            except (DBAPIError, psycopg.Error) as error:
                LOG.warning("relay.database_down", error=type(error).__name__)
                stop.wait(LONGEST_WAIT_SECONDS)

    def scan(self) -> int:
        """Free, choose, commit, then send; returns how many were announced.

        Raises BrokerDown after withdrawing what could not be sent.
        """
        settings = self._settings
        with self._database.unit_of_work(SCOPE) as session:
            if freed := free_abandoned(session):
                LOG.info("relay.freed", jobs=freed)
            nudges = announce(
                session,
                window=settings.job_window,
                per_tenant=settings.job_window_per_tenant,
                # A worker that dies takes unclaimed nudges along: they are due like its jobs.
                again_seconds=settings.job_lease_seconds,
            )
        for place, nudge in enumerate(nudges):
            try:
                self._send(nudge)
            except (KombuError, OSError) as error:
                with self._database.unit_of_work(SCOPE) as session:
                    withdraw(session, nudges[place:])
                raise BrokerDown from error
        return len(nudges)

    def _turn(self, notices: psycopg.Connection, stop: Event) -> None:
        started = monotonic()
        try:
            self.scan()
        except BrokerDown as error:
            LOG.warning("relay.broker_down", error=type(error.__cause__).__name__)
            stop.wait(LONGEST_WAIT_SECONDS)
            return
        rest = max(GATHER_SECONDS, REST * (monotonic() - started))
        wait = min(self._settings.relay_poll_seconds, LONGEST_WAIT_SECONDS)
        # One packet may carry many notices, whatever `stop_after` says: one rest answers them all.
        if list(notices.notifies(timeout=wait, stop_after=1)):
            stop.wait(min(rest, LONGEST_WAIT_SECONDS))

    def _listen(self) -> psycopg.Connection:
        url = self._settings.relay_url.get_secret_value()
        notices = psycopg.connect(url, autocommit=True, connect_timeout=5)
        notices.execute(f"listen {WAKE}")
        return notices


def main() -> None:
    """Relay until SIGTERM or SIGINT."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    logs.configure(settings())
    refuse_start(settings(), RELAY_DOORS)
    database = Database(settings())
    LOG.info("relay.ready")
    Relay(settings(), database).run(stop)
    database.close()


if __name__ == "__main__":
    main()
