"""The comparison itself: same answers first, then rounds of each operation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from tests.bench import rounds
from tests.bench.answers import compare
from tests.bench.contenders import Running, running
from tests.bench.data.store import Place, database
from tests.bench.documents import READS, WRITE
from tests.bench.goals import comparison_goals, process_goals
from tests.bench.measuring import settle
from tests.bench.part import Outcome, Plan, outcome
from tests.bench.parts import writing
from tests.bench.report import Medians, table
from tests.bench.requests import requests_of
from tests.bench.rounds import CONCURRENCIES, THROUGHPUT, Sample
from tests.bench.targets import targets_of

COMPARED = 20
PAIR = ("ours", "postgraphile")


def one_process(plan: Plan) -> Outcome:
    """Compare all contenders, each in one process."""
    samples = _measured(plan, processes=1, concurrencies=CONCURRENCIES)
    medians = Medians(samples)
    return outcome(comparison_goals(medians), table(medians), samples)


def two_processes(plan: Plan) -> Outcome:
    """Compare the throughput of two of our processes with that of two of the peer's."""
    reads = tuple(operation for operation in plan.operations if operation in READS)
    pair = tuple(name for name in plan.contenders if name in PAIR)
    samples = _measured(
        replace(plan, operations=reads, contenders=pair), processes=2, concurrencies=(THROUGHPUT,)
    )
    medians = Medians(samples)
    return outcome(process_goals(medians), ["two processes each:", *table(medians)], samples)


@contextmanager
def started(
    plan: Plan, place: Place, contenders: tuple[str, ...], processes: int = 1
) -> Iterator[list[Running]]:
    """Start contenders and end them afterwards."""
    with ExitStack() as stack:
        found = [
            stack.enter_context(running(name, place, plan.logs, processes=processes))
            for name in contenders
        ]
        for each in found:
            settle(each)
        yield found


def _measured(plan: Plan, *, processes: int, concurrencies: tuple[int, ...]) -> list[Sample]:
    samples: list[Sample] = []
    with ExitStack() as stack:
        place = stack.enter_context(database(plan.size))
        contenders = stack.enter_context(started(plan, place, plan.contenders, processes))
        plan.tell(f"{', '.join(plan.contenders)} answer, {processes} process(es) each")
        for operation in filter(READS.__contains__, plan.operations):
            samples += _read(plan, place, contenders, operation, concurrencies)
        if WRITE in plan.operations:
            samples += writing.measure(plan, place, contenders)
    return samples


def _read(
    plan: Plan,
    place: Place,
    contenders: list[Running],
    operation: str,
    concurrencies: tuple[int, ...],
) -> list[Sample]:
    paths = _prepared(operation, place, contenders, plan.files)
    for each in contenders:
        rounds.load(paths[each.name], each.port, THROUGHPUT, rounds.WARM_SECONDS)
    samples = [
        rounds.sample(
            operation, each, paths[each.name], place.postmaster,
            concurrency=concurrency, seconds=plan.seconds,
        )
        for concurrency in concurrencies
        for each in rounds.turns(contenders, plan.rounds)
    ]  # fmt: skip
    plan.tell(f"{operation}: {plan.rounds} rounds")
    return samples


def _prepared(
    operation: str, place: Place, contenders: list[Running], files: Path
) -> dict[str, Path]:
    """Write each contender's requests once all of them answer the same."""
    with place.connect() as connection:
        targets = targets_of(operation, connection)
    asked = [requests_of(each.name, operation, targets, place.settings) for each in contenders]
    compare(operation, contenders, [requests[:COMPARED] for requests in asked])
    return {
        each.name: rounds.write_requests(files / f"{operation}-{each.name}.jsonl", requests)
        for each, requests in zip(contenders, asked, strict=True)
    }
