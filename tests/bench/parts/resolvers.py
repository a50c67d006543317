"""Operations that the compiled reader leaves to Python resolvers."""

from __future__ import annotations

from tests.bench import rounds
from tests.bench.data.store import database
from tests.bench.goals import OURS, PEER, Goal
from tests.bench.part import Outcome, Plan, outcome
from tests.bench.parts.comparison import PAIR, started
from tests.bench.report import Medians, table
from tests.bench.requests import changed, requests_of
from tests.bench.rounds import THROUGHPUT, Sample
from tests.bench.targets import targets_of

OPERATION = "tree"
INTROSPECTION = "__schema { queryType { name } }"
LEAST = 2.9


def resolved(plan: Plan) -> Outcome:
    """Ask for the tree and for a field of introspection, which no SQL can answer."""
    names = tuple(name for name in plan.contenders if name in PAIR)
    samples: list[Sample] = []
    with database(plan.size) as place, started(plan, place, names) as contenders:
        with place.connect() as connection:
            targets = targets_of(OPERATION, connection)
        for number, each in enumerate(rounds.turns(contenders, plan.rounds + 1)):
            asked = requests_of(each.name, OPERATION, targets, place.settings)
            both = [changed(one, "{\\n  city", f"{{\\n  {INTROSPECTION} city") for one in asked]
            file = rounds.write_requests(plan.files / f"resolvers-{each.name}.jsonl", both)
            taken = rounds.sample(
                "resolvers", each, file, place.postmaster,
                concurrency=THROUGHPUT, seconds=plan.seconds,
            )  # fmt: skip
            if number >= len(contenders):  # the first turn warms both
                samples.append(taken)
    medians = Medians(samples)
    ratio = medians.ratio("resolvers", OURS, PEER, THROUGHPUT, lambda s: s.rate)
    goals = [] if ratio is None else [Goal("throughput:resolvers", ratio, LEAST)]
    return outcome(goals, table(medians), samples)
