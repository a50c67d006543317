"""Rounds: each contender in turn, in an order drawn anew, so that a slow minute hits all alike."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.bench.contenders import Running
from tests.bench.data.shape import SEED
from tests.bench.data.store import ROOT
from tests.bench.measuring import resident_mib, used
from tests.bench.requests import Asked

CONCURRENCIES = (1, 16)
LATENCY, THROUGHPUT = CONCURRENCIES
WARM_SECONDS = 2.0


class BadAnswers(Exception):
    """Under load a contender answered something else; its figures would mean nothing."""


@dataclass(frozen=True)
class Sample:
    """One contender's round of one operation; times in microseconds, CPU for one request."""

    operation: str
    contender: str
    concurrency: int
    rate: float
    p50: float
    p99: float
    server: float
    database: float
    resident_mib: float
    bytes: float
    requests: int

    @property
    def cpu(self) -> float:
        """CPU of server and database for one request."""
        return self.server + self.database


def load(file: Path, port: int, concurrency: int, seconds: float, *flags: str) -> dict[str, float]:
    """Run the load generator; raises BadAnswers."""
    command = (sys.executable, "-m", "tests.bench.load", str(file), str(port), str(concurrency))
    ran = subprocess.run(
        (*command, str(seconds), *flags), cwd=ROOT, capture_output=True, text=True, check=False
    )
    if ran.returncode != 0:
        raise BadAnswers(f"the load generator stopped:\n{ran.stderr[-1500:]}")
    seen = json.loads(ran.stdout)
    if seen["bad"]:
        raise BadAnswers(
            f"{seen['bad']} of {seen['answered']} answers, the first: {seen['first_bad']}"
        )
    return seen


def write_requests(file: Path, asked: Sequence[Asked]) -> Path:
    """Write requests as the load generator reads them."""
    file.write_text("".join(f"{json.dumps(each)}\n" for each in asked))
    return file


def sample(
    operation: str,
    contender: Running,
    file: Path,
    postmaster: int,
    *,
    concurrency: int,
    seconds: float,
    flags: Sequence[str] = (),
) -> Sample:
    """Measure one round of one contender."""
    before = used(contender, postmaster)
    seen = load(file, contender.port, concurrency, seconds, *flags)
    spent = used(contender, postmaster).since(before)
    answered = int(seen["answered"])
    return Sample(
        operation,
        contender.name,
        concurrency,
        rate=answered / seen["seconds"],
        p50=seen["p50"] * 1e6,
        p99=seen["p99"] * 1e6,
        server=spent.server * 1e6 / answered,
        database=spent.database * 1e6 / answered,
        resident_mib=resident_mib(contender.pids),
        bytes=seen["bytes"],
        requests=answered,
    )


def turns(contenders: Sequence[Running], rounds: int) -> Iterator[Running]:
    """Yield the contenders of each round in an order of its own."""
    rng = Random(SEED)
    for _ in range(rounds):
        yield from rng.sample(contenders, len(contenders))
