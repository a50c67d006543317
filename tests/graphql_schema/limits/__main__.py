"""`python -m tests.graphql_schema.limits`: what hostile requests cost; 1 if it is too much."""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout

from kotacerdas import migration
from kotacerdas.database import Database
from kotacerdas.settings import Settings
from tests.graphql_schema.limits.corpus import CORPUS
from tests.graphql_schema.limits.flood import Outcome, flood, identities
from tests.graphql_schema.limits.measuring import CPU_MS, READYZ_MS, Measured, still_heap
from tests.kotacerdas.web.server.process import process
from tests.servers import servers

FLOOD_SECONDS = 15


def main() -> int:
    """Print the requests that were not refused as they must be, and the summary."""
    log = io.StringIO()
    with redirect_stderr(log), redirect_stdout(log), servers() as environment:
        os.environ.update(environment)
        settings = Settings()  # type: ignore[call-arg]  # filled from the environment
        migration.upgrade(settings)
        refused, slowest = _measure(settings)
        outcome = _flood(settings)
    worst_readyz = max(outcome.readyz_ms)
    in_time = slowest < CPU_MS and worst_readyz < READYZ_MS
    well = refused == len(CORPUS) and outcome.refused == outcome.sent and in_time
    print(
        f"hostile documents={len(CORPUS)} refused={refused} worst_cpu_ms={slowest:.0f}"
        f" worst_readyz_ms={worst_readyz:.0f} goal {CPU_MS}|{READYZ_MS} {'ok' if well else 'short'}"
    )
    return 0 if well else 1


def _measure(settings: Settings) -> tuple[int, float]:
    measured = Measured(settings)
    with still_heap():
        answers = [measured.send(each.body, each.sender) for each in CORPUS]
    for each, answer in zip(CORPUS, answers, strict=True):
        if answer.codes != [each.code]:
            print(f"{each.name}: {answer.codes} instead of {each.code}", file=sys.__stdout__)
    refused = sum(a.codes == [h.code] for h, a in zip(CORPUS, answers, strict=True))
    return refused, max(answer.cpu_ms for answer in answers)


def _flood(settings: Settings) -> Outcome:
    database = Database(settings)
    try:
        with process() as api:
            return flood(api.url, identities(api.url, settings, database), FLOOD_SECONDS)
    finally:
        database.close()


if __name__ == "__main__":
    sys.exit(main())
