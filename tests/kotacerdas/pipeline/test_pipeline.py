"""Batches of reads on a real PostgreSQL: one round trip, one scope, and what may go wrong."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
import pytest

from kotacerdas.database import Database
from kotacerdas.errors import TimedOut
from kotacerdas.pipeline import connection as connections
from kotacerdas.pipeline.connection import BatchFailed, Statement, Step
from kotacerdas.pipeline.pool import Pool
from kotacerdas.scope import Door, Scope
from tests.scratch import superuser_url, url_text

TENANT = Step(Statement(b"tenant", b"select current_setting('app.tenant_id', true)"), ())
NOWHERE = Scope(Door.CITY)


def once(sql: str) -> Step:
    return Step(Statement(b"", sql.encode()), ())


@pytest.fixture
def work(settings) -> Callable[[Callable[[Database], Awaitable[Any]]], Any]:
    """Return what runs a coroutine on a database of its own and closes it."""

    async def run(job: Callable[[Database], Awaitable[Any]]) -> Any:
        database = Database(settings)
        try:
            return await job(database)
        finally:
            await database.aclose()

    return lambda job: asyncio.run(run(job))


def tenant_of(results: Any) -> bytes | None:
    return results[0].get_value(0, 0)


def test_a_batch_reads_in_its_own_scope_and_leaves_nothing_behind(work, settings):
    small = settings.model_copy(update={"pool_size": 1})

    async def job(_database: Database) -> list[Any]:
        database = Database(small)
        scopes = [Scope(Door.CITY, 7), NOWHERE, Scope(Door.CITY, 8)]
        found = [tenant_of(await database.batch(s, [TENANT], fresh=True)) for s in scopes]
        pool = database._pipeline(Door.CITY, replica=False)
        found.append(tenant_of(await pool.run([TENANT])))
        await database.aclose()
        return found

    assert work(job) == [b"7", b"", b"8", b""]


def test_many_at_once_never_see_each_others_scope(work):
    async def job(database: Database) -> list[bytes | None]:
        batches = [
            database.batch(Scope(Door.CITY, number), [TENANT], fresh=True) for number in range(300)
        ]
        return [tenant_of(results) for results in await asyncio.gather(*batches)]

    assert work(job) == [str(number).encode() for number in range(300)]


def test_what_postgres_refuses_fails_the_batch_alone(work):
    async def job(database: Database) -> Any:
        with pytest.raises(BatchFailed) as refused:
            await database.batch(NOWHERE, [once("select 1/0"), TENANT], fresh=True)
        return refused.value.sqlstate, tenant_of(
            await database.batch(Scope(Door.CITY, 9), [TENANT], fresh=True)
        )

    assert work(job) == ("22012", b"9")


def test_a_batch_cannot_write(work):
    async def job(database: Database) -> str:
        with pytest.raises(BatchFailed) as refused:
            await database.batch(NOWHERE, [once("create temporary table t (x int)")], fresh=True)
        return refused.value.sqlstate

    assert work(job) == "25006"


def test_a_statement_that_takes_too_long_is_told_as_a_timeout(work):
    async def job(database: Database) -> None:
        slow = [once("set local statement_timeout = 50"), once("select pg_sleep(5)")]
        with pytest.raises(TimedOut):
            await database.batch(NOWHERE, slow, fresh=True)

    work(job)


@pytest.mark.timed
def test_who_stops_waiting_stops_the_statement_on_the_server(work, settings):
    async def job(database: Database) -> tuple[float, int]:
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await database.batch(NOWHERE, [once("select pg_sleep(4)")], fresh=True)
        await asyncio.sleep(0.3)
        return time.monotonic() - began, sleeping(settings)

    waited, asleep = work(job)
    assert (waited < 2, asleep) == (True, 0)


def test_a_broken_connection_is_replaced_and_the_read_sent_once_more(work, settings):
    async def job(database: Database) -> list[bytes | None]:
        await database.batch(NOWHERE, [TENANT], fresh=True)
        end_backends(settings)
        idle = await database.batch(Scope(Door.CITY, 5), [TENANT], fresh=True)
        step = [once("select pg_sleep(0.4)"), TENANT]
        busy = asyncio.create_task(database.batch(Scope(Door.CITY, 6), step, fresh=True))
        await asyncio.sleep(0.2)
        end_backends(settings)
        return [tenant_of(idle), (await busy)[1].get_value(0, 0)]

    assert work(job) == [b"5", b"6"]


def test_no_more_statements_stay_prepared_than_the_limit(work, monkeypatch):
    monkeypatch.setattr(connections, "PREPARED", 8)

    async def job(database: Database) -> tuple[int, Any]:
        pool = database._pipeline(Door.CITY, replica=False)
        for number in range(20):
            await pool.run([Step(Statement(b"s%d" % number, b"select %d" % number), ())])
        kept = await pool.run([once("select count(*) from pg_prepared_statements")])
        again = await pool.run([Step(Statement(b"s0", b"select 0"), ())])
        return int(kept[0].get_value(0, 0)), again[0].get_value(0, 0)

    assert work(job) == (8, b"0")


def test_a_prepared_statement_outlives_a_change_of_its_table(work, settings):
    shown = Step(Statement(b"shown", b"select * from pipeline_probe"), ())

    async def job(database: Database) -> list[int]:
        pool = database._pipeline(Door.CITY, replica=False)
        widths = [(await pool.run([shown]))[0].nfields]
        as_superuser(settings, "alter table pipeline_probe add column b int")
        with pytest.raises(BatchFailed):
            await pool.run([shown])
        return [*widths, (await pool.run([shown]))[0].nfields]

    as_superuser(settings, "drop table if exists pipeline_probe")
    as_superuser(settings, "create table pipeline_probe (a int)")
    as_superuser(settings, "grant select on pipeline_probe to public")
    try:
        assert work(job) == [1, 2]
    finally:
        as_superuser(settings, "drop table pipeline_probe")


def test_an_explicit_frame_gives_the_same_answers(work, settings):
    framed = settings.model_copy(update={"explicit_transactions": True})

    async def job(_database: Database) -> list[Any]:
        database = Database(framed)
        results = await database.batch(Scope(Door.CITY, 3), [TENANT, TENANT], fresh=True)
        await database.aclose()
        return [result.get_value(0, 0) for result in results]

    assert work(job) == [b"3", b"3"]


def test_a_server_that_is_not_there_is_told_at_once():
    async def job() -> None:
        pool = Pool("postgresql://nobody@127.0.0.1:1/none", size=2)
        with pytest.raises(psycopg.OperationalError):
            await asyncio.gather(*(pool.run([TENANT]) for _ in range(5)))
        await pool.aclose()

    asyncio.run(job())


def as_superuser(settings, sql: str) -> list[Any]:
    with psycopg.connect(url_text(superuser_url(settings)), autocommit=True) as server:
        found = server.execute(sql)
        return found.fetchall() if found.description else []


MINE = "datname = current_database() and usename = 'app_city' and pid <> pg_backend_pid()"


def end_backends(settings) -> None:
    as_superuser(settings, f"select pg_terminate_backend(pid) from pg_stat_activity where {MINE}")


def sleeping(settings) -> int:
    busy = f"{MINE} and state = 'active' and query like '%pg_sleep%'"
    return as_superuser(settings, f"select count(*) from pg_stat_activity where {busy}")[0][0]
