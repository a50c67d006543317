"""Which share of the application's own queries the compiled reader answers."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from typing import Any
from urllib.request import urlopen

import httpx
import psycopg
from graphql import OperationDefinitionNode, OperationType, parse, print_ast
from graphql.utilities import separate_operations

from kotacerdas.metrics import Way
from kotacerdas.scope import NATION
from tests.bench.contenders import running
from tests.bench.data.city_rows import READER
from tests.bench.data.loading import MINISTRY
from tests.bench.data.store import ROOT, database
from tests.bench.goals import Goal
from tests.bench.part import Outcome, Plan, outcome
from tests.bench.requests import opaque, signed_in
from tests.bench.rounds import BadAnswers
from tests.bench.targets import Target, targets_of

FILES = (
    "tests/journeys/documents.graphql",
    "tests/examples/operations.graphql",
    "tests/bench/ours.graphql",
    "graphql_schema/ready_queries/*.graphql",
)
CONSOLE = "platform/kotacerdas/web/static/graphiql/page.js"
INTRODUCTION = "query Introduction($slug: Slug!) { city(by: { slug: $slug }) { id } }"
COUNTER = re.compile(r'^kotacerdas_operations_total\{kind="query",way="([\w-]+)"\} ([\d.]+)$', re.M)


def own_documents(plan: Plan) -> Outcome:
    """Ask every query of ours as a city's planner and as the ministry, and read the counters."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        metrics = f"http://127.0.0.1:{probe.getsockname()[1]}/metrics"
    port = {"KOTACERDAS_METRICS_PORT": metrics.split(":")[2].split("/")[0]}
    with (
        database(plan.size) as place,
        running("ours", place, plan.logs, settings=port) as server,
        place.connect() as connection,
    ):
        target, others = targets_of("page", connection)[0], targets_of("one", connection)
        variables = _variables(connection, target, others)
        url = f"http://127.0.0.1:{server.port}/graphql"
        planner, ministry = (target.tenant_id, READER), (NATION, MINISTRY)
        # A process looks up a city's address at the first mention, and once.
        _ask(url, INTRODUCTION, {"slug": target.slug}, signed_in(place.settings, *planner))
        first, by_core = _counts(metrics), []
        for name, text in queries():
            for person in (planner, ministry):
                before = _counts(metrics)
                _ask(url, text, _wanted(text, variables), signed_in(place.settings, *person))
                if _counts(metrics)[Way.CORE] > before[Way.CORE]:
                    by_core.append(f"{name} as {person[1]}")
        counts = {way: count - first[way] for way, count in _counts(metrics).items()}
        return _told(counts, by_core)


def queries() -> Iterator[tuple[str, str]]:
    """Yield the name and text of each query that the application brings along."""
    texts = [path.read_text() for file in FILES for path in sorted(ROOT.glob(file))]
    texts += re.findall(r"WELCOME = `(.*?)`", (ROOT / CONSOLE).read_text(), re.DOTALL)
    for text in texts:
        for name, document in separate_operations(parse(text)).items():
            (operation,) = (
                each for each in document.definitions if isinstance(each, OperationDefinitionNode)
            )
            if operation.operation is OperationType.QUERY:
                yield name, print_ast(document)


def _ask(url: str, text: str, variables: dict[str, Any], headers: dict[str, str]) -> None:
    answer = httpx.post(url, json={"query": text, "variables": variables}, headers=headers)
    if answer.status_code != httpx.codes.OK or "errors" in answer.json():
        raise BadAnswers(f"{text}\nis answered: {answer.text}")


def _variables(
    connection: psycopg.Connection, city: Target, innovations: list[Target]
) -> dict[str, Any]:
    ids = [opaque("inn", each.tenant_id, each.id) for each in innovations[:3]]
    (year,) = connection.execute("select max(year) from cohort").fetchone() or (None,)
    (unit,) = connection.execute(
        "select id from unit where tenant_id = %s limit 1", [city.tenant_id]
    ).fetchone() or (None,)
    return {
        "slug": city.slug,
        "city": opaque("cty", city.tenant_id, None),
        "unit": opaque("unt", city.tenant_id, unit),
        "first": 10,
        "after": None,
        "year": year,
        "id": ids[0],
        "ids": ids,
    }


def _wanted(text: str, known: dict[str, Any]) -> dict[str, Any]:
    names = set(re.findall(r"\$(\w+):", text))
    return {name: known[name] for name in names}


def _counts(url: str) -> dict[str, float]:
    with urlopen(url) as answer:
        found = dict(COUNTER.findall(answer.read().decode()))
    return {way: float(found.get(way, 0)) for way in Way}


def _told(counts: dict[str, float], by_core: list[str]) -> Outcome:
    """Nothing is told while the API does not count its operations."""
    asked = sum(counts.values())
    if not asked:
        return outcome([], ["own documents: the API does not count how it answers"])
    lines = [f"own documents: {asked:.0f} queries, by graphql-core: {', '.join(by_core) or '-'}"]
    return outcome([Goal("coverage:share", counts[Way.COMPILED] / asked, 1)], lines)
