"""Sections of the books: listing, reading, giving and writing them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import orjson
import typer
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kotacerdas.identity.policy import Role
from kotacerdas.scope import Door
from tenants.cities.models import Unit
from tenants.cli.console import AsJson, opened, operator, show, show_fact
from tenants.cli.lookups import city_named, person_scope, unit_named
from tenants.cli.plans import City, Year, plan_of
from tenants.cli.refusals import Refused
from tenants.masterplan.books import assigning, editing
from tenants.masterplan.books.models import Book, Chapter, Section
from tenants.masterplan.books.owners import Owner, owner_of
from tenants.masterplan.models import Masterplan
from tenants.masterplan.richtext.words import text_of

app = typer.Typer(help="List, read, assign and write the sections of the books.")

Place = Annotated[
    str, typer.Argument(help="BOOK/CHAPTER, or BOOK/CHAPTER/NUMBER, from `section list`.")
]
By = Annotated[str, typer.Option("--as", help="E-mail address of who does it.")]


@app.command("list")
def listing(
    city: City,
    number: Annotated[int | None, typer.Option("--book", help="Only of this book.")] = None,
    cohort: Year = None,
    as_json: AsJson = False,
) -> None:
    """List the sections with their state, words and owner."""
    with opened() as database:
        tenant_id = city_named(database, city)
        with database.unit_of_work(operator(Door.CITY, tenant_id)) as session:
            plan = plan_of(session, tenant_id, cohort)
            rows = _rows(plan) if number is None else _rows(plan).where(Book.number == number)
            names = dict(_units(session, tenant_id))
            found = [
                _row(book, chapter, section, names)
                for book, chapter, section in session.execute(rows)
            ]
    show(found, as_json)


@app.command("show")
def reading(city: City, place: Place, cohort: Year = None, as_json: AsJson = False) -> None:
    """Print a section's text; with --json the whole tree, as `section write` takes it."""
    with opened() as database:
        tenant_id = city_named(database, city)
        with database.unit_of_work(operator(Door.CITY, tenant_id)) as session:
            section = _section(session, plan_of(session, tenant_id, cohort), place)
            facts = {"title": section.title, "version": section.version, "body": section.body}
    if as_json:
        show_fact(facts, as_json)
        return
    typer.echo(f"{section.title} ({section.state.value}, version {section.version})\n")
    typer.echo("\n\n".join(text_of(block) for block in section.body["blocks"]))


@app.command("assign")
def assign(
    city: City,
    place: Place,
    email: By,
    unit: Annotated[str | None, typer.Option(help="Short name of the unit.")] = None,
    role: Annotated[Role | None, typer.Option(help="bappeda or city_admin.")] = None,
    cohort: Year = None,
    as_json: AsJson = False,
) -> None:
    """Give a section to a unit or a role, who are told; without either, back to its chapter's."""
    with opened() as database:
        tenant_id = city_named(database, city)
        unit_id = unit_named(database, tenant_id, unit)
        owner = None if unit_id is None and role is None else Owner(role, unit_id)
        with database.unit_of_work(person_scope(database, email, Door.CITY, tenant_id)) as session:
            section = _section(session, plan_of(session, tenant_id, cohort), place)
            seen = section.version
            assigning.assign_section(session, section.id, expected_version=seen, owner=owner)
            fact = {"section": place, "owner": unit or (role.value if role else "-")}
    show_fact(fact, as_json)


@app.command("write")
def write(
    city: City,
    place: Place,
    file: Annotated[Path, typer.Argument(help="Plain text, or JSON of `section show`.")],
    email: By,
    on: Annotated[
        int | None, typer.Option(help="Version that the text was written on; else the present.")
    ] = None,
    cohort: Year = None,
    as_json: AsJson = False,
) -> None:
    """Store a file as a section's text; where somebody was faster, it is kept as a draft."""
    body = _body(file)
    with opened() as database:
        tenant_id = city_named(database, city)
        with database.unit_of_work(person_scope(database, email, Door.CITY, tenant_id)) as session:
            section = _section(session, plan_of(session, tenant_id, cohort), place)
            seen = section.version if on is None else on
            stored = editing.update(session, section.id, expected_version=seen, body=body)
            facts = {"section": place, "words": section.words, "version": section.version}
    if isinstance(stored, editing.Conflict):
        raise Refused(
            f"Versi {seen} sudah berubah; kini versi {facts['version']}. Teks Anda disimpan sebagai"
            f" draf. Lihat `kotacerdas section show {city} {place}`, gabungkan, lalu tulis lagi.",
            f"Version {seen} has changed; it is {facts['version']} now. Your text is kept as a"
            f" draft. See `kotacerdas section show {city} {place}`, merge both and write again.",
        )
    show_fact(facts, as_json)


def _body(file: Path) -> Any:  # noqa: ANN401  (checked by the rule)
    """Read a tree from JSON, or paragraphs from a plain text."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".json":
        try:
            read = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            raise Refused(
                f"{file} bukan JSON: {error}. Perbaiki berkasnya.",
                f"{file} is no JSON: {error}. Correct the file.",
            ) from None
        return read.get("body", read) if isinstance(read, dict) else read
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    blocks = [{"type": "paragraph", "content": part} for part in paragraphs if part]
    return {"blocks": blocks}


def _section(session: Session, plan: Masterplan, place: str) -> Section:
    book, _, rest = place.partition("/")
    code, _, ordinal = rest.partition("/")
    if book.isdigit() and code and (not ordinal or ordinal.isdigit()):
        named = (Book.number == int(book)) & (Chapter.code == code)
        rows = _rows(plan).where(named, Section.ordinal == int(ordinal or 1))
        for _, _, section in session.execute(rows):
            return section
    raise Refused(
        f"Tidak ada subbab {place}. Lihat `kotacerdas section list`.",
        f"There is no section {place}. See `kotacerdas section list`.",
    )


def _rows(plan: Masterplan) -> Select[Book, Chapter, Section]:
    of_city = plan.tenant_id
    return (
        select(Book, Chapter, Section)
        .join(Chapter, (Chapter.tenant_id == of_city) & (Chapter.book_id == Book.id))
        .join(Section, (Section.tenant_id == of_city) & (Section.chapter_id == Chapter.id))
        .where(Book.tenant_id == of_city, Book.masterplan_id == plan.id)
        .order_by(Book.number, Chapter.ordinal, Section.ordinal)
    )


def _row(book: Book, chapter: Chapter, section: Section, units: dict[UUID, str]) -> dict[str, Any]:
    owner = owner_of(section, chapter)
    role = owner.role.value if owner.role else "-"
    return {
        "place": f"{book.number}/{chapter.code}/{section.ordinal}",
        "title": section.title,
        "state": section.state.value,
        "words": section.words,
        "version": section.version,
        "owner": units[owner.unit_id] if owner.unit_id else role,
    }


def _units(session: Session, tenant_id: int) -> list[tuple[UUID, str]]:
    rows = session.execute(select(Unit.id, Unit.short_name).where(Unit.tenant_id == tenant_id))
    return [(row.id, row.short_name) for row in rows]
