"""Memory of one of our processes while it answers 10,000 mixed requests."""

from __future__ import annotations

from random import Random

from tests.bench import requests, rounds
from tests.bench.contenders import running
from tests.bench.data.shape import SEED
from tests.bench.data.store import database
from tests.bench.goals import Goal
from tests.bench.measuring import resident_mib
from tests.bench.part import Outcome, Plan, outcome
from tests.bench.rounds import THROUGHPUT
from tests.bench.targets import targets_of

CHUNKS, EACH = 10, 1000
SHARES = {"tree": 30, "page": 35, "one": 33, "national": 2}
MOST_MIB = 120
MOST_GROWTH = 1.05
SETTLED = 2
"""Chunks after which caches and pools are filled."""


def mixed_requests(plan: Plan) -> Outcome:
    """Follow the memory over ten times a thousand requests."""
    rng = Random(SEED)
    with database(plan.size) as place, running("ours", place, plan.logs) as server:
        with place.connect() as connection:
            asked = {
                operation: requests.requests_of(
                    "ours", operation, targets_of(operation, connection), place.settings
                )
                for operation in SHARES
            }
        seen = [resident_mib(server.pids)]
        for _ in range(CHUNKS):
            drawn = rng.choices(list(SHARES), weights=list(SHARES.values()), k=EACH)
            mixed = [rng.choice(asked[operation]) for operation in drawn]
            file = rounds.write_requests(plan.files / "mixed-ours.jsonl", mixed)
            rounds.load(file, server.port, THROUGHPUT, 600, "--once")
            seen.append(resident_mib(server.pids))
    figures = ", ".join(f"{mib:.0f}" for mib in seen)
    goals = [
        Goal("memory:mib", seen[-1], MOST_MIB, at_most=True),
        Goal("memory:growth", seen[-1] / seen[SETTLED], MOST_GROWTH, at_most=True),
    ]
    return outcome(goals, [f"memory after each of {CHUNKS} x {EACH} mixed requests: {figures} MiB"])
