"""`python -m tests.bench`: measure the API beside others on the same data and roles."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict

from tests.bench import peer
from tests.bench.answers import DifferentAnswers
from tests.bench.comparison import Plan, compare_reads, started
from tests.bench.contenders import NAMES, DidNotStart
from tests.bench.data.shape import Size
from tests.bench.data.store import FOLDER, database
from tests.bench.documents import READS
from tests.bench.report import Medians, table
from tests.bench.rounds import BadAnswers


def main() -> int:
    """Print the table; 1 if something could not be measured."""
    given = _arguments()
    plan = Plan(given.operations, given.contenders, given.rounds, given.seconds)
    begun = time.monotonic()

    def tell(text: str) -> None:
        print(f"[{time.monotonic() - begun:4.0f} s] {text}", file=sys.stderr, flush=True)

    try:
        if "postgraphile" in plan.contenders:
            peer.install()
        with database(given.size) as place:
            tell(f"data: {given.size}")
            with started(plan, place, FOLDER / "logs") as contenders:
                tell("contenders answer")
                samples = compare_reads(plan, place, contenders, FOLDER / "requests", tell)
    except (DifferentAnswers, BadAnswers, DidNotStart, peer.PeerUnavailable) as failure:
        print(f"bench failed: {failure}")
        return 1
    (FOLDER / "samples.json").write_text(json.dumps([asdict(each) for each in samples]))
    print("\n".join(table(Medians(samples))))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    names = {"type": lambda text: tuple(text.split(","))}
    parser.add_argument("--operations", **names, default=READS)
    parser.add_argument("--contenders", **names, default=NAMES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--innovations", type=int, default=Size.innovations)
    parser.add_argument("--cities", type=int, default=Size.cities)
    given = parser.parse_args()
    given.size = Size(given.innovations, given.cities)
    return given


if __name__ == "__main__":
    sys.exit(main())
