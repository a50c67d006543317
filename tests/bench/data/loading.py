"""Writing the made-up nation into a migrated, empty database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial

import psycopg
from psycopg import sql

from kotacerdas import migration
from kotacerdas.database import Database
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings
from tenants.cities.reference import load_reference
from tests.bench.data import city_rows, innovation_rows
from tests.bench.data.city_rows import Cast, National, Row, session_line
from tests.bench.data.copying import EPOCH_MS, identity, line
from tests.bench.data.shape import CityShape, Size, cities
from tests.scratch import superuser_url, url_text

MINISTRY = "ministry_reader"
COLUMNS = {**city_rows.COLUMNS, **innovation_rows.COLUMNS}


def load(settings: Settings, size: Size, *, checked: bool = False) -> int:
    """Migrate the database, write the reference data and the made-up nation.

    Returns how many rows were written. `checked` lets PostgreSQL check foreign keys, which takes
    three times as long and only tells something new after a change of this generator.
    """
    migration.upgrade(settings)
    database = Database(settings)
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        load_reference(session)
    database.close()
    with psycopg.connect(url_text(superuser_url(settings)), autocommit=True) as connection:
        if not checked:
            connection.execute("set session_replication_role = replica")
        national = _national(connection)
        written = 0
        for rows in _parts(cities(size), national):
            written += _copy(connection, rows)
    return written


def _parts(shapes: list[CityShape], national: National) -> Iterator[Iterable[Row]]:
    casts = {shape.id: city_rows.cast_of(shape, national) for shape in shapes}
    yield _ministry(shapes[0])
    yield from _of_all(shapes, casts, partial(city_rows.city_rows, national=national))
    for part in range(innovation_rows.PARTS):
        grown = partial(innovation_rows.innovation_rows, national=national, part=part)
        yield from _of_all(shapes, casts, grown)


def _of_all(shapes: list[CityShape], casts: dict[int, Cast], rows_of) -> Iterator[Iterable[Row]]:
    yield (row for shape in shapes for row in rows_of(shape, casts[shape.id]))


def _ministry(shape: CityShape) -> list[Row]:
    rng = shape.rng("ministry")
    person_id = identity(rng, EPOCH_MS)
    return [
        ("person", line(person_id, "Staf Kementerian")),
        ("account", line(person_id, "staf@bench.example", "id", True)),
        ("membership", line(NATION, identity(rng, EPOCH_MS), person_id, MINISTRY, None)),
        ("browser_session", session_line(NATION, MINISTRY, person_id)),
    ]


def _copy(connection: psycopg.Connection, rows: Iterable[Row]) -> int:
    lines: dict[str, list[str]] = defaultdict(list)
    for table, text in rows:
        lines[table].append(text)
    with connection.transaction(), connection.cursor() as cursor:
        for table, columns in COLUMNS.items():
            if table not in lines:
                continue
            statement = f"copy {table} ({columns}) from stdin"
            with cursor.copy(sql.SQL(statement)) as copy:
                copy.write("".join(lines[table]))
    return sum(map(len, lines.values()))


def _national(connection: psycopg.Connection) -> National:
    """Ids of the newest cohorts and of the newest one's pillars."""
    cohorts = connection.execute(
        "select id::text, year, edition_id from cohort order by year desc limit 3"
    ).fetchall()
    pillars = connection.execute(
        "select id::text from dimension where edition_id = %s order by ordinal", [cohorts[0][2]]
    ).fetchall()
    oldest_first = [(cohort_id, year) for cohort_id, year, _ in reversed(cohorts)]
    return National([pillar for (pillar,) in pillars], oldest_first)
