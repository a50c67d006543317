"""A PostgreSQL cluster's files: made by initdb in one step, configured anew at each start."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from kotacerdas.embedded.accounts import Account, named_account
from kotacerdas.embedded.errors import EmbeddedError
from kotacerdas.embedded.passwords import write_private

SUPERUSER = "postgres"
PORT = 5432
"""Only part of the socket's name: no TCP port is opened."""
_SAFE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def make_cluster(data: Path, programs: Path, account: Account, password: str) -> None:
    """Make the cluster of `data`; an interrupted attempt leaves nothing that looks like one."""
    fresh = data.with_name(f"{data.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    maker = named_account(account)
    maker.own_folder(fresh)
    password_file = data.with_name("password.new")
    write_private(password_file, password)
    maker.take(password_file)
    try:
        _initdb(fresh, programs, maker, password_file)
    finally:
        password_file.unlink()
    account.take_tree(fresh)
    fresh.rename(data)


def _initdb(folder: Path, programs: Path, maker: Account, password_file: Path) -> None:
    done = maker.run(
        programs / "initdb",
        f"--pgdata={folder}",
        f"--username={SUPERUSER}",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-instructions",
        # The server's first checkpoint writes all of it; a cluster without data needs no more.
        "--no-sync",
        cwd=folder.parent,
        output=subprocess.PIPE,
    )
    if done.returncode != 0:
        raise EmbeddedError(f"initdb failed in {folder.parent}:\n{done.stdout}{done.stderr}")


def configure(data: Path, account: Account, *, name: str, sockets: Path, durable: bool) -> None:
    """Write the cluster's whole configuration: sockets only, small, durable unless told not to."""
    values = {
        "cluster_name": name,
        "listen_addresses": "",
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
        "port": str(PORT),
        "max_connections": "200",
        "shared_buffers": "64MB",
        "max_wal_size": "512MB",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] %q%u@%d ",
    }
    values |= _SAFE if durable else dict.fromkeys(_SAFE, "off")
    path = data / "postgresql.conf"
    write_private(path, "".join(f"{key} = '{value}'\n" for key, value in values.items()))
    account.take(path)


def check_version(data: Path, expected: str) -> None:
    """Refuse a cluster of another PostgreSQL, which would not start on it."""
    found = (data / "PG_VERSION").read_text().strip()
    if found != expected:
        raise EmbeddedError(
            f"The data in {data} was made by PostgreSQL {found}, not {expected}. Point"
            " KOTACERDAS_POSTGRES_BIN to that version, or begin anew with `kotacerdas dev --fresh`."
        )
