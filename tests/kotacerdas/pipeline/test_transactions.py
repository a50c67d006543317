"""Rules over libpq's pipeline on a real PostgreSQL: what waits, what is told, what is left."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from psycopg.errors import DivisionByZero
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError, InternalError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from kotacerdas import audit
from kotacerdas.database import Database
from kotacerdas.pipeline.connection import Connection
from kotacerdas.pipeline.pool import Pool
from kotacerdas.prepared import Prepared
from kotacerdas.rows import locked
from kotacerdas.scope import Door, Scope
from tenants.cities.models import Unit, UnitKind
from tenants.cities.units import UnitShortNameTaken, create_unit
from tests.kotacerdas.pipeline.test_pipeline import MINE, TENANT, as_superuser, end_backends


@pytest.fixture
def work(settings):
    """Return what runs a coroutine on a database of its own and closes it."""

    async def run(job, **changed):
        database = Database(settings.model_copy(update=changed))
        try:
            return await job(database)
        finally:
            await database.aclose()

    return lambda job, **changed: asyncio.run(run(job, **changed))


@pytest.fixture
def trips(monkeypatch):
    """The texts of the statements of each round trip."""
    sent, submit = [], Connection.submit

    def note(self, steps, future):
        sent.append([step.statement.sql.decode() for step in steps])
        submit(self, steps, future)

    monkeypatch.setattr(Connection, "submit", note)
    return sent


def unit(city, short_name="D"):
    return Unit(tenant_id=city.id, name="Dinas", short_name=short_name, kind=UnitKind.AGENCY)


def units(database, city):
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        return session.scalar(select(func.count(Unit.id)).where(Unit.tenant_id == city.id))


def test_what_answers_nothing_goes_with_the_commit(work, trips, database, city):
    def rule(session):
        session.add(unit(city))
        audit.record(session, "unit.create", "unit", None)
        session.flush()  # sent no sooner for it

    async def job(own):
        await own.perform(city.scope(), lambda session: session.scalar(text("select 1")))
        trips.clear()
        await own.perform(city.scope(), rule)

    work(job)
    (trip,) = trips
    assert [each.split()[0].lower() for each in trip] == [
        "begin", "select", "insert", "with", "commit",
    ]  # fmt: skip
    assert units(database, city) == 1
    with database.unit_of_work(city.scope()) as session:
        assert audit.verify(session).broken_at is None


def test_an_insert_that_is_refused_at_the_commit_leaves_nothing(work, database, city):
    def rule(session):
        session.add(unit(city))
        session.flush()  # the second collides with the first
        session.add(unit(city))

    async def job(own):
        with pytest.raises(IntegrityError):
            await own.perform(city.scope(), rule)
        return await own.perform(city.scope(), lambda session: session.scalar(text("select 7")))

    assert work(job) == 7
    assert units(database, city) == 0


def test_a_collision_within_a_savepoint_is_told_as_the_rule_says(work, database, city):
    scope, names = city.scope(), {"name": "Dinas", "short_name": "D", "kind": UnitKind.AGENCY}

    async def job(own):
        await own.perform(scope, lambda session: create_unit(session, **names))
        with pytest.raises(UnitShortNameTaken):
            await own.perform(scope, lambda session: create_unit(session, **names))

    work(job)
    assert units(database, city) == 1


def test_an_object_that_has_another_version_by_now_is_not_overwritten(work, database, city):
    row_id = city.unit(name="Dinas")

    def rule(session):
        row = session.get_one(Unit, (city.id, row_id))  # not locked
        with database.unit_of_work(city.scope()) as other:
            locked(other, Unit, row_id).name = "Badan"
        row.name = "Kantor"

    async def job(own):
        with pytest.raises(StaleDataError):
            await own.perform(city.scope(), rule)

    work(job)
    with database.unit_of_work(city.scope()) as session:
        assert session.get_one(Unit, (city.id, row_id)).name == "Badan"


def test_more_rules_than_connections_wait_and_keep_their_own_scope(work, make_city):
    cities = [make_city() for _ in range(3)]

    def rule(session):
        return session.scalar(text("select current_setting('app.tenant_id') from pg_sleep(0.001)"))

    async def job(own):
        asked = [own.perform(city.scope(), rule) for city in cities * 8]
        return await asyncio.gather(*asked), len(own._transactions(Door.CITY)._all)

    found, connections = work(job, pool_size=2)
    assert found == [str(city.id) for city in cities * 8]
    assert connections == 2


def test_who_stops_waiting_undoes_the_rule_and_stops_its_statement(work, settings, database, city):
    def rule(session):
        session.add(unit(city))
        session.execute(text("select pg_sleep(4)"))

    async def job(own):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await own.perform(city.scope(), rule)
        await asyncio.sleep(0.2)
        busy = f"{MINE} and state <> 'idle' and query like '%pg_sleep%'"
        asleep = as_superuser(settings, f"select count(*) from pg_stat_activity where {busy}")
        again = await own.perform(city.scope(), lambda session: session.scalar(text("select 7")))
        return asleep[0][0], again

    assert work(job, pool_size=1) == (0, 7)
    assert units(database, city) == 0


def test_who_stops_waiting_for_a_connection_leaves_the_turn_to_the_next(work, city):
    def slow(session):
        session.execute(text("select pg_sleep(0.3)"))

    async def job(own):
        holder = asyncio.create_task(own.perform(city.scope(), slow))
        await asyncio.sleep(0.1)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await own.perform(city.scope(), slow)
        await holder
        return await own.perform(city.scope(), lambda session: session.scalar(text("select 7")))

    assert work(job, pool_size=1) == 7


def test_a_connection_that_broke_while_idle_is_replaced(work, settings, city):
    def rule(session):
        return session.scalar(text("select 7"))

    async def job(own):
        await own.perform(city.scope(), rule)
        end_backends(settings)
        await asyncio.sleep(0.1)
        return await own.perform(city.scope(), rule)

    assert work(job) == 7


def test_a_connection_that_breaks_under_a_rule_fails_it_alone(work, settings, database, city):
    def rule(session):
        session.add(unit(city))
        session.execute(text("select 1"))
        end_backends(settings)
        session.execute(text("select 1"))

    async def job(own):
        with pytest.raises(OperationalError):
            await own.perform(city.scope(), rule)
        return await own.perform(city.scope(), lambda session: session.scalar(text("select 7")))

    assert work(job) == 7
    assert units(database, city) == 0


def test_values_come_back_as_they_do_over_psycopg(work, database, city):
    row_id = city.unit(name="Dinas")

    def rule(session):
        row = session.get_one(Unit, (city.id, row_id))
        return {column.name: getattr(row, column.key) for column in Unit.__table__.columns}

    async def job(own):
        return await own.perform(city.scope(), rule)

    with database.unit_of_work(city.scope()) as session:
        assert work(job) == rule(session)


def test_an_update_of_many_rows_is_not_taken_for_that_of_an_object(work, database, city):
    for number in range(3):
        city.unit(short_name=f"D{number}")

    def rule(session):
        mine = update(Unit).where(Unit.tenant_id == city.id).values(name="Badan")
        session.execute(mine.execution_options(synchronize_session=False))

    async def job(own):
        await own.perform(city.scope(), rule)

    work(job)
    with database.unit_of_work(city.scope()) as session:
        names = session.scalars(select(Unit.name).where(Unit.tenant_id == city.id)).all()
    assert names == ["Badan"] * 3


def test_closing_a_pool_closes_what_is_just_being_opened(settings):
    async def job():
        pool = Pool(settings.city_url.get_secret_value(), size=3)
        asked = [asyncio.create_task(pool.run([TENANT])) for _ in range(3)]
        await asyncio.sleep(0)  # all are on their way, none is open
        opening, before = pool._opening, len(pool._all)
        await pool.aclose()
        ended = await asyncio.gather(*asked, return_exceptions=True)
        return opening, before, len(pool._all), ended

    opening, before, after, ended = asyncio.run(job())
    assert (opening, before, after) == (3, 0, 0)
    assert all(isinstance(each, list | psycopg.OperationalError) for each in ended)


def test_a_rule_that_hides_a_failed_statement_is_not_said_to_have_committed(work, database, city):
    def rule(session):
        session.add(unit(city))
        session.flush()
        with pytest.raises(DivisionByZero):
            Prepared(text("select 1/0")).rows(session)

    async def job(own):
        with pytest.raises(InternalError, match="nothing was committed"):
            await own.perform(city.scope(), rule)

    work(job)
    assert units(database, city) == 0
