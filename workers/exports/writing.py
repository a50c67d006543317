"""From the rows of one city or of all to a finished file."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.database import Database
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.tenancy import Json
from tenants.cities.models import City
from tenants.exports.models import ExportFormat, ExportKind
from tenants.exports.tables.registry import TABLES
from tenants.exports.tables.table import Table
from tenants.exports.texts import WORKBOOKS
from tenants.workbooks.requesting import origin_of, write_template
from workers.exports.cells import Place
from workers.exports.text_files import Csv, JsonLines
from workers.exports.workbook import Xlsx

BATCH = 500
"""Rows that the cursor hands over at once, and that are in memory."""
Report = Callable[[int], None]
"""Is told the percentage that is done; raises to end the writing."""


@dataclass(frozen=True)
class Order:
    """What was asked for: kind, form, language and filter of an export of a tenant."""

    tenant_id: int
    kind: ExportKind
    format: ExportFormat
    language: str
    criteria: Json


class ExportTooLarge(Exception):
    """The file outgrows what an export may have."""


class Writer(Protocol):
    """A file that is written row by row."""

    written: int

    def row(self, values: Sequence[Any], place: Place) -> None:
        """Write a row."""

    def close(self) -> None:
        """Finish the file."""

    def drop(self) -> None:
        """Let go of what was written."""


def write(database: Database, order: Order, path: Path, report: Report, *, most_bytes: int) -> int:
    """Write the rows to `path` and return how many there are.

    Each city's rows are read through its own row-level security, by one statement and in one order.
    Raises ExportTooLarge, and whatever `report` raises.
    """
    if order.kind in WORKBOOKS:
        return _workbook(database, order, path)
    table, rows = TABLES[order.kind], 0
    writer = _writer(order, table, path)
    try:
        with closing(_batches(database, order, table)) as batches:
            for place, batch, percent in batches:
                for values in batch:
                    writer.row(values, place)
                rows += len(batch)
                if writer.written > most_bytes:
                    raise ExportTooLarge
                report(percent)
    except BaseException:
        writer.drop()
        raise
    writer.close()
    return rows


def _workbook(database: Database, order: Order, path: Path) -> int:
    """Write what is to be filled in; it is never large."""
    with database.unit_of_work(Scope(Door.WORKER, order.tenant_id)) as session:
        origin = origin_of(order.kind, order.tenant_id, order.criteria)
        return write_template(session, origin, path, order.language)


def _writer(order: Order, table: Table, path: Path) -> Writer:
    match order.format:
        case ExportFormat.JSONL:
            return JsonLines(path, table.columns)
        case ExportFormat.CSV | ExportFormat.CSV_EXCEL:
            return Csv(path, table.columns, order.language, order.format)
        case ExportFormat.XLSX:
            title = table.title[order.language == "en"]
            return Xlsx(path, table.columns, order.language, title)


def _batches(
    database: Database, order: Order, table: Table
) -> Generator[tuple[Place, Sequence[Sequence[Any]], int]]:
    """Yield rows of one city with how much of the whole is done by then, in percent."""
    places = _places(database, order.tenant_id)
    for number, place in enumerate(places):
        with database.unit_of_work(Scope(Door.WORKER, place.tenant_id)) as session:
            total = _total(session, order, table, place) if len(places) == 1 else 0
            done = 0
            rows = session.execute(
                table.statement(place.tenant_id, order.criteria, order.language),
                execution_options={"yield_per": BATCH},
            )
            for batch in rows.partitions():
                done += len(batch)
                share = done / max(total, done) if total else 0
                yield place, batch, int(100 * (number + share) / len(places))


def _total(session: Session, order: Order, table: Table, place: Place) -> int:
    return session.scalar(table.count(place.tenant_id, order.criteria)) or 0


def _places(database: Database, tenant_id: int) -> list[Place]:
    """The city whose tenant it is; all of them in the order of their codes for the nation's."""
    cities = select(City.id, City.zone).order_by(City.region_code)
    if tenant_id != NATION:
        cities = cities.where(City.id == tenant_id)
    with database.unit_of_work(Scope(Door.WORKER, tenant_id)) as session:
        return [Place(row.id, ZoneInfo(row.zone)) for row in session.execute(cities)]
