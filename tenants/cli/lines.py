"""Lists that a rule takes whole, brought in from a CSV: faults by line, nothing half-imported."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.database import Database
from kotacerdas.errors import DomainError, DomainErrors, Invalid
from kotacerdas.scope import Scope, tenant_of
from tenants.cities.models import Unit
from tenants.cli.console import show
from tenants.cli.refusals import Refused
from tenants.cli.sheets import numbered_rows

Line = TypeVar("Line")
MOST_BYTES = 2_000_000


@dataclass(frozen=True)
class Heading:
    """A column of a sheet: its name, and its words in Indonesian and English."""

    name: str
    heading: tuple[str, str]


@dataclass(frozen=True)
class Sheet:
    """Columns of a list's file, and those that it must have."""

    columns: Sequence[Heading]
    needed: tuple[str, ...]
    path: str
    """Where the rule's faults have the line's place: `lines`, `signatories`."""


@dataclass(frozen=True)
class Fault:
    """What is wrong at a line of the file; without a line, with the list as a whole."""

    line: int | None
    error: DomainError


class _Undone(Exception):
    """Ends a trial's transaction."""


def bring(
    database: Database,
    scope: Scope,
    file: Path,
    sheet: Sheet,
    *,
    reader: Callable[[Session], Callable[[Mapping[str, str]], Line]],
    rule: Callable[[Session, list[Line]], object],
    dry_run: bool,
) -> tuple[int, list[Fault]]:
    """Read each line and give all of them to the rule at once; return how many and the faults.

    With a fault, or for a trial, nothing is saved. Raises Refused for what is no such sheet.
    """
    if file.stat().st_size > MOST_BYTES:
        raise Refused(
            f"{file.name} lebih dari {MOST_BYTES} bita. Bagi menjadi beberapa berkas.",
            f"{file.name} has more than {MOST_BYTES} bytes. Split it into several files.",
        )
    rows = numbered_rows(file.read_bytes(), sheet.columns, sheet.needed)
    if not rows:
        raise Refused(
            f"{file.name} tidak memuat baris. Isi di bawah judul kolomnya.",
            f"{file.name} has no lines. Fill them in below the headings.",
        )
    faults: list[Fault] = []
    try:
        with database.unit_of_work(scope) as session:
            numbers, lines = _read(rows, reader(session), faults)
            faults += _ruled(session, sheet, numbers, lines, rule)
            if faults or dry_run:
                raise _Undone
    except _Undone:
        pass
    return len(rows), sorted(faults, key=lambda fault: fault.line or 0)


def _read(
    rows: list[tuple[int, dict[str, str]]],
    read: Callable[[Mapping[str, str]], Line],
    faults: list[Fault],
) -> tuple[list[int], list[Line]]:
    numbers: list[int] = []
    lines: list[Line] = []
    for number, row in rows:
        try:
            lines.append(read(row))
            numbers.append(number)
        except DomainErrors as several:
            faults += [Fault(number, error) for error in several.errors]
        except DomainError as error:
            faults.append(Fault(number, error))
    return numbers, lines


def _ruled(
    session: Session,
    sheet: Sheet,
    numbers: list[int],
    lines: list[Line],
    rule: Callable[[Session, list[Line]], object],
) -> list[Fault]:
    """Return what the rule refuses, at the lines of the file."""
    if not lines:
        return []
    try:
        rule(session, lines)
    except DomainErrors as several:
        return [_placed(sheet, numbers, error) for error in several.errors]
    except DomainError as error:
        return [_placed(sheet, numbers, error)]
    return []


def _placed(sheet: Sheet, numbers: list[int], error: DomainError) -> Fault:
    match error.path:
        case (name, place, *rest) if name == sheet.path and place.isdigit():
            error.path = tuple(rest)
            return Fault(numbers[int(place)], error)
    return Fault(None, error)


def tell(count: int, faults: list[Fault], *, dry_run: bool, language: str, as_json: bool) -> None:
    """Show what came of a file; leaves with 1 where something was refused."""
    if faults:
        show([_row(fault, language) for fault in faults], as_json)
        typer.echo("Nothing was saved. Correct these lines and send the file again.", err=True)
        raise typer.Exit(1)
    show([{"lines": count, "saved": not dry_run}], as_json)
    if dry_run:
        typer.echo("Only a trial: nothing was saved.", err=True)


def _row(fault: Fault, language: str) -> dict[str, object]:
    return {
        "line": fault.line,
        "column": ".".join(fault.error.path),
        "code": fault.error.code,
        "refused": fault.error.text(language),
    }


def day_meant(text: str, path: str) -> date | None:
    """Return the day that a cell means; None for an empty one. Raises Invalid."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Invalid(path, "tulis seperti 2022-06-13.", "write it like 2022-06-13.") from None


def unit_meant(session: Session) -> Callable[[str, str], UUID]:
    """Return a function: the department that a cell means, by short or full name in any case.

    It raises Invalid, which lists the short names.
    """
    mine = select(Unit.id, Unit.short_name, Unit.name).where(
        Unit.tenant_id == tenant_of(session), Unit.valid_to.is_(None)
    )
    rows = session.execute(mine.order_by(Unit.short_name)).all()
    known = {name.casefold(): key for key, _, name in rows}
    known |= {short.casefold(): key for key, short, _ in rows}
    choices = ", ".join(short for _, short, _ in rows) or "-"

    def meant(word: str, path: str) -> UUID:
        found = known.get(word.strip().casefold())
        if found is None:
            raise Invalid(path, f"pilih salah satu: {choices}.", f"choose one of: {choices}.")
        return found

    return meant
