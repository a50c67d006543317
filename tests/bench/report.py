"""What was measured, for people: medians of each contender, ratios, one line for each goal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from statistics import median

from tests.bench.rounds import LATENCY, THROUGHPUT, Sample

Figure = Callable[[Sample], float]
HEAD = ("", "p50 @1", "p99 @1", "rate @16", "server", "database", "MiB", "KB", "against")


class Medians:
    """Medians over the rounds of one run."""

    def __init__(self, samples: Iterable[Sample]) -> None:
        self._samples: dict[tuple[str, str, int], list[Sample]] = defaultdict(list)
        for each in samples:
            self._samples[each.operation, each.contender, each.concurrency].append(each)

    def operations(self) -> list[str]:
        """Operations in the order in which they were measured."""
        return list(dict.fromkeys(operation for operation, _, _ in self._samples))

    def contenders(self, operation: str) -> list[str]:
        """Contenders of an operation, by name."""
        return sorted({name for known, name, _ in self._samples if known == operation})

    def of(self, operation: str, contender: str, concurrency: int, figure: Figure) -> float | None:
        """The median of a figure, None where nothing was measured."""
        samples = self._samples.get((operation, contender, concurrency))
        return median(map(figure, samples)) if samples else None

    def ratio(
        self, operation: str, over: str, under: str, concurrency: int, figure: Figure
    ) -> float | None:
        """Median of one contender's figure through that of another."""
        above, below = (self.of(operation, name, concurrency, figure) for name in (over, under))
        return None if above is None or not below else above / below


def table(medians: Medians, peer: str = "postgraphile") -> list[str]:
    """Return the table's lines: microseconds, requests a second, CPU microseconds for a request."""
    lines = []
    for operation in medians.operations():
        lines.append(_row((operation, *HEAD[1:-1], f"rate/{peer}")))
        for name in medians.contenders(operation):
            lines.append(_row((f"  {name}", *_figures(medians, operation, name, peer))))
    return lines


def _figures(medians: Medians, operation: str, name: str, peer: str) -> list[str]:
    one: list[Figure] = [lambda s: s.p50, lambda s: s.p99]
    many: list[Figure] = [
        lambda s: s.rate,
        lambda s: s.server,
        lambda s: s.database,
        lambda s: s.resident_mib,
        lambda s: s.bytes / 1000,
    ]
    values = [medians.of(operation, name, LATENCY, each) for each in one]
    values += [medians.of(operation, name, THROUGHPUT, each) for each in many]
    against = medians.ratio(operation, name, peer, THROUGHPUT, lambda s: s.rate)
    return [*(_number(value, 0) for value in values), _number(against, 2)]


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"


def _row(cells: Sequence[str]) -> str:
    return f"{cells[0]:<14}" + "".join(f"{cell:>12}" for cell in cells[1:-1]) + f"{cells[-1]:>20}"
