"""The bench in small: ours and the raw limit on forty cities, and the lines that are printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from graphql import GraphQLSchema, parse, validate

from graphql_schema.schema import core
from kotacerdas.settings import ROLES, Settings
from tests.bench import rounds
from tests.bench.answers import DifferentAnswers, compare
from tests.bench.contenders import Running, running
from tests.bench.data.loading import load
from tests.bench.data.shape import Size, cities
from tests.bench.data.store import Place
from tests.bench.documents import OPERATIONS, READS, documents
from tests.bench.goals import Goal, comparison_goals
from tests.bench.report import Medians, table
from tests.bench.requests import requests_of
from tests.bench.rounds import BadAnswers, Sample
from tests.bench.targets import targets_of
from tests.scratch import scratch_database

SIZE = Size(innovations=2_000, cities=40)
SECONDS = 0.3
MOST_CPU = 6
"""By graphql-core the same read costs forty times the CPU of the raw limit."""

pytestmark = pytest.mark.timed


@pytest.fixture(scope="module")
def place(settings: Settings) -> Iterator[Place]:
    """The small nation in a database of its own, with every constraint checked."""
    with scratch_database(settings) as moved:
        assert load(moved, SIZE, checked=True) > SIZE.innovations
        urls = {
            f"KOTACERDAS_{role.upper()}_URL": getattr(moved, f"{role}_url").get_secret_value()
            for role in ROLES
        }
        place = Place(moved, urls)
        place.open_sessions()
        yield place


@pytest.fixture(scope="module")
def contenders(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Running]]:
    """Ours and the raw limit, running."""
    logs = tmp_path_factory.mktemp("logs")
    with ExitStack() as stack:
        yield [stack.enter_context(running(name, place, logs)) for name in ("ours", "raw")]


def asked(contender: str, operation: str, place: Place) -> list[tuple[str, str]]:
    with place.connect() as connection:
        targets = targets_of(operation, connection)[:5]
    return requests_of(contender, operation, targets, place.settings)


@pytest.mark.parametrize("operation", READS)
def test_ours_and_the_raw_limit_answer_the_same(
    operation: str, place: Place, contenders: list[Running]
) -> None:
    compare(operation, contenders, [asked(each.name, operation, place) for each in contenders])


def test_a_different_answer_fails_the_bench_and_says_where(
    place: Place, contenders: list[Running]
) -> None:
    ours, raw = (asked(each.name, "one", place) for each in contenders)
    with pytest.raises(DifferentAnswers, match=r"one: ours and raw: \.node\.id: "):
        compare("one", contenders, [ours[:1], raw[1:2]])


def test_a_round_counts_requests_and_the_cpu_of_both_sides(
    place: Place, contenders: list[Running], tmp_path: Path
) -> None:
    ours, _ = contenders
    file = rounds.write_requests(tmp_path / "one.jsonl", asked("ours", "one", place))
    taken = rounds.sample("one", ours, file, place.postmaster, concurrency=4, seconds=SECONDS)
    assert taken.requests >= taken.rate * SECONDS > 0
    assert taken.server > 0
    assert taken.database >= 0
    assert 0 < taken.p50 <= taken.p99
    assert taken.resident_mib > 20


def test_a_read_costs_little_more_cpu_than_the_raw_limit(
    place: Place, contenders: list[Running], tmp_path: Path
) -> None:
    costs = []
    for each in contenders:
        file = rounds.write_requests(tmp_path / each.name, asked(each.name, "one", place))
        rounds.load(file, each.port, 4, SECONDS)
        taken = rounds.sample("one", each, file, place.postmaster, concurrency=4, seconds=1)
        costs.append(taken.cpu)
    ours, raw = costs
    assert ours < MOST_CPU * raw


def test_an_unexpected_answer_under_load_fails_the_bench(
    contenders: list[Running], place: Place, tmp_path: Path
) -> None:
    ours, _ = contenders
    wrong = [(request, "another answer") for request, _ in asked("ours", "one", place)]
    file = rounds.write_requests(tmp_path / "wrong.jsonl", wrong)
    with pytest.raises(BadAnswers, match=r"the first: HTTP/1\.1 200"):
        rounds.load(file, ours.port, 1, SECONDS)


def test_medians_and_goals_are_told_in_lines() -> None:
    samples = [
        sample(name, concurrency, rate)
        for name, rates in (("ours", (90, 100, 500)), ("raw", (100, 100, 100)))
        for rate in rates
        for concurrency in rounds.CONCURRENCIES
    ]
    medians = Medians(samples)
    lines = table(medians, peer="raw")
    assert lines[0].split()[0] == "tree"
    assert lines[1].split()[0] == "ours"
    assert lines[1].split()[-1] == "1.00"
    assert [str(goal) for goal in comparison_goals(medians)] == ["limit:tree 1.00 >=0.95 ok"]
    assert str(Goal("memory:mib", 130, 120, at_most=True)) == "memory:mib 130.00 <=120 short"


def sample(contender: str, concurrency: int, rate: float) -> Sample:
    return Sample("tree", contender, concurrency, rate, 1e6 / rate, 1e6, 10, 20, 60, 1000, 100)


def test_the_made_up_nation_is_the_same_at_every_run_and_skewed() -> None:
    nation = cities(Size())
    assert nation == cities(Size())
    sizes = sorted(city.innovations for city in nation)
    assert len(sizes) == 514
    assert abs(sum(sizes) - 100_000) < 514
    assert sizes[-1] > 5 * sizes[len(sizes) // 2]


def test_our_documents_are_valid() -> None:
    schema: GraphQLSchema = core
    found = documents("ours.graphql")
    assert tuple(found) == OPERATIONS
    for text in found.values():
        assert validate(schema, parse(text)) == []


def test_both_schemas_are_asked_for_the_same_operations() -> None:
    assert documents("peer.graphql").keys() == documents("ours.graphql").keys()


def test_the_peers_lock_names_every_package_by_its_hash() -> None:
    lock = Path(__file__).parent / "postgraphile/package-lock.json"
    packages = json.loads(lock.read_text())["packages"]
    assert all("integrity" in package for path, package in packages.items() if path)
    assert not any("resolved" in package for package in packages.values())
