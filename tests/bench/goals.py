"""The goals of the design, and what was measured against each: `name value goal ok|short`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.bench.documents import READS, WRITE
from tests.bench.report import Figure, Medians
from tests.bench.rounds import LATENCY, THROUGHPUT, Sample

PEER, LIMIT, OURS = "postgraphile", "raw", "ours"


@dataclass(frozen=True)
class Goal:
    """One measured value and the least, or the most, that it should be."""

    name: str
    value: float
    bound: float
    at_most: bool = False

    @property
    def reached(self) -> bool:
        """Whether the goal is reached."""
        return self.value <= self.bound if self.at_most else self.value >= self.bound

    def __str__(self) -> str:
        sign = "<=" if self.at_most else ">="
        verdict = "ok" if self.reached else "short"
        return f"{self.name} {self.value:.2f} {sign}{self.bound:g} {verdict}"


def _rate(sample: Sample) -> float:
    return sample.rate


def _quickness(sample: Sample) -> float:
    return 1 / sample.p50


def _thrift(sample: Sample) -> float:
    return 1 / sample.cpu


Ratio = tuple[str, str, int, Figure, dict[str, float]]
RATIOS: tuple[Ratio, ...] = (
    ("throughput", PEER, THROUGHPUT, _rate, dict(zip(READS, (4, 4, 8, 5), strict=True))),
    ("latency", PEER, LATENCY, _quickness, dict(zip(READS, (3.3, 2.5, 4.5, 3), strict=True))),
    ("cpu", PEER, THROUGHPUT, _thrift, dict(zip(READS, (3, 2.5, 5, 4), strict=True))),
    ("limit", LIMIT, THROUGHPUT, _rate, dict(zip(READS, (0.95, 1, 1.1, 0.95), strict=True))),
    ("throughput", PEER, THROUGHPUT, _rate, {WRITE: 1.3}),
)
"""What is compared, with whom, at which concurrency, by which figure, and the least of each."""

TWO_PROCESSES = dict(zip(READS, (3, 3, 5.5, 5), strict=True))


def comparison_goals(medians: Medians) -> Iterator[Goal]:
    """Yield the goals of one server process; those that were not measured are left out."""
    for name, against, concurrency, figure, bounds in RATIOS:
        yield from _ratios(medians, name, against, concurrency, figure, bounds)


def process_goals(medians: Medians) -> Iterator[Goal]:
    """Yield the goals of two server processes."""
    yield from _ratios(medians, "processes", PEER, THROUGHPUT, _rate, TWO_PROCESSES)


def _ratios(
    medians: Medians,
    name: str,
    against: str,
    concurrency: int,
    figure: Callable[[Sample], float],
    bounds: dict[str, float],
) -> Iterator[Goal]:
    for operation, bound in bounds.items():
        ratio = medians.ratio(operation, OURS, against, concurrency, figure)
        if ratio is not None:
            yield Goal(f"{name}:{operation}", ratio, bound)
