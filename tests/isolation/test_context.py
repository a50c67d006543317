"""The context of a transaction: set once, gone with it, and never switched."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import func, select

import kotacerdas
from kotacerdas.scope import Door, Scope
from tenants.cities.models import Unit
from tests.isolation.expected import LOGINS

ROOT = Path(kotacerdas.__file__).parents[2]


@pytest.mark.parametrize("role", LOGINS)
def test_a_transaction_cannot_turn_to_another_tenant(scratch, role):
    with scratch.login(role) as connection:
        _enter(connection, 1)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="cannot turn to 2"):
            _enter(connection, 2)


def test_nor_can_it_leave_its_tenant(scratch):
    with scratch.login("app_city") as connection:
        _enter(connection, 1)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="cannot turn to <NULL>"):
            _enter(connection, None)


def test_a_savepoint_rolled_back_does_not_open_the_way(scratch):
    with scratch.login("app_city") as connection:
        _enter(connection, 1)
        for _ in range(2):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                _enter(connection, 2)
            assert _held(connection) == "1"
        _enter(connection, 1)  # the same tenant again is no switch


@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_the_context_ends_with_its_transaction(scratch, proof, end):
    with scratch.login("app_city") as connection:
        assert _held(connection) is None
        connection.rollback()
        _enter(connection, proof.own.id)
        assert _units(connection) == [proof.own.id]
        getattr(connection, end)()
        assert (_held(connection), _units(connection)) == ("", [])
        _enter(connection, proof.other.id)
        assert _units(connection) == [proof.other.id]


def test_a_person_reads_their_notifications_of_every_tenant_and_nobody_elses(scratch, proof):
    query = "select tenant_id from notification"
    with scratch.login("app_identity") as connection:
        connection.execute("select app.set_context(null, %s)", [proof.own.person_id])
        assert connection.execute(query).fetchall() == [(proof.own.id,)]
        connection.rollback()
        _enter(connection, proof.own.id)  # without a person the tenant opens nothing
        assert connection.execute(query).fetchall() == []


def test_the_context_is_set_in_one_place():
    folders = ("platform/kotacerdas", "tenants", "graphql_schema", "workers")
    sources = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    setting = {path.name for path in sources if "set_config" in (text := path.read_text())
               or "local app." in text}  # fmt: skip
    calling = {path.name for path in sources if "app.set_context" in path.read_text()}
    assert setting == {"0001_tenancy.py"}
    assert calling == {"0001_tenancy.py", "database.py", "isolation.py"}


def test_a_session_without_a_tenant_reads_nothing_of_a_city(database, city):
    city.unit()
    query = select(func.count()).where(Unit.tenant_id == city.id)
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        assert session.scalar(query) == 1
    with database.unit_of_work(Scope(Door.CITY)) as session:
        assert session.scalar(query) == 0


def _enter(connection: psycopg.Connection, tenant_id: int | None) -> None:
    connection.execute("select app.set_context(%s, null)", [tenant_id])


def _held(connection: psycopg.Connection) -> str | None:
    [row] = connection.execute("select current_setting('app.tenant_id', true)").fetchall()
    return row[0]


def _units(connection: psycopg.Connection) -> list[int]:
    return [row[0] for row in connection.execute("select tenant_id from unit").fetchall()]
