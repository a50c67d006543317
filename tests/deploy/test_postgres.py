"""What the runbook promises of PostgreSQL: roles, passwords, rotation, backup and restore."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from kotacerdas import audit, migration
from kotacerdas.database import Database
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings, settings_of
from kotacerdas.tenancy import Tenant, tenant_tables
from tenants.cities.models import City, Region, Unit, UnitKind
from tests.deploy.conftest import DEPLOY, ROLES, Operator


def environment(operator: Operator, database: str = "kotacerdas") -> Settings:
    urls = {f"KOTACERDAS_{role.upper()}_URL": operator.url(role, database) for role in ROLES}
    return settings_of(urls | {"KOTACERDAS_PARTITIONS": "2"})


@pytest.fixture(scope="module")
def filled(operator: Operator) -> Operator:
    """The operator's database, migrated, with one city that has a unit and an audit entry."""
    settings = environment(operator)
    migration.upgrade(settings)
    database = Database(settings)
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        region = Region(
            code="13.75", kind="KOTA", name="Kota Bukittinggi", province_code="13",
            province="Sumatera Barat", zone="Asia/Jakarta",
        )  # fmt: skip
        session.add_all([Tenant(id=1), region])
        session.flush()
        session.add(City(id=1, region_code="13.75", slug="bukittinggi", name="x", zone=region.zone))
    with database.unit_of_work(Scope(Door.CITY, 1)) as session:
        session.add(Unit(tenant_id=1, name="Dinas", short_name="D", kind=UnitKind.AGENCY))
        audit.record(session, "unit.create", "unit", None, after={"name": "Dinas"})
    database.close()
    return operator


def test_roles_sql_changes_nothing_when_it_runs_again(operator: Operator, roles_of) -> None:
    with psycopg.connect(operator.superuser(), autocommit=True) as connection:
        before = roles_of(connection)
        connection.execute((DEPLOY / "postgres" / "roles.sql").read_text())
        assert roles_of(connection) == before
    bypassing = [row[1] for row in before if row[0] == "role" and (row[3] or row[4])]
    assert bypassing == ["backup"]
    assert [row[1] for row in before if row[0] == "role" and not row[2]] == ["app_owner"]


@pytest.mark.parametrize("role", [*ROLES, "backup"])
def test_each_login_role_has_the_password_of_its_secret(operator: Operator, role: str) -> None:
    with psycopg.connect(operator.url(role)) as connection:
        user = connection.execute("select current_user").fetchone()
    assert user == ("backup" if role == "backup" else f"app_{role}",)


def test_a_rotated_password_replaces_the_old_one(operator: Operator) -> None:
    old, secret = operator.url("relay"), operator.secrets / "kotacerdas_relay_url"
    secret.unlink()
    secret.write_text("postgresql://app_relay:sandibaru2@localhost:5432/kotacerdas")
    operator.script("postgres/passwords.sh")
    psycopg.connect(operator.url("relay")).close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(old)


@pytest.mark.parametrize("url", ["postgresql://backup@localhost/kotacerdas", "", "x://y:a'b@z/"])
def test_a_secret_without_a_plain_password_changes_no_role(
    operator: Operator, url: str, tmp_path: Path
) -> None:
    for file in operator.secrets.iterdir():
        (tmp_path / file.name).write_text(file.read_text())
    (tmp_path / "backup_url").write_text(url)
    with pytest.raises(AssertionError, match="holds no password of letters and digits"):
        operator.script("postgres/passwords.sh", SECRETS=str(tmp_path))
    psycopg.connect(operator.url("backup")).close()


@pytest.fixture(scope="module")
def restored(filled: Operator, tmp_path_factory: pytest.TempPathFactory) -> Operator:
    """A second database, restored from a dump that the role `backup` made, as the runbook says."""
    dump = tmp_path_factory.mktemp("dump") / "kotacerdas.dump"
    filled.run("pg_dump", "--format=custom", f"--file={dump}", filled.url("backup"))
    with psycopg.connect(filled.superuser("postgres"), autocommit=True) as connection:
        connection.execute("create database restored")
    with psycopg.connect(filled.superuser("restored"), autocommit=True) as connection:
        connection.execute((DEPLOY / "postgres" / "roles.sql").read_text())
    filled.run("pg_restore", "--exit-on-error", f"--dbname={filled.superuser('restored')}", dump)
    return filled


RELATIONS = """
select relname::text, relrowsecurity and relforcerowsecurity, relowner::regrole::text, relacl::text
from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
order by relname
"""
POLICIES = "select * from pg_policies order by tablename, policyname"


def test_a_restored_backup_has_every_row_owner_right_and_policy(restored: Operator) -> None:
    with psycopg.connect(restored.superuser("restored")) as copy:
        with psycopg.connect(restored.superuser()) as original:
            relations = original.execute(RELATIONS).fetchall()
            policies = original.execute(POLICIES).fetchall()
            counts = _counts(original, relations)
        assert copy.execute(RELATIONS).fetchall() == relations
        assert copy.execute(POLICIES).fetchall() == policies
        assert _counts(copy, relations) == counts
    assert {row[0] for row in relations if row[1]} >= tenant_tables()
    assert (counts["unit"], counts["audit_entry"], counts["city"]) == (1, 1, 1)


def _counts(connection: psycopg.Connection, relations: list[tuple[Any, ...]]) -> dict[str, int]:
    counts = {}
    for name, *_ in relations:
        row = connection.execute(f"select count(*) from {name}").fetchone()
        assert row is not None
        counts[name] = row[0]
    return counts


def test_a_restored_backup_serves_and_its_audit_chain_verifies(restored: Operator) -> None:
    settings = environment(restored, "restored")
    assert migration.pending(settings) == []
    database = Database(settings)
    with database.unit_of_work(Scope(Door.CITY, 1)) as session:
        assert audit.verify(session) == audit.Verdict(1, 1, None)
    with database.unit_of_work(Scope(Door.CITY, 2)) as session:
        assert session.scalar(select(Unit).where(Unit.tenant_id == 1)) is None
    database.close()
