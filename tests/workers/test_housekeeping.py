"""Housekeeping: once an hour, only what has expired."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from secrets import token_bytes
from uuid import uuid4

from sqlalchemy import select, update

from kotacerdas.idempotency import IdempotencyKey, once
from kotacerdas.identity.models import BrowserSession
from kotacerdas.jobs import Job, JobState
from kotacerdas.scope import NATION, Door, Scope
from workers import housekeeping
from workers.registry import HANDLERS
from workers.runner import Runner

IDENTITY = Scope(Door.IDENTITY)


def test_two_beats_in_one_hour_write_one_job(database):
    hour = datetime.now(UTC) + timedelta(hours=uuid4().int % 10**6)
    housekeeping.schedule(database, hour)
    housekeeping.schedule(database, hour)
    assert len(scheduled(database, hour)) == 1


def test_expired_sign_ins_and_old_keys_go_and_the_others_stay(
    settings, database, city, make_person
):
    now = datetime.now(UTC)
    gone = [sign_in(database, make_person, now - timedelta(days=9))]
    gone += [sign_in(database, make_person, now, ended_at=now - timedelta(days=8))]
    kept = [sign_in(database, make_person, now - timedelta(days=1)) for _ in range(2)]
    use_key(database, city, "old-key-1", now - timedelta(days=3))
    use_key(database, city, "new-key-1", now)

    hour = now + timedelta(hours=uuid4().int % 10**6)
    housekeeping.schedule(database, hour)
    [job] = scheduled(database, hour)
    Runner(settings, database, HANDLERS).run(NATION, job.id)

    [job] = scheduled(database, hour)
    assert job.state is JobState.DONE
    assert job.result["sessions"] >= 2
    assert job.result["keys"] >= 1
    with database.unit_of_work(IDENTITY) as session:
        left = set(session.scalars(select(BrowserSession.token_hash)))
    assert (left & set(gone), left & set(kept)) == (set(), set(kept))
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        keys = select(IdempotencyKey.key).where(IdempotencyKey.tenant_id == city.id)
        assert session.scalars(keys).all() == ["new-key-1"]


def scheduled(database, hour) -> list[Job]:
    key = f"housekeeping:{hour:%Y-%m-%dT%H}"
    with database.unit_of_work(Scope(Door.WORKER, NATION)) as session:
        jobs = select(Job).where(Job.tenant_id == NATION, Job.dedupe_key == key)
        return list(session.scalars(jobs))


def sign_in(database, make_person, created_at, ended_at=None) -> bytes:
    row = BrowserSession(
        token_hash=token_bytes(32),
        person_id=make_person(),
        created_at=created_at,
        seen_at=created_at,
        ended_at=ended_at,
    )
    with database.unit_of_work(IDENTITY) as session:
        session.add(row)
    return row.token_hash


def use_key(database, city, key, created_at) -> None:
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        once(session, key, {}, uuid4)
        own = (IdempotencyKey.tenant_id == city.id) & (IdempotencyKey.key == key)
        session.execute(update(IdempotencyKey).where(own).values(created_at=created_at))
