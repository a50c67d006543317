"""Dead letters at the console: listed by city, put back, and jobs cancelled by the operator."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from kotacerdas.audit.models import AuditEntry
from kotacerdas.jobs import JobState, Kind, enqueue
from kotacerdas.scope import NATION, Door, Scope
from tenants.documents.actions import RENDER
from tests.jobs import KIND, change, row, write


@pytest.fixture
def job(call, settings):
    """Return a function that runs `kotacerdas job ... --json` on the tests' database."""
    own = {name: value for name, value in os.environ.items() if name.startswith("KOTACERDAS_")}

    def run(*arguments, **options):
        done = call("--language", "en", "job", *arguments, "--json", variables=own, **options)
        return done.stderr if done.exit_code else json.loads(done.stdout)

    return run


def dead(database, city, kind=KIND, *, hours=1):
    [job_id] = write(database, city, kind=kind)
    ended = datetime.now(UTC) - timedelta(hours=hours, minutes=1)
    change(
        database, city, job_id,
        state=JobState.DEAD, attempts=5, error="NotTaken", finished_at=ended,
    )  # fmt: skip
    return job_id


def audited(database, city) -> list[tuple]:
    mine = select(AuditEntry.action, AuditEntry.request_id).where(AuditEntry.tenant_id == city.id)
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        return [tuple(entry) for entry in session.execute(mine)]


def test_dead_letters_are_listed_with_city_error_and_age(database, city, job):
    new, old = dead(database, city), dead(database, city, hours=50)
    write(database, city)
    listed = job("list", "--city", city.slug)
    assert [(line["id"], line["age"]) for line in listed] == [(str(new), "1 h"), (str(old), "2 d")]
    first = listed[0]
    assert (first["city"], first["kind"]) == (city.slug, KIND.name)
    assert (first["attempts"], first["error"]) == (5, "NotTaken")
    assert str(new) in {line["id"] for line in job("list", "--kind", KIND.name)}
    assert job("list", "--city", city.slug, "--kind", "test.other") == []


def test_a_dead_letter_is_put_back_and_audited(database, city, job):
    one, other = dead(database, city), dead(database, city)
    assert job("retry", one) == {"put_back": 1}
    back = row(database, city, one)
    assert (back.state, back.attempts, back.error) == (JobState.QUEUED, 0, None)
    assert row(database, city, other).state is JobState.DEAD
    assert audited(database, city) == [("job.revive", "console")]


def test_all_of_a_kind_are_put_back_in_every_city(database, make_city, job):
    kind = Kind(f"test.{uuid4().hex}", KIND.queue)
    cities = [make_city(), make_city()]
    ids = [dead(database, city, kind) for city in cities for _ in range(2)]
    assert job("retry", "--kind", kind.name, "--city", cities[0].slug) == {"put_back": 2}
    assert job("retry", "--kind", kind.name) == {"put_back": 2}
    states = [row(database, cities[at // 2], job_id).state for at, job_id in enumerate(ids)]
    assert states == [JobState.QUEUED] * 4


def test_what_is_not_dead_or_cannot_be_put_back_is_refused_in_words(database, city, job):
    good, [waiting] = dead(database, city), write(database, city)
    told = job("retry", good, waiting, code=1)
    assert told == f"Not found: {waiting}. See `kotacerdas job list`.\n"
    assert job("retry", code=1) == "Name ids of jobs, or a --kind.\n"
    book = dead(database, city, RENDER)
    assert "kotacerdas document request" in job("retry", good, book, code=1)
    assert row(database, city, good).state is JobState.DEAD
    assert audited(database, city) == []


def test_the_operator_cancels_a_job_of_any_kind(database, city, job):
    [waiting] = write(database, city)
    assert job("cancel", waiting)["state"] == "cancelled"
    assert audited(database, city) == [("job.cancel", "console")]
    assert job("cancel", waiting, code=1).startswith("This job has ended (cancelled)")
    assert job("cancel", uuid4(), code=1).startswith("Not found: ")


def test_a_job_of_the_nation_is_cancelled_too(database, job):
    nation = type("Nation", (), {"id": NATION})
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        waiting = enqueue(session, KIND, uuid4())
    assert job("cancel", waiting)["state"] == "cancelled"
    assert row(database, nation, waiting).state is JobState.CANCELLED
