"""Kill -9 while jobs run, and a broker that is away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kotacerdas.embedded.valkey import Valkey
from tests.faults import kills
from tests.faults.broker import stop
from tests.faults.product import Product
from tests.jobs import set_aside

SHORT = {"job_lease_seconds": 3, "job_retry_seconds": 0.5, "relay_poll_seconds": 0.5}


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    """A durable broker of the test's own."""
    server = Valkey(tmp_path, say=lambda _: None)
    server.start()
    yield server
    stop(server)


def test_jobs_are_neither_lost_nor_done_twice_while_everything_is_killed(
    database, make_city, valkey, tmp_path, capsys
):
    set_aside(database)
    cities = [make_city() for _ in range(8)]
    with Product(tmp_path, valkey, **SHORT) as product:
        report = kills.run(database, product, cities, jobs=200, kills=8, patience=60)
    with capsys.disabled():
        print(f"\n{report}")
    assert (report.kills, report.lost, report.twice) == (8, 0, 0)
