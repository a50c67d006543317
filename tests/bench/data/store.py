"""The bench's databases: one folder for each size, kept between runs while the generator stays."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psycopg

from kotacerdas.embedded.servers import EmbeddedServers
from kotacerdas.settings import Settings, settings_of
from tests.bench.data import loading
from tests.bench.data.shape import Size
from tests.checkout import kept
from tests.scratch import superuser_url, url_text

ROOT = Path(__file__).parents[3]
FOLDER = kept("bench")
MADE_BY = (ROOT / "tests/bench/data", ROOT / "tenants/migrations/versions")
PEER = ROOT / "tests/bench/postgraphile/setup.sql"
TUNING = ("shared_buffers = '512MB'", "autovacuum = 'off'", "max_wal_size = '4GB'")
"""As on a server of the size; and no vacuum in the midst of somebody's round."""


@dataclass(frozen=True)
class Place:
    """Running servers, and what a process must know to use them."""

    settings: Settings
    environment: dict[str, str]

    def connect(self) -> psycopg.Connection:
        """Connect past every policy, as the superuser."""
        return psycopg.connect(url_text(superuser_url(self.settings)), autocommit=True)

    def open_sessions(self) -> None:
        """Let the sessions in the data begin now: since it was made they would have lapsed."""
        with self.connect() as connection:
            connection.execute("update browser_session set created_at = now(), seen_at = now()")

    @cached_property
    def postmaster(self) -> int:
        """Pid of PostgreSQL's first process."""
        with self.connect() as connection:
            backend = connection.info.backend_pid
            status = Path(f"/proc/{backend}/status").read_text()
        return int(re.findall(r"^PPid:\s+(\d+)", status, re.MULTILINE)[0])


@contextmanager
def database(size: Size, *, keep: bool = True, checked: bool = False) -> Iterator[Place]:
    """Yield running servers whose database holds the made-up nation.

    Data that an earlier run made with the same generator and migrations is used again.
    """
    folder = FOLDER / str(size)
    note, origin = folder / "bench.json", _origin()
    if not _made(note, origin):
        with _servers(folder, durable=False, fresh=True) as place:
            begun = time.monotonic()
            rows = loading.load(place.settings, size, checked=checked)
            tuning = [f"alter system set {each}" for each in TUNING]
            _run(place, PEER.read_text(), *tuning, "vacuum (analyze)", "checkpoint")
            facts = {"origin": origin, "rows": rows, "seconds": round(time.monotonic() - begun)}
        note.write_text(json.dumps(facts))
    try:
        with _servers(folder, durable=True, fresh=False) as place:
            place.open_sessions()
            yield place
    finally:
        if not keep:
            EmbeddedServers(folder, catch_mail=False).remove()


@contextmanager
def _servers(folder: Path, *, durable: bool, fresh: bool) -> Iterator[Place]:
    folder.mkdir(parents=True, exist_ok=True)
    running = EmbeddedServers(folder, durable=durable, fresh=fresh, say=lambda _text: None)
    with running:
        environment = running.environment()
        yield Place(settings_of(environment), environment)


def _run(place: Place, *statements: str) -> None:
    with place.connect() as connection:
        for statement in statements:
            connection.execute(statement.encode())


def _made(note: Path, origin: str) -> bool:
    return note.exists() and json.loads(note.read_text())["origin"] == origin


def _origin() -> str:
    """Hash of everything that decides what the data looks like."""
    sources = sorted(path for folder in MADE_BY for path in folder.glob("*.py"))
    sources.append(PEER)
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
