"""The comparison itself: same answers first, then rounds of each operation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import rounds
from tests.bench.answers import compare
from tests.bench.contenders import Running, running
from tests.bench.data.store import Place
from tests.bench.requests import requests_of
from tests.bench.rounds import CONCURRENCIES, Sample
from tests.bench.targets import targets_of

COMPARED = 20
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What is compared, how often and for how long."""

    operations: tuple[str, ...]
    contenders: tuple[str, ...]
    rounds: int
    seconds: float
    processes: int = 1


@contextmanager
def started(plan: Plan, place: Place, logs: Path) -> Iterator[list[Running]]:
    """Start all contenders and end them afterwards."""
    with ExitStack() as stack:
        logs.mkdir(parents=True, exist_ok=True)
        yield [
            stack.enter_context(running(name, place, logs, processes=plan.processes))
            for name in plan.contenders
        ]


def compare_reads(
    plan: Plan, place: Place, contenders: list[Running], files: Path, tell: Tell
) -> list[Sample]:
    """Measure the reads of a plan; raises DifferentAnswers or BadAnswers."""
    files.mkdir(parents=True, exist_ok=True)
    samples = []
    for operation in plan.operations:
        paths = _prepared(operation, place, contenders, files)
        for each in contenders:
            rounds.load(paths[each.name], each.port, CONCURRENCIES[-1], rounds.WARM_SECONDS)
        for concurrency in CONCURRENCIES:
            for each in rounds.turns(contenders, plan.rounds):
                options = {"concurrency": concurrency, "seconds": plan.seconds}
                samples.append(
                    rounds.sample(operation, each, paths[each.name], place.postmaster, **options)
                )
        tell(f"{operation}: {plan.rounds} rounds of {len(contenders)} contenders")
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
