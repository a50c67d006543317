"""Measure search and the overview on a nation's rows: `python -m tests.bench.nationwide`.

Medians of what a statement takes with its answer, beside the goals: 20 ms for a page of a search,
100 ms for the whole overview.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable
from typing import Any

import psycopg
from graphql import parse
from sqlalchemy import Select

from graphql_schema.cities.directory import CityDirectory
from graphql_schema.context import Context
from graphql_schema.execution import run
from graphql_schema.preparing import Document, Operation
from kotacerdas.database import Database
from kotacerdas.identity.authentication import Actor
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings, settings
from tenants.cities.reference import load_reference
from tenants.national import contents, standing
from tests.bench.nationwide.rows import load
from tests.scratch import scratch_database, superuser_url, url_text

ROUNDS = 15
CITY = 5
SEARCHES = ("e-parkir", "e-park", "eparkir", "parkir", "pelayanan digital warga", "kota")
DOCUMENT = """query($text: String!) { search(text: $text) { nodes {
  name unitName isPublished city { slug } fragment { text isMatch } } } }"""
WHO = {
    "stranger": Actor(),
    "city": Actor(None, (Grant(CITY, Role.CITY_ADMIN),)),
    "expert of 12": Actor(None, tuple(Grant(each, Role.EXPERT) for each in range(1, 13))),
    "ministry": Actor(None, (Grant(NATION, Role.MINISTRY_READER),)),
}
OVERVIEW: dict[str, Callable[[], Select[Any]]] = {
    "stageCounts": standing.stage_counts,
    "map": standing.map_marks,
    "overdue": standing.overdue_cities,
    "activity": standing.activity,
    "pillarCounts": contents.pillar_counts,
    "budgets": contents.budgets,
    "comparison": contents.comparison,
}


def median_ms(times: list[float]) -> float:
    """The middle of the later rounds, in milliseconds."""
    return round(statistics.median(times[3:]) * 1000, 1)


async def searches(given: Settings, database: Database) -> None:
    """Print what a page of a search takes through the API, by who looks."""
    print(f"{'search':26}" + "".join(f"{who:>14}" for who in WHO))
    document = Document.of(DOCUMENT, parse(DOCUMENT))
    (node,) = document.operations.values()
    for text in SEARCHES:
        line = f"{text:26}"
        for actor in WHO.values():
            context = Context(given, database, CityDirectory(database), actor, "bench", "id")
            times = []
            for _ in range(ROUNDS):
                begun = time.perf_counter()
                result = await run(Operation(document, node, None, {"text": text}, cost=0), context)
                times.append(time.perf_counter() - begun)
                assert result.errors is None, result.errors
            line += f"{median_ms(times):>11} ms"
        print(line)
    await database.aclose()


def overview(database: Database) -> None:
    """Print what each list of the overview takes, and all of them."""
    total = 0.0
    for name, query in OVERVIEW.items():
        times = []
        with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
            for _ in range(ROUNDS):
                begun = time.perf_counter()
                rows = session.execute(query()).all()
                times.append(time.perf_counter() - begun)
        total += median_ms(times)
        print(f"{name:26}{median_ms(times):>11} ms {len(rows):>6} rows")
    print(f"{'whole overview':26}{round(total, 1):>11} ms, goal 100")


def main() -> None:
    """Make the nation in a scratch database, and measure."""
    with scratch_database(settings()) as given:
        database = Database(given)
        with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
            load_reference(session)
        superuser = url_text(superuser_url(given))
        load(superuser)
        with psycopg.connect(superuser, autocommit=True) as connection:
            connection.execute("vacuum analyze")
        overview(database)
        database.close()
        asyncio.run(searches(given, Database(given)))


if __name__ == "__main__":
    main()
