"""Counters for what every request adds to, on one thread: plain numbers, read when asked for.

The library's own take a lock for each addition and look at each bucket in turn.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

Labels = tuple[object, ...]


class Tally(Collector):
    """A counter with labels."""

    def __init__(
        self, name: str, text: str, labels: Sequence[str], registry: CollectorRegistry
    ) -> None:
        self._about = (name, text)
        self._labels = labels
        self._counts: dict[Labels, int] = {}
        registry.register(self)

    def add(self, labels: Labels) -> None:
        """Count one more."""
        self._counts[labels] = self._counts.get(labels, 0) + 1

    def collect(self) -> Iterator[CounterMetricFamily]:
        """Tell the counts."""
        family = CounterMetricFamily(*self._about, labels=self._labels)
        for labels, count in self._counts.items():
            family.add_metric(list(map(str, labels)), count)
        yield family


class Durations(Collector):
    """A histogram of seconds by one label."""

    def __init__(
        self,
        name: str,
        text: str,
        label: str,
        bounds: Sequence[float],
        registry: CollectorRegistry,
    ) -> None:
        self._about = (name, text)
        self._label, self._bounds = label, bounds
        self._counts: dict[str, list[int]] = {}
        self._sums: dict[str, float] = {}
        registry.register(self)

    def add(self, label: str, seconds: float) -> None:
        """Note one more."""
        counts = self._counts.get(label)
        if counts is None:
            counts = self._counts[label] = [0] * (len(self._bounds) + 1)
        counts[bisect_left(self._bounds, seconds)] += 1
        self._sums[label] = self._sums.get(label, 0.0) + seconds

    def collect(self) -> Iterator[HistogramMetricFamily]:
        """Tell how many took at most so long."""
        family = HistogramMetricFamily(*self._about, labels=[self._label])
        for label, counts in self._counts.items():
            so_far, buckets = 0, []
            for bound, count in zip((*self._bounds, float("inf")), counts, strict=True):
                so_far += count
                buckets.append(("+Inf" if bound == float("inf") else str(float(bound)), so_far))
            family.add_metric([label], buckets, self._sums[label])
        yield family
