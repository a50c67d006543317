"""Documents never seen before: parsing, limits, validation and planning are all to be done."""

from __future__ import annotations

from statistics import median

from tests.bench import requests, rounds
from tests.bench.data.store import database
from tests.bench.goals import Goal
from tests.bench.part import Outcome, Plan, outcome
from tests.bench.parts.comparison import PAIR, started
from tests.bench.rounds import LATENCY
from tests.bench.targets import targets_of

OPERATION = "page"
DOCUMENTS = 150
MOST_MILLISECONDS = 6


def cold_documents(plan: Plan) -> Outcome:
    """Ask for pages with a new document each time, ours and the peer's."""
    names = tuple(name for name in plan.contenders if name in PAIR)
    times: dict[str, list[float]] = {name: [] for name in names}
    with database(plan.size) as place, started(plan, place, names) as contenders:
        with place.connect() as connection:
            targets = targets_of(OPERATION, connection)[:DOCUMENTS]
        for number, each in enumerate(rounds.turns(contenders, plan.rounds + 1)):
            asked = requests.requests_of(each.name, OPERATION, targets, place.settings)
            fresh = [
                requests.changed(one, " createdAt", f" v{number}_{n}: createdAt")
                for n, one in enumerate(asked)
            ]
            file = rounds.write_requests(plan.files / f"cold-{each.name}.jsonl", fresh)
            seen = rounds.load(file, each.port, LATENCY, 60, "--once")
            if number >= len(contenders):  # the first turn warms both
                times[each.name].append(seen["p50"] * 1000)
    medians = {name: median(values) for name, values in times.items()}
    lines = [
        f"a new document each time, {OPERATION}: p50 of {name} {value:.1f} ms"
        for name, value in medians.items()
    ]
    goals = [Goal("cold:milliseconds", medians["ours"], MOST_MILLISECONDS, at_most=True)]
    if "postgraphile" in medians:
        goals.insert(0, Goal("cold:latency", medians["postgraphile"] / medians["ours"], 1))
    return outcome(goals, lines)
