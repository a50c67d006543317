"""Plain counters tell Prometheus what the library's own would."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from kotacerdas.tallies import Durations, Tally


def test_a_tally_is_told_as_the_librarys_counter_is():
    ours, theirs = CollectorRegistry(), CollectorRegistry()
    tally = Tally("asked", "Requests.", ("route", "status"), ours)
    counter = Counter("asked", "Requests.", ("route", "status"), registry=theirs)
    for route, status in (("/a", 200), ("/a", 200), ('/"b"', 404)):
        tally.add((route, status))
        counter.labels(route, status).inc()
    assert _told(ours) == _told(theirs)


def test_durations_are_told_as_the_librarys_histogram_is():
    ours, theirs = CollectorRegistry(), CollectorRegistry()
    bounds = (0.001, 0.5, 1)
    durations = Durations("took", "Time.", "route", bounds, ours)
    histogram = Histogram("took", "Time.", ("route",), buckets=bounds, registry=theirs)
    for seconds in (0.0001, 0.001, 0.25, 1, 1.5):
        durations.add("/a", seconds)
        histogram.labels("/a").observe(seconds)
    assert _told(ours) == _told(theirs)


def _told(registry: CollectorRegistry) -> list[str]:
    """The page without the moments at which counters were made, which is another each time."""
    lines = generate_latest(registry).decode().splitlines()
    return [line for line in lines if "_created" not in line]
