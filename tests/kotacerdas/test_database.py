"""Units of work: one transaction, one scope, audit written last."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import psycopg
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import ProgrammingError

from kotacerdas import audit
from kotacerdas.audit.models import AuditEntry
from kotacerdas.database import Database
from kotacerdas.scope import Door, Scope
from tenants.cities.models import Unit, UnitKind
from tests.predicate.hook import suspended


def test_a_failure_undoes_the_change_and_its_audit_entry(database, city):
    scope = city.scope()
    with suppress(ZeroDivisionError), database.unit_of_work(scope) as session:
        session.add(Unit(tenant_id=city.id, name="Dinas", short_name="D", kind=UnitKind.AGENCY))
        audit.record(session, "unit.create", "unit", None)
        raise ZeroDivisionError
    with database.unit_of_work(scope) as session:
        assert session.scalar(select(func.count()).where(Unit.tenant_id == city.id)) == 0
        entries = select(func.count()).where(AuditEntry.tenant_id == city.id)
        assert session.scalar(entries) == 0


def test_a_city_cannot_write_rows_of_another(database, make_city):
    one, other = make_city(), make_city()
    stray = Unit(tenant_id=other.id, name="Dinas", short_name="D", kind=UnitKind.AGENCY)
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        database.unit_of_work(one.scope()) as session,
    ):
        session.add(stray)


def test_without_a_tenant_no_row_is_visible(database, city):
    city.unit()
    with suspended(), database.unit_of_work(Scope(Door.CITY)) as session:
        assert session.scalar(select(func.count()).select_from(Unit)) == 0


def test_async_code_runs_the_same_rules(database, city):
    city.unit()
    assert asyncio.run(_units(database, city.scope(), Unit.tenant_id == city.id)) == 1


async def _units(database, scope, own):
    try:
        return await database.perform(
            scope, lambda session: session.scalar(select(func.count(Unit.id)).where(own))
        )
    finally:
        await database.aclose()


def test_reads_go_to_the_replica_unless_they_must_be_fresh(settings, city):
    """Nobody listens on port 1: only a read that goes to the replica can fail there."""
    far = Database(settings.model_copy(update={"replica": "127.0.0.1:1"}))
    units = select(func.count(Unit.id)).where(Unit.tenant_id == city.id)

    async def ask(fresh):
        try:
            return await far.read(city.scope(), units, fresh=fresh)
        finally:
            await far.aclose()

    assert asyncio.run(ask(fresh=True)) == b"0"
    with pytest.raises(psycopg.OperationalError, match="port 1"):
        asyncio.run(ask(fresh=False))
