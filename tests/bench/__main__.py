"""`python -m tests.bench`: measure the API beside others on the same data and roles."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from tests.bench import peer
from tests.bench.answers import DifferentAnswers
from tests.bench.contenders import NAMES, DidNotStart
from tests.bench.data.shape import Size
from tests.bench.data.store import FOLDER
from tests.bench.documents import OPERATIONS
from tests.bench.part import Outcome, Plan
from tests.bench.parts import (
    ceiling,
    cold,
    comparison,
    coverage,
    growth,
    memory,
    resolvers,
    startup,
)
from tests.bench.rounds import BadAnswers
from tests.npm import NotInstalled

PARTS: dict[str, Callable[[Plan], Outcome]] = {
    "generator": ceiling.generator,
    "comparison": comparison.one_process,
    "processes": comparison.two_processes,
    "cold": cold.cold_documents,
    "resolvers": resolvers.resolved,
    "coverage": coverage.own_documents,
    "memory": memory.mixed_requests,
    "startup": startup.second_start,
    "national": growth.national,
    "growth": growth.page,
}
FAILURES = (DifferentAnswers, BadAnswers, DidNotStart, NotInstalled)


def main() -> int:
    """Print tables and goals; 1 if something could not be measured, whether or not goals hold."""
    given = _arguments()
    plan = Plan(
        given.operations,
        given.contenders,
        given.rounds,
        given.seconds,
        Size(given.innovations, given.cities),
        partial(_tell, time.monotonic()),
    )
    plan.prepare()
    outcomes = {}
    try:
        if "postgraphile" in plan.contenders:
            peer.install()
        for name in given.parts:
            outcomes[name] = PARTS[name](plan)
            print("\n".join(outcomes[name].lines), flush=True)
    except FAILURES as failure:
        print(f"bench failed: {failure}")
        return 1
    finally:
        _keep(outcomes)
    for each in outcomes.values():
        for goal in each.goals:
            print(goal)
    return 0


def _tell(begun: float, text: str) -> None:
    print(f"[{time.monotonic() - begun:4.0f} s] {text}", file=sys.stderr, flush=True)


def _keep(outcomes: dict[str, Outcome]) -> None:
    """Write all samples and goals, for whoever draws a curve over time."""
    folder = FOLDER / "results"
    folder.mkdir(parents=True, exist_ok=True)
    found = {
        name: {
            "goals": [{**asdict(goal), "reached": goal.reached} for goal in each.goals],
            "samples": [asdict(sample) for sample in each.samples],
        }
        for name, each in outcomes.items()
    }
    (folder / f"{time.strftime('%Y%m%d-%H%M%S')}.json").write_text(json.dumps(found))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    _choice(parser, "--parts", tuple(PARTS))
    _choice(parser, "--operations", OPERATIONS)
    _choice(parser, "--contenders", NAMES)
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each contender")
    parser.add_argument("--seconds", type=float, default=8.0, help="seconds of each round")
    parser.add_argument("--innovations", type=int, default=Size.innovations)
    parser.add_argument("--cities", type=int, default=Size.cities)
    return parser.parse_args()


def _choice(parser: argparse.ArgumentParser, name: str, known: tuple[str, ...]) -> None:
    def chosen(text: str) -> tuple[str, ...]:
        names = tuple(text.split(","))
        unknown = set(names) - set(known)
        if unknown:
            wrong = ", ".join(sorted(unknown))
            raise argparse.ArgumentTypeError(f"unknown: {wrong}; known: {', '.join(known)}")
        return names

    parser.add_argument(
        name, type=chosen, default=known, metavar="A,B", help=f"of {', '.join(known)}"
    )


if __name__ == "__main__":
    sys.exit(main())
