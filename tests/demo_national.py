"""`python -m tests.demo_national`: load the demo at national scale and measure what reads it.

Prints one line for each goal: `name value goal ok|short`.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass
from statistics import median, quantiles

import orjson
from graphql import parse
from sqlalchemy import select

from graphql_schema.cities.directory import CityDirectory
from graphql_schema.context import Context
from graphql_schema.preparing import Document, Operation
from graphql_schema.reader.compiled.reader import Reader
from graphql_schema.schema import core
from kotacerdas.database import Database
from kotacerdas.identity.authentication import Actor
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings, settings
from tenants.demo.national.loading import load
from tenants.masterplan.completeness.rule import missing
from tenants.masterplan.models import Masterplan
from tests.scratch import scratch_database
from tests.servers import UNHURRIED, servers

PASSWORD = "empat-kata-yang-panjang"
ROUNDS = 15
OVERVIEW = """{ national {
  participationCounts { participations regions repeats why }
  overview { slug name region { code province longitude latitude }
    innovationStates { state count } innovationDimensions { dimension { code } count } }
} }"""
GOALS = {
    "demo_national_seconds": 20,
    "national_overview_ms": 100,
    "completeness_check_p95_ms": 50,
}
"""At most."""


@dataclass(frozen=True)
class Measured:
    """A value beside its goal."""

    name: str
    value: float

    def __str__(self) -> str:
        goal = GOALS[self.name]
        verdict = "ok" if self.value <= goal else "short"
        return f"{self.name} {self.value:.1f} {goal} {verdict}"


def main() -> int:
    """Print a line for each goal as it is measured."""
    given = nullcontext(UNHURRIED) if "KOTACERDAS_CITY_URL" in os.environ else servers()
    with given as environment:
        os.environ.update(environment)
        with scratch_database(settings()) as chosen:
            for measured in _measured(chosen):
                print(measured, flush=True)
    return 0


def _measured(chosen: Settings) -> Iterator[Measured]:
    with closing(Database(chosen)) as database:
        began = time.monotonic()
        load(database, chosen, password=PASSWORD)
        yield Measured("demo_national_seconds", time.monotonic() - began)
        yield Measured("completeness_check_p95_ms", quantiles(_checks(database), n=20)[-1])
    yield Measured("national_overview_ms", median(asyncio.run(_overviews(chosen))))


def _checks(database: Database) -> list[float]:
    """Return how many milliseconds the check of each plan took."""
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        plans = session.execute(select(Masterplan.tenant_id, Masterplan.id)).all()
    took = []
    for tenant_id, plan_id in plans:
        with database.unit_of_work(Scope(Door.CITY, tenant_id)) as session:
            began = time.perf_counter()
            missing(session, plan_id)
            took.append((time.perf_counter() - began) * 1000)
    return took


async def _overviews(chosen: Settings) -> list[float]:
    """Return how many milliseconds each reading of the whole nation took, the first left out."""
    actor = Actor(None, (Grant(NATION, Role.MINISTRY_READER),))
    reader, database = Reader(core), Database(chosen)
    context = Context(chosen, database, CityDirectory(database), actor, "measured", "id")
    document = Document.of(OVERVIEW, parse(OVERVIEW))
    (node,) = document.operations.values()
    operation = Operation(document, node, None, {}, cost=0)
    took = []
    try:
        for _ in range(ROUNDS + 1):
            began = time.perf_counter()
            answer = await reader.answer(operation, context)
            took.append((time.perf_counter() - began) * 1000)
            assert answer is not None
            assert len(orjson.loads(answer)["national"]["overview"]) > 190
    finally:
        await database.aclose()
    return took[1:]


if __name__ == "__main__":
    sys.exit(main())
