"""`python -m tests.workers.exports.measure TENANT`: one export after the other, in a process alone.

Prints one JSON object for each line read from standard input, which names a format, how many rows
to take, and how many of them the cursor hands over at once: rows, seconds, seconds of CPU, bytes,
and by how many kilobytes the highest use of memory has risen above that of the first line.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from kotacerdas.database import Database
from kotacerdas.settings import settings
from tenants.exports.models import ExportFormat, ExportKind
from workers.exports import writing


def highest() -> int:
    """Return the highest use of memory of this process in kilobytes.

    `getrusage` would count what the parent used when it started us.
    """
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1])


def measured(tenant_id: int, wishes: Iterator[str]) -> Iterator[dict[str, float]]:
    """Write an export for each wish, `format rows batch`, and tell what it took."""
    database, first = Database(settings()), 0
    with TemporaryDirectory() as folder:
        for wish in wishes:
            form, rows, batch = wish.split()
            writing.BATCH = int(batch)
            # The budgets of the planted rows are their numbers, in thousands.
            criteria = {"budget_rupiah": {"lte": f"{rows}000"}}
            order = writing.Order(
                tenant_id, ExportKind.INNOVATIONS, ExportFormat(form), "id", criteria
            )
            path = Path(folder) / "file"
            started, worked = time.perf_counter(), time.process_time()
            found = writing.write(database, order, path, lambda _: None, most_bytes=2 * 10**9)
            seconds = time.perf_counter() - started
            first = first or highest()
            yield {
                "rows": found,
                "seconds": round(seconds, 3),
                "cpu": round(time.process_time() - worked, 3),
                "bytes": path.stat().st_size,
                "risen": highest() - first,
                "highest": highest(),
            }
    database.close()


if __name__ == "__main__":
    for line in measured(int(sys.argv[1]), iter(sys.stdin)):
        print(json.dumps(line), flush=True)
