"""Exports: asking for one, listing them, fetching the file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import select

from kotacerdas.database import Database
from kotacerdas.files import FileStore
from kotacerdas.language import Language
from kotacerdas.scope import NATION, Door, Scope
from tenants.cli.console import AsJson, current_settings, opened, operator, show, show_fact
from tenants.cli.lookups import person_scope, tenant_named
from tenants.cli.refusals import Refused
from tenants.exports.actions import request
from tenants.exports.models import Export, ExportFormat, ExportKind
from tenants.exports.queries import stored_file
from tenants.exports.texts import WORKBOOKS

app = typer.Typer(help="Ask for files of many rows, list and fetch them.")

City = Annotated[str, typer.Argument(help="The city's slug, or `nation` for all cities.")]


@app.command("request")
def ask(
    city: City,
    kind: Annotated[ExportKind, typer.Argument(help="Which rows.")],
    email: Annotated[str, typer.Option("--as", help="Who asks, and is told when it is ready.")],
    form: Annotated[ExportFormat, typer.Option("--format", help="How.")] = ExportFormat.XLSX,
    language: Annotated[Language, typer.Option(help="Language of the headings.")] = Language.ID,
    as_json: AsJson = False,
) -> None:
    """Ask for a file of a city's rows, or of all cities'."""
    if kind in WORKBOOKS:
        raise Refused(
            "Buku kerja dibuat dengan `kotacerdas workbook export`.",
            "Workbooks are written by `kotacerdas workbook export`.",
        )
    chosen = current_settings()
    with opened(chosen) as database:
        tenant_id = tenant_named(database, city)
        door = Door.MINISTRY if tenant_id == NATION else Door.CITY
        acting = person_scope(database, email, door, tenant_id)
        with database.unit_of_work(acting) as session:
            export = request(session, chosen, kind=kind, format=form, language=language)
    show_fact(_row(export), as_json)


@app.command("list")
def listing(city: City, as_json: AsJson = False) -> None:
    """List a city's exports, newest first."""
    with opened() as database:
        scope = _operator(database, city)
        rows = select(Export).where(Export.tenant_id == scope.tenant_id)
        with database.unit_of_work(scope) as session:
            found = [_row(export) for export in session.scalars(rows.order_by(Export.id.desc()))]
    show(found, as_json)


@app.command("fetch")
def fetch(
    city: City,
    export_id: Annotated[UUID, typer.Argument(help="Id, from `export list`.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; else its own name, here.")
    ] = None,
) -> None:
    """Write a finished export's file; a file that is there is not overwritten."""
    chosen = current_settings()
    with opened(chosen) as database, database.unit_of_work(_operator(database, city)) as session:
        file = stored_file(session, export_id)
    path = output or Path(file.filename)
    try:
        FileStore(chosen).copy(file.sha256, path, file.folder)
    except FileExistsError:
        raise Refused(
            f"{path} sudah ada. Pilih nama lain dengan --output.",
            f"{path} is there already. Choose another name with --output.",
        ) from None
    typer.echo(path)


def _operator(database: Database, city: str) -> Scope:
    tenant_id = tenant_named(database, city)
    return operator(Door.MINISTRY if tenant_id == NATION else Door.CITY, tenant_id)


def _row(export: Export) -> dict[str, object]:
    return {
        "id": export.id,
        "kind": export.kind.value,
        "format": export.format.value,
        "language": export.language,
        "state": export.state.value,
        "rows": export.rows,
        "size_bytes": export.size_bytes,
        "failure": export.failure,
        "expires_at": export.expires_at,
        "requested_at": export.created_at,
    }
