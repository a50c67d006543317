"""Looks at PostgreSQL: logins, migrations, isolation, clock, and the jobs that wait in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import psycopg
from pydantic import SecretStr
from sqlalchemy import and_, func, or_, select, text

from kotacerdas import isolation, migration
from kotacerdas.jobs import Job, JobState
from kotacerdas.scope import Door, Scope
from tenants import models
from tenants.cli.health.finding import Check, Ill, Patient

CONNECT_SECONDS = 5
SKEW = timedelta(seconds=2)
LATE = timedelta(minutes=5)
"""A job that is due and unclaimed for longer tells that nobody does the work."""

ROLES = ("city", "ministry", "identity", "worker", "relay", "migrator")
LISTENING = text(
    "select count(*) from pg_stat_activity"
    " where usename = current_user and pid <> pg_backend_pid() and query ilike 'listen %'"
)


def _login(role: str) -> Callable[[Patient], str]:
    def look(patient: Patient) -> str:
        secret: SecretStr = getattr(patient.settings, f"{role}_url")
        url = secret.get_secret_value()
        with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection:
            row = connection.execute(
                "select current_user, current_setting('server_version')"
            ).fetchone()
        user, version = row or ("", "")
        if user != f"app_{role}":
            raise Ill(
                f"logs in as {user}", f"Log in as app_{role} in KOTACERDAS_{role.upper()}_URL."
            )
        return f"PostgreSQL {version}"

    return look


def _migrations(patient: Patient) -> str:
    pending = migration.pending(patient.settings)
    if pending:
        raise Ill(f"missing: {', '.join(pending)}")
    return "up to date"


def _isolation(patient: Patient) -> str:
    found = isolation.verify(patient.database)
    if found:
        raise Ill(
            "; ".join(f"{one.subject} {one.problem}" for one in found),
            "; ".join(dict.fromkeys(one.remedy for one in found)),
        )
    tables = sum("tenant_id" in table.c for table in models.metadata.sorted_tables)
    return f"{tables} tenant tables, {len(Door)} logins"


def _clock(patient: Patient) -> str:
    with patient.database.unit_of_work(Scope(Door.CITY)) as session:
        before = datetime.now(UTC)
        theirs = session.scalar(select(func.clock_timestamp()))
        after = datetime.now(UTC)
    if theirs is None:
        raise Ill("the database told no time")
    skew = max(before - theirs, theirs - after, timedelta(0))
    if skew > SKEW:
        raise Ill(f"{skew.total_seconds():.1f} s apart from the database's")
    return f"{skew.total_seconds():.1f} s apart"


def _relay(patient: Patient) -> str:
    with patient.database.unit_of_work(Scope(Door.RELAY)) as session:
        relays = session.scalar(LISTENING) or 0
    if not relays:
        raise Ill("no relay listens")
    return f"{relays} listening"


def _jobs(patient: Patient) -> str:
    late = and_(
        Job.available_at < func.now() - LATE,
        or_(
            Job.state == JobState.QUEUED,
            and_(Job.state == JobState.RUNNING, Job.lease_until < func.now() - LATE),
        ),
    )
    counts = select(
        func.count().filter(Job.state.in_([JobState.QUEUED, JobState.RUNNING])),
        func.count().filter(late),
        func.count().filter(Job.state == JobState.DEAD),
    )
    with patient.database.unit_of_work(Scope(Door.RELAY)) as session:
        opened, waiting, dead = session.execute(counts).one()
    seen = f"{opened} open, {waiting} late, {dead} dead"
    if waiting:
        raise Ill(seen)
    return seen


CHECKS = (
    *(
        Check(
            f"login app_{role}",
            _login(role),
            f"Start PostgreSQL (or `kotacerdas dev`), run deploy/postgres/roles.sql, and set the"
            f" role's password in KOTACERDAS_{role.upper()}_URL.",
        )
        for role in ROLES
    ),
    Check("migrations", _migrations, "Run `kotacerdas db migrate`.", needs="login app_city"),
    Check(
        "isolation",
        _isolation,
        "Run deploy/postgres/roles.sql as superuser, then `kotacerdas db migrate`.",
        needs="migrations",
    ),
    Check(
        "clock",
        _clock,
        "Let both machines follow a time server: sessions, leases and deadlines depend on it.",
        needs="login app_city",
    ),
    Check(
        "relay",
        _relay,
        "Start `kotacerdas relay`: without it no job reaches a worker.",
        needs="migrations",
    ),
    Check(
        "jobs",
        _jobs,
        "Start relay and workers, or more workers; their logs name the jobs that fail.",
        needs="migrations",
    ),
)
