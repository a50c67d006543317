"""The write: fresh drafts for each round, a count of all that was written, and cleaning up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row
from uuid_utils.compat import uuid7

from tests.bench import rounds
from tests.bench.contenders import Running
from tests.bench.data.store import Place
from tests.bench.documents import WRITE
from tests.bench.part import Plan
from tests.bench.requests import requests_of
from tests.bench.rounds import CONCURRENCIES, THROUGHPUT, BadAnswers, Sample
from tests.bench.targets import Target

MOST_PER_SECOND = 1500
"""More writes than that a second are not prepared; a round then ends before its time."""

WRITERS = ("ours", "postgraphile")
TEXTS = ("problem", "solution", "benefit", "uniqueness", "partners", "replication")
TEXTS += ("sustainability", "risks", "resources")
TOLD = "SUBMITTED"

TEMPLATES = f"""
  select m.tenant_id, p.id as participation_id, m.unit_id, m.person_id as created_by,
    i.dimension_id, i.name, i.kind, i.maturity, i.budget_rupiah,
    {", ".join(f"i.{t}" for t in TEXTS)}
  from membership m
  cross join lateral (
    select id from participation where tenant_id = m.tenant_id order by created_at desc limit 1
  ) p
  cross join lateral (
    select * from innovation where tenant_id = m.tenant_id order by id limit 1
  ) i
  where m.role = 'unit_head'
"""
"""What an innovation of each city may look like, for the department whose head is signed in."""

COUNTS = {
    "ours": {
        "innovation_revision": 1,
        "audit_entry": 1,
        "notification": 2,
        "delivery": 2,
        "job": 2,
    },
    "postgraphile": {"bench.outbox": 1},
}
"""Rows that each write must leave behind, beside the innovation itself."""


def measure(plan: Plan, place: Place, contenders: Sequence[Running]) -> list[Sample]:
    """Measure the rounds of writing; raises BadAnswers where a write left anything undone."""
    writers = [each for each in contenders if each.name in WRITERS]
    samples: list[Sample] = []
    for each in writers:
        _round(place, each, plan.files, THROUGHPUT, rounds.WARM_SECONDS)
    for concurrency in CONCURRENCIES:
        for each in rounds.turns(writers, plan.rounds):
            samples.append(_round(place, each, plan.files, concurrency, plan.seconds))
    plan.tell(f"{WRITE}: {plan.rounds} rounds")
    return samples


def _round(
    place: Place, contender: Running, files: Path, concurrency: int, seconds: float
) -> Sample:
    with place.connect() as connection:
        connection.execute("set session_replication_role = replica")
        wanted = round(MOST_PER_SECOND * seconds)
        targets = _drafts(connection, wanted, written=contender.name == "ours")
        asked = requests_of(contender.name, WRITE, targets, place.settings)
        file = rounds.write_requests(files / f"{WRITE}-{contender.name}.jsonl", asked)
        try:
            taken = rounds.sample(
                WRITE, contender, file, place.postmaster,
                concurrency=concurrency, seconds=seconds, flags=("--once",),
            )  # fmt: skip
            _check(connection, contender.name, taken.requests)
        finally:
            _clean(connection, targets)
    return taken


def _drafts(connection: psycopg.Connection, count: int, *, written: bool) -> list[Target]:
    """Make up innovations of all cities in turn; `written` also writes them, as drafts."""
    with connection.cursor(row_factory=dict_row) as cursor:
        templates = cursor.execute(TEMPLATES + "order by md5(m.tenant_id::text)").fetchall()
    rows = [
        {**templates[number % len(templates)], "id": uuid7(), "state": "draft"}
        for number in range(count)
    ]
    if written:
        columns = (*rows[0], "revision", "version")
        with connection.cursor() as cursor, cursor.copy(
            f"copy innovation ({', '.join(columns)}) from stdin"
        ) as copy:  # fmt: skip
            for row in rows:
                copy.write_row((*row.values(), 0, 1))
    return [_target(row) for row in rows]


def _target(row: dict[str, Any]) -> Target:
    values = {_camel(name): str(value) for name, value in row.items() if name != "tenant_id"}
    values["rowId"] = values.pop("id")
    full = {**values, "tenantId": row["tenant_id"], "revision": 0, "version": 1}
    return Target(row["tenant_id"], id=row["id"], told=TOLD, row=full)


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def _check(connection: psycopg.Connection, name: str, requests: int) -> None:
    for table, each in COUNTS[name].items():
        mine = "" if "." in table else " where tenant_id > 0"
        (count,) = connection.execute(f"select count(*) from {table}{mine}").fetchone() or (0,)
        if count != each * requests:
            raise BadAnswers(f"{name}: {requests} writes left {count} rows in {table}")


def _clean(connection: psycopg.Connection, targets: Sequence[Target]) -> None:
    """Take away what the round has written, so that every round meets the same database."""
    for table in ("delivery", "notification", "job", "innovation_revision", "audit_entry"):
        connection.execute(f"delete from {table} where tenant_id > 0")
    connection.execute("delete from audit_head where tenant_id > 0")
    connection.execute("truncate bench.outbox")
    connection.execute(
        "delete from innovation i using unnest(%s::int[], %s::uuid[]) as made (tenant_id, id)"
        " where i.tenant_id = made.tenant_id and i.id = made.id",
        [[target.tenant_id for target in targets], [target.id for target in targets]],
    )
    for table in ("innovation", *COUNTS["ours"], "audit_head"):
        connection.execute(f"vacuum {table}")
