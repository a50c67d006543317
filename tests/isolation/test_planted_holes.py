"""Each planted hole is caught, by the checks that are said to see it, and is filled again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pydantic import SecretStr
from sqlalchemy import Connection, NullPool, create_engine, text

from kotacerdas.database import Database, driver_url
from kotacerdas.isolation import examine, verify
from kotacerdas.scope import Door
from tests.isolation import catalogue
from tests.isolation.behaviour import Proof
from tests.isolation.conftest import Scratch
from tests.isolation.expected import LOGINS
from tests.isolation.holes import BEHAVIOUR, CATALOGUE, HOLES, ROLE_HOLES, START, Hole
from tests.isolation.rows import TABLES


@pytest.mark.parametrize("hole", HOLES, ids=lambda hole: hole.name.replace(" ", "-"))
def test_a_planted_hole_is_caught(scratch, proof, hole):
    if "unit_p0" in hole.plant and scratch.settings.partitions == 1:
        pytest.skip("plain tables have no partitions to leave open")
    with _planted(scratch, hole):
        faults = {
            CATALOGUE: _catalogue(scratch),
            BEHAVIOUR: _behaviour(scratch, proof, hole),
            START: _start(scratch),
        }
    assert {name for name, told in faults.items() if told} == set(hole.caught_by)
    for name in hole.caught_by:
        assert any(hole.table in fault for fault in faults[name]), faults[name]


@pytest.mark.parametrize("hole", ROLE_HOLES, ids=lambda hole: hole.name.replace(" ", "-"))
def test_start_up_tells_a_role_that_is_too_mighty(scratch, proof, hole):
    with _as_superuser(scratch) as connection:
        connection.execute(text(hole.plant))
        connection.execute(text("set local session authorization app_city"))
        told = [str(finding) for finding in examine(connection, Door.CITY)]
    assert any(f"login role app_city {hole.told}" in fault for fault in told), told


@pytest.mark.parametrize("hole", ROLE_HOLES, ids=lambda hole: hole.name.replace(" ", "-"))
def test_the_catalogue_tells_a_role_that_is_too_mighty(scratch, proof, hole):
    with scratch.superuser() as connection, connection.transaction(force_rollback=True):
        connection.execute(hole.plant)
        assert catalogue.faults(connection, partitions=scratch.settings.partitions) != []


def test_a_role_that_inherits_from_another_sees_rows_without_a_context(scratch, proof):
    with _as_superuser(scratch) as connection:
        connection.execute(text("grant app_ministry to app_city with inherit true"))
        connection.execute(text("set local session authorization app_city"))
        assert connection.scalar(text("select count(*) from unit")) == 2


def test_a_role_that_starts_with_a_context_is_told(scratch, proof):
    with _as_superuser(scratch) as connection:
        connection.execute(text("alter role app_city set app.tenant_id = '1'"))
        connection.execute(text("set local app.tenant_id = '1'"))  # as its next login would
        connection.execute(text("set local session authorization app_city"))
        told = [str(finding) for finding in examine(connection, Door.CITY)]
    assert any("starts every session as tenant 1" in fault for fault in told)


def test_another_login_than_the_doors_own_is_told(scratch, proof):
    settings = scratch.settings.model_copy(update={"city_url": scratch.settings.ministry_url})
    database = Database(settings)
    told = [str(finding) for finding in verify(database, [Door.CITY])]
    database.close()
    assert any("log in as app_city in KOTACERDAS_CITY_URL" in fault for fault in told), told


def test_a_missing_table_sends_the_operator_to_the_migrations(scratch, proof):
    with _as_superuser(scratch) as connection:
        connection.execute(text("alter table remark rename to remarks"))
        connection.execute(text("set local session authorization app_worker"))
        told = [str(finding) for finding in examine(connection, Door.WORKER)]
    assert told == ["table remark is missing; run: kotacerdas db migrate"]


def test_once_filled_the_database_is_safe_and_serves(scratch, proof):
    assert _catalogue(scratch) == []
    database = Database(scratch.settings)
    assert verify(database) == []
    database.close()


@contextmanager
def _planted(scratch: Scratch, hole: Hole) -> Iterator[None]:
    with scratch.superuser() as connection:
        connection.execute("set role app_owner")
        connection.execute(hole.plant)
        try:
            yield
        finally:
            connection.execute(hole.fill)


@contextmanager
def _as_superuser(scratch: Scratch) -> Iterator[Connection]:
    """Yield a transaction that is rolled back: roles belong to the whole server."""
    engine = create_engine(driver_url(SecretStr(scratch.superuser_url)), poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


def _catalogue(scratch: Scratch) -> list[str]:
    with scratch.superuser() as connection:
        return catalogue.faults(connection, partitions=scratch.settings.partitions)


def _behaviour(scratch: Scratch, proof: Proof, hole: Hole) -> list[str]:
    mine = Proof(proof.own, proof.other)
    tables = [table for table in TABLES if table.name in (hole.table, "unit")]
    for role in LOGINS:
        with scratch.login(role) as connection:
            mine.run(connection, role, tables, how="fresh")
        with scratch.login(role) as connection:
            proof.own.serve(connection)
            mine.run(connection, role, tables, how="reused")
    return mine.faults


def _start(scratch: Scratch) -> list[str]:
    database = Database(scratch.settings)
    try:
        return [str(finding) for finding in verify(database)]
    finally:
        database.close()
