"""Books: asking for one, listing them, fetching the file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.files import FileStore
from kotacerdas.scope import Door
from tenants.cli.console import AsJson, current_settings, opened, operator, show, show_fact
from tenants.cli.lookups import city_named, person_scope
from tenants.cli.refusals import Refused
from tenants.documents.actions import request
from tenants.documents.models import Document
from tenants.documents.queries import MASTERPLAN, stored_file
from tenants.masterplan.models import MasterplanVersion

app = typer.Typer(help="Ask for books, list and fetch them.")

City = Annotated[str, typer.Argument(help="The city's slug.")]


@app.command("request")
def ask(
    city: City,
    email: Annotated[str, typer.Option("--as", help="Who asks, and is told when it is ready.")],
    version: Annotated[int | None, typer.Option(help="Version; without: the last one.")] = None,
    book: Annotated[
        list[int] | None, typer.Option(help="Number of a book; may be repeated. Without: Buku 2.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the labels: id or en.")] = "id",
    as_json: AsJson = False,
) -> None:
    """Ask for books of a frozen version of the masterplan, as one file."""
    with opened() as database:
        tenant_id = city_named(database, city)
        acting = person_scope(database, email, Door.CITY, tenant_id)
        with database.unit_of_work(acting) as session:
            found = _version(session, tenant_id, version)
            document = request(session, found.id, books=book or [MASTERPLAN], language=language)
    show_fact(_row(document, found.number), as_json)


@app.command("list")
def listing(city: City, as_json: AsJson = False) -> None:
    """List a city's documents, newest first."""
    with opened() as database:
        tenant_id = city_named(database, city)
        rows = (
            select(Document, MasterplanVersion.number)
            .join(MasterplanVersion, MasterplanVersion.id == Document.masterplan_version_id)
            .where(Document.tenant_id == tenant_id, MasterplanVersion.tenant_id == tenant_id)
            .order_by(Document.id.desc())
        )
        with database.unit_of_work(operator(Door.CITY, tenant_id)) as session:
            found = [_row(document, number) for document, number in session.execute(rows)]
    show(found, as_json)


@app.command("fetch")
def fetch(
    city: City,
    document_id: Annotated[UUID, typer.Argument(help="Id, from `document list`.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; else its own name, here.")
    ] = None,
) -> None:
    """Write a finished document's file; a file that is there is not overwritten."""
    chosen = current_settings()
    with opened(chosen) as database:
        tenant_id = city_named(database, city)
        with database.unit_of_work(operator(Door.CITY, tenant_id)) as session:
            file = stored_file(session, document_id)
    path = output or Path(file.filename)
    content = FileStore(chosen).fetch(file.sha256)
    try:
        with path.open("xb") as target:
            target.write(content)
    except FileExistsError:
        raise Refused(
            f"{path} sudah ada. Pilih nama lain dengan --output.",
            f"{path} is there already. Choose another name with --output.",
        ) from None
    typer.echo(path)


def _version(session: Session, tenant_id: int, number: int | None) -> MasterplanVersion:
    mine = select(MasterplanVersion).where(MasterplanVersion.tenant_id == tenant_id)
    if number is not None:
        mine = mine.where(MasterplanVersion.number == number)
    found = session.scalar(mine.order_by(MasterplanVersion.id.desc()).limit(1))
    if found is None:
        raise Refused(
            "Belum ada versi masterplan yang dibekukan dengan nomor itu.",
            "No version of the masterplan with that number has been frozen.",
        )
    return found


def _row(document: Document, version: int) -> dict[str, object]:
    return {
        "id": document.id,
        "version": version,
        "books": document.books,
        "language": document.language,
        "state": document.state.value,
        "pages": document.pages,
        "size_bytes": document.size_bytes,
        "failure": document.failure,
        "requested_at": document.created_at,
    }
