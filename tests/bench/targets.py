"""What is asked for: cities and innovations drawn by chance, the same for each contender."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

import psycopg

from kotacerdas.scope import NATION
from tests.bench.data.shape import SEED

DRAWN = 1000
FULL_PAGE = 50


@dataclass(frozen=True)
class Target:
    """One request's subject; `told` is a plain text that every right answer holds."""

    tenant_id: int
    slug: str = ""
    id: UUID | None = None
    told: str = ""
    row: dict[str, Any] = field(default_factory=dict)
    """A new innovation, for those who are sent all of it."""


def targets_of(operation: str, connection: psycopg.Connection) -> list[Target]:
    """Draw the targets of a read."""
    return DRAW[operation](connection)


def _trees(connection: psycopg.Connection) -> list[Target]:
    return _drawn(connection, "select id, slug, name from city order by id")


def _pages(connection: psycopg.Connection) -> list[Target]:
    """Only cities that fill a page, so that a page means the same in a small and a large nation."""
    return _drawn(
        connection,
        "select c.id, c.slug, c.name from city c"
        " join innovation i on i.tenant_id = c.id"
        f" group by c.id having count(*) > {FULL_PAGE} order by c.id",
    )


def _drawn(connection: psycopg.Connection, query: str) -> list[Target]:
    cities = [Target(id_, slug, None, name) for id_, slug, name in connection.execute(query)]
    return Random(SEED).choices(cities, k=DRAWN)


def _nation(connection: psycopg.Connection) -> list[Target]:
    (last,) = connection.execute("select name from city order by name desc limit 1").fetchall()
    return [Target(NATION, told=last[0])]


def _innovations(connection: psycopg.Connection) -> list[Target]:
    """A large city's innovations are read more often than a small one's."""
    drawn = connection.execute(
        f"select tenant_id, id from innovation order by md5(id::text) limit {DRAWN}"
    )
    return [Target(tenant_id, id=id_) for tenant_id, id_ in drawn]


DRAW: dict[str, Callable[[psycopg.Connection], list[Target]]] = {
    "tree": _trees,
    "page": _pages,
    "national": _nation,
    "one": _innovations,
}
