"""What a request costs as the nation grows."""

from __future__ import annotations

from contextlib import ExitStack
from statistics import median

from tests.bench import requests, rounds
from tests.bench.contenders import Running, running
from tests.bench.data.shape import Size
from tests.bench.data.store import Place, database
from tests.bench.goals import Goal
from tests.bench.part import Outcome, Plan, outcome
from tests.bench.rounds import THROUGHPUT, Sample
from tests.bench.targets import targets_of

SMALL, LARGE = Size(10_000), Size(1_000_000)
FEW, ALL = Size(38_521, 198), Size(100_000, 514)
"""The cities of the programme's largest year, and all; as many innovations for each city."""

MOST_OF_A_PAGE = 1.3
MOST_OF_A_CITY = 1.1
"""Linear, and a tenth for the noise of the measurement."""


def page(plan: Plan) -> Outcome:
    """Compare a page among 10,000 innovations with one among 1,000,000."""
    samples = _of_two(plan, "page", SMALL, LARGE)
    small, large = (_cost(samples[size]) for size in (SMALL, LARGE))
    lines = [f"page among 10,000: {small:.0f} us of CPU, among 1,000,000: {large:.0f} us"]
    goal = Goal("growth:page", large / small, MOST_OF_A_PAGE, at_most=True)
    return outcome([goal], lines, samples[SMALL] + samples[LARGE])


def national(plan: Plan) -> Outcome:
    """Compare the national view of 198 cities with that of 514, for each city."""
    samples = _of_two(plan, "national", FEW, ALL)
    few, whole = (_cost(samples[size]) for size in (FEW, ALL))
    lines = [f"national of {FEW.cities}: {few:.0f} us of CPU, of {ALL.cities}: {whole:.0f} us"]
    ratio = (whole / ALL.cities) / (few / FEW.cities)
    goal = Goal("growth:national-per-city", ratio, MOST_OF_A_CITY, at_most=True)
    return outcome([goal], lines, samples[FEW] + samples[ALL])


def _of_two(plan: Plan, operation: str, *sizes: Size) -> dict[Size, list[Sample]]:
    """Measure our server on two databases in turn."""
    found: dict[Size, list[Sample]] = {size: [] for size in sizes}
    with ExitStack() as stack:
        servers: dict[Size, tuple[Place, Running]] = {}
        for size in sizes:
            place = stack.enter_context(database(size))
            servers[size] = place, stack.enter_context(running("ours", place, plan.logs))
            plan.tell(f"data: {size}")
        for number in range(plan.rounds + 1):
            for size, (place, server) in servers.items():
                with place.connect() as connection:
                    targets = targets_of(operation, connection)
                asked = requests.requests_of(server.name, operation, targets, place.settings)
                file = rounds.write_requests(plan.files / f"{operation}-{size}.jsonl", asked)
                taken = rounds.sample(
                    operation, server, file, place.postmaster,
                    concurrency=THROUGHPUT, seconds=plan.seconds,
                )  # fmt: skip
                if number:  # the first round warms
                    found[size].append(taken)
    return found


def _cost(samples: list[Sample]) -> float:
    return median(sample.cpu for sample in samples)
