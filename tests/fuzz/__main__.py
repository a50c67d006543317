"""`python -m tests.fuzz [documents [seed]]`: compare the two readers; 1 at any difference."""

from __future__ import annotations

import asyncio
import io
import os
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from random import randrange

from kotacerdas.settings import Settings
from tests.fuzz.campaign import Tally, campaign, planted
from tests.fuzz.planting import Planting
from tests.servers import servers

DOCUMENTS = 20_000


def main(arguments: list[str]) -> int:
    """Print each difference, why requests were declined, and the summary."""
    documents = int(arguments[0]) if arguments else DOCUMENTS
    seed = int(arguments[1]) if len(arguments) > 1 else randrange(10**9)
    log = io.StringIO()
    with redirect_stderr(log), redirect_stdout(log), servers() as environment:
        os.environ.update(environment)
        with planted(Settings()) as (settings, planting):  # type: ignore[call-arg]  # filled from the environment
            tally = asyncio.run(_run(settings, planting, documents, seed))
    for difference in tally.differences:
        print(f"{difference}\n")
    for name, counts in (("declined", tally.declined), ("errors", tally.codes)):
        print(f"{name}: {', '.join(f'{key} {n}' for key, n in counts.most_common()) or 'none'}")
    print(f"seed {seed}, {tally.requests} requests")
    print(tally)
    return 1 if tally.differences else 0


async def _run(settings: Settings, planting: Planting, documents: int, seed: int) -> Tally:
    began = time.monotonic()
    async with campaign(settings, planting) as running:
        tally = await running.run(seed, documents)
    print(f"{documents} documents in {time.monotonic() - began:.0f} s", file=sys.__stderr__)
    return tally


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
