"""Making the books of a plan from the templates of its cohort's edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import WrongState
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked
from tenants.cities.editions import edition_of
from tenants.editions import rules
from tenants.masterplan.books.models import Book, Chapter, Section
from tenants.masterplan.models import Masterplan
from tenants.masterplan.richtext.body import EMPTY

Row = dict[str, Any]


class BooksBegun(WrongState):
    """The plan has its books already."""

    code = "BOOKS_BEGUN"
    id = "Buku masterplan ini sudah dibuat. Buka dan isi subbabnya."
    en = "The books of this plan are there already. Open them and write their sections."


def begin_books(session: Session, masterplan_id: UUID, *, expected_version: int) -> Masterplan:
    """Make the books of a plan that was begun before plans had books; raises BooksBegun."""
    require(session, Permission.MASTERPLAN_WRITE)
    plan = locked(session, Masterplan, masterplan_id, expected_version=expected_version)
    mine = (Book.tenant_id == plan.tenant_id) & (Book.masterplan_id == plan.id)
    if session.scalar(select(Book.id).where(mine).limit(1)) is not None:
        raise BooksBegun
    make_books(session, plan)
    return plan


def make_books(session: Session, plan: Masterplan) -> None:
    """Make all books, chapters and one section in each, in three statements.

    The plan's row is stored already; an edition without templates gives no books.
    """
    books: list[Row] = []
    chapters: list[Row] = []
    for template in rules.rules_of(edition_of(session, plan.participation_id)).books:
        book = _book(plan, template)
        books.append(book)
        chapters += _chapters(book, template.chapters)
    sections = [_section(chapter) for chapter in chapters]
    for model, rows in ((Book, books), (Chapter, chapters), (Section, sections)):
        if rows:
            session.execute(insert(model), rows)
    if books:
        numbers = [book["number"] for book in books]
        after = {"books": numbers, "chapters": len(chapters)}
        audit.record(session, "masterplan.begin_books", "masterplan", plan.id, after=after)


def _book(plan: Masterplan, template: rules.Book) -> Row:
    return {
        "tenant_id": plan.tenant_id,
        "id": uuid7(),
        "masterplan_id": plan.id,
        "number": template.number,
        "name": template.name.id,
        "name_en": template.name.en,
    }


def _chapters(book: Row, templates: Sequence[rules.Chapter]) -> Iterator[Row]:
    for ordinal, template in enumerate(templates, start=1):
        guidance = template.guidance
        yield {
            "tenant_id": book["tenant_id"],
            "id": uuid7(),
            "book_id": book["id"],
            "ordinal": ordinal,
            "code": template.code,
            "name": template.name.id,
            "name_en": template.name.en,
            "guidance": guidance.id if guidance else "",
            "guidance_en": guidance.en if guidance else "",
            "sources": [each.id for each in template.sources],
            "sources_en": [each.en for each in template.sources],
            "minimum_words": template.minimum_words,
            "version": 1,
        }


def _section(chapter: Row) -> Row:
    return {
        "tenant_id": chapter["tenant_id"],
        "id": uuid7(),
        "chapter_id": chapter["id"],
        "ordinal": 1,
        "title": chapter["name"],
        "body": EMPTY,
        "version": 1,
    }
