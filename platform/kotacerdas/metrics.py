"""What this process counts about its requests, as Prometheus reads it."""

from __future__ import annotations

from enum import StrEnum

from prometheus_client import (
    CollectorRegistry,
    Gauge,
    Histogram,
    disable_created_metrics,
)
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from kotacerdas.tallies import Durations, Tally

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "websocket"})
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Upper bounds of the histograms of durations."""


class Way(StrEnum):
    """How an operation was answered."""

    COMPILED = "compiled"
    CORE = "graphql-core"


class Metrics:
    """The counters of one process.

    A label never holds what people sent, only what we have named.
    """

    def __init__(self) -> None:
        # A time stamp beside each counter would double the page.
        disable_created_metrics()  # type: ignore[no-untyped-call]  # the library's
        self.registry = CollectorRegistry()
        self.in_flight = 0
        self._requests = self._tally(
            "requests", "HTTP requests.", "route", "method", "status", "operation"
        )
        self._seconds = Durations(
            "kotacerdas_request_seconds", "Time of a request.", "route", SECONDS, self.registry
        )
        self._operations = self._tally("operations", "GraphQL operations by way.", "kind", "way")
        self._refusals = self._tally("connection_refusals", "What connections end of.", "code")
        self._pool_seconds = Histogram(
            "kotacerdas_pool_wait_seconds",
            "Wait of a read that found no connection to PostgreSQL free.",
            buckets=SECONDS,
            registry=self.registry,
        )
        self._over_rates = self._tally("rate_refusals", "Requests over a rate.", "rate")
        self.rates_local = self._gauge("rates_local", "1 while rates are counted without Redis.")
        self._gauge("requests_in_flight", "Requests being answered.").set_function(
            lambda: self.in_flight
        )
        self.connections = self._gauge("connections", "Open connections to the public port.")
        for standard in (GCCollector, PlatformCollector, ProcessCollector):
            standard(registry=self.registry)

    def request(self, route: str, method: str, status: int, operation: str, seconds: float) -> None:
        """Count an answered request; `operation` is a GraphQL operation's kind, or empty."""
        if method not in METHODS:
            method = "other"
        self._requests.add((route, method, status, operation))
        self._seconds.add(route, seconds)

    def operation(self, kind: str, way: Way) -> None:
        """Count a GraphQL operation: query, mutation or subscription, and how it was answered."""
        self._operations.add((kind, way))

    def refuse(self, code: str) -> None:
        """Count a connection that the server has ended, by the code of the reason."""
        self._refusals.add((code,))

    def pool_wait(self, seconds: float) -> None:
        """Count a read that has waited for a connection."""
        self._pool_seconds.observe(seconds)

    def over_rate(self, rate: str) -> None:
        """Count a request that was refused because of a rate, by its name."""
        self._over_rates.add((rate,))

    def _tally(self, name: str, text: str, *labels: str) -> Tally:
        return Tally(f"kotacerdas_{name}", text, labels, self.registry)

    def _gauge(self, name: str, text: str) -> Gauge:
        return Gauge(f"kotacerdas_{name}", text, registry=self.registry)


METRICS = Metrics()
"""Those of this process: Prometheus counts by process as well."""
