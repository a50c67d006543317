"""Workbooks of programmes and innovations: written, looked at, saved."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kotacerdas.database import Database
from kotacerdas.language import Language
from kotacerdas.scope import Door, Scope
from tenants.cli.commands import Invocation
from tenants.cli.console import AsJson, opened, show, show_fact
from tenants.cli.lookups import city_named, participation_of_year, person_scope, unit_named
from tenants.cli.refusals import Refused
from tenants.workbooks import importing, requesting
from tenants.workbooks.preview import Preview, RowAction, RowPreview
from tenants.workbooks.reading import read
from tenants.workbooks.sheet import WorkbookKind

app = typer.Typer(help="Programmes and innovations as workbooks (XLSX), out and in again.")

City = Annotated[str, typer.Argument(help="The city's slug.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A workbook, filled in.")]
As = Annotated[str, typer.Option("--as", help="Whose roles allow it, and who is noted.")]


@app.command("export")
def export(
    city: City,
    kind: Annotated[WorkbookKind, typer.Argument(help="What its rows are.")],
    email: As,
    year: Annotated[int, typer.Option(help="Year of the cohort.")],
    unit: Annotated[str | None, typer.Option(help="Short name: this unit's rows alone.")] = None,
    language: Annotated[Language, typer.Option(help="Language of words.")] = Language.ID,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File to write.")] = None,
) -> None:
    """Write what stands as a workbook with empty rows; a file that is there is not overwritten."""
    path = output or Path(f"{city}-{kind.value}-{year}.xlsx")
    if path.exists():
        raise Refused(
            f"{path} sudah ada. Pilih nama lain dengan --output.",
            f"{path} is there already. Choose another name with --output.",
        )
    with opened() as database:
        acting = _acting(database, city, email)
        unit_id = unit_named(database, acting.tenant_id or 0, unit)
        with database.unit_of_work(acting) as session:
            participation_id = participation_of_year(session, year)
            origin = requesting.origin(session, kind, participation_id, unit_id)
            rows = requesting.write_template(session, origin, path, language.value)
    typer.echo(f"{path}: {rows} rows, and empty ones to fill in.")


@app.command("preview")
def preview(
    context: typer.Context,
    city: City,
    workbook: File,
    email: As,
    every: Annotated[bool, typer.Option("--all", help="Unchanged rows too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Tell what a workbook would change, and every fault by its cell; nothing is saved."""
    book = read(workbook)
    with opened() as database, database.unit_of_work(_acting(database, city, email)) as session:
        found = importing.preview(session, book)
    rows = [row for row in found.rows if every or row.action is not RowAction.UNCHANGED]
    show([_line(row, _language(context)) for row in rows], as_json)
    if not as_json:
        _sum_up(found)
    if not found.applicable:
        raise typer.Exit(1)


@app.command("apply")
def apply(
    city: City,
    workbook: File,
    email: As,
    expect: Annotated[
        str | None, typer.Option(help="Hash that `workbook preview` told; else what would be now.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Save a workbook as a whole, or nothing of it."""
    book = read(workbook)
    with opened() as database:
        acting = _acting(database, city, email)
        if expect is None:
            with database.unit_of_work(acting) as session:
                expect = importing.preview(session, book).hash
        with database.unit_of_work(acting) as session:
            done = importing.apply(session, book, expect)
    show_fact({"saved": True, **done.counts, "hash": done.hash}, as_json)


def _acting(database: Database, city: str, email: str) -> Scope:
    return person_scope(database, email, Door.CITY, city_named(database, city))


def _line(row: RowPreview, language: str) -> dict[str, object]:
    """A row with what changes and what is wrong, as one would say it."""
    changes = [
        f"{each.cell}: {each.before or '∅'} → {each.after or '∅'}"
        for each in row.changes
        if row.action is not RowAction.CREATE
    ]
    faults = [
        f"{each.cell} {each.code}: {each.en if language == 'en' else each.id}"
        for each in row.faults
    ]
    return {
        "row": row.number,
        "action": row.action.value,
        "name": row.name,
        "changes": "; ".join(changes),
        "faults": "; ".join(faults),
    }


def _sum_up(found: Preview) -> None:
    counts = ", ".join(f"{number} {name}" for name, number in found.counts.items() if number)
    typer.echo(f"{counts}. Nothing was saved.", err=True)
    if found.applicable:
        typer.echo(f"Save it by `kotacerdas workbook apply ... --expect {found.hash}`.", err=True)
    else:
        typer.echo("Correct these cells, save the workbook, and look at it again.", err=True)


def _language(context: typer.Context) -> str:
    return context.obj.language if isinstance(context.obj, Invocation) else "id"
