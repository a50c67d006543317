"""The product's database, its login roles and their passwords inside a running PostgreSQL."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

import kotacerdas
from kotacerdas.embedded.errors import EmbeddedError
from kotacerdas.embedded.passwords import Passwords, write_private

DATABASE = "kotacerdas"
LOGIN_ROLES = (
    "app_migrator",
    "app_city",
    "app_ministry",
    "app_identity",
    "app_worker",
    "app_relay",
    "backup",
)
RECORD = "roles.sha256"
ROLES_SQL = Path(kotacerdas.__file__).parents[2] / "deploy" / "postgres" / "roles.sql"


def prepare(superuser_url: str, home: Path, psql: Path, passwords: Passwords) -> None:
    """Make the database and its roles; nothing happens where the same roles.sql has already run."""
    script = ROLES_SQL.read_bytes()
    digest = hashlib.sha256(script).hexdigest()
    done = home / RECORD
    if done.exists() and done.read_text() == digest:
        return
    maintenance_url = superuser_url.replace(f"@/{DATABASE}?", "@/postgres?")
    with psycopg.connect(maintenance_url, autocommit=True) as connection:
        _make_database(connection)
        _run(psql, superuser_url, script)
        _set_passwords(connection, passwords)
    write_private(done, digest)


def forget(home: Path) -> None:
    """Let the next `prepare` run again, for a new cluster."""
    (home / RECORD).unlink(missing_ok=True)


def _make_database(connection: psycopg.Connection) -> None:
    known = connection.execute("select from pg_database where datname = %s", (DATABASE,))
    if known.fetchone() is None:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))


def _run(psql: Path, url: str, script: bytes) -> None:
    """Run the very file that an operator runs, with the same program."""
    target = conninfo_to_dict(url)
    done = subprocess.run(  # noqa: S603  (our own program and script)
        [psql, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"],
        input=script,
        env={
            "PGHOST": str(target["host"]),
            "PGUSER": str(target["user"]),
            "PGPASSWORD": str(target["password"]),
            "PGDATABASE": str(target["dbname"]),
        },
        start_new_session=True,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        raise EmbeddedError(f"{ROLES_SQL} failed:\n{done.stderr.decode(errors='replace')}")


def _set_passwords(connection: psycopg.Connection, passwords: Passwords) -> None:
    for role in LOGIN_ROLES:
        statement = sql.SQL("alter role {} password {}")
        password = sql.Literal(passwords.of(role))
        connection.execute(statement.format(sql.Identifier(role), password))
