"""Many innovations of one city, planted without its rules, and measured in a process alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

from sqlalchemy import text

STEP = 2_000
WORDS = "Warga mengantre sejak subuh; loket dibuka pukul delapan dan tutup sebelum siang. "

MANY = """
insert into innovation (tenant_id, id, participation_id, unit_id, dimension_id, state, revision,
                        name, kind, maturity, problem, solution, benefit, uniqueness, partners,
                        replication, sustainability, risks, resources, budget_rupiah, created_by,
                        version)
select :tenant, gen_random_uuid(), :participation, :unit, :dimension, 'accepted', 1,
       'Inovasi nomor ' || number, 'digital', 'applied', repeat(:words, 4), repeat(:words, 4),
       repeat(:words, 2), '', 'Bank Nagari', '', repeat(:words, 2), '=risiko', '', number * 1000,
       :person, 1
from generate_series(cast(:first as int), cast(:last as int)) number
"""


def plant(planning: Any, count: int) -> None:
    """Write so many innovations of about one kilobyte; their budgets are their numbers."""
    values = {
        "tenant": planning.city.id,
        "participation": planning.participation_id,
        "unit": planning.unit_id,
        "dimension": planning.pillars["economy"],
        "person": planning.scope.person_id,
        "words": WORDS,
    }
    for first in range(1, count + 1, STEP):
        part = {**values, "first": first, "last": min(first + STEP - 1, count)}
        planning.run(lambda session, part=part: session.execute(text(MANY), part))


def measure(tenant_id: int, wishes: Iterable[str]) -> list[dict[str, float]]:
    """Write an export for each wish, `format rows batch`, in a child; return what each took."""
    command = [sys.executable, "-m", "tests.workers.exports.measure", str(tenant_id)]
    done = subprocess.run(
        command,
        input="\n".join(wishes),
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )
    return [json.loads(line) for line in done.stdout.splitlines()]
