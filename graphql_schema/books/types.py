"""Books, chapters, sections, their revisions and people's drafts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from sqlalchemy import ColumnElement, FromClause, Select, Uuid, case, func, select, text
from strawberry.scalars import JSON

from graphql_schema import lists
from graphql_schema.books.comparison import BlockDiff, revision_changes
from graphql_schema.cities.types import City
from graphql_schema.cities.units import Unit
from graphql_schema.directives.list_size import ListSize
from graphql_schema.identity.types import Person
from graphql_schema.node import Node
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import (
    children,
    column,
    computed,
    key,
    listed,
    many,
    one,
    reads,
)
from graphql_schema.reader.grouping import rows_of
from graphql_schema.reader.paging import Connection
from graphql_schema.reader.ruling import ruled
from graphql_schema.reviews.lazy import LazyRemark
from kotacerdas.identity.policy import Role
from tenants.masterplan.books import models as rows
from tenants.masterplan.books.claims import LASTS
from tenants.remarks.models import Remark as RemarkRow

if TYPE_CHECKING:
    from graphql_schema.masterplan.types import Masterplan

_FEW = ListSize(assumed_size=4, require_one_slicing_argument=strawberry.UNSET)
"""How many chapters a book has, and sections a chapter."""


def _is_open(section: FromClause) -> ColumnElement[bool]:
    lasting = text(f"interval '{LASTS.total_seconds():.0f} seconds'")
    fresh: ColumnElement[bool] = section.c.claimed_at > func.now() - lasting
    return fresh


def _own_drafts(section: FromClause, asking: Asking) -> Select[Any]:
    draft = rows.SectionDraft.__table__.alias()
    return (
        select(draft)
        .where(
            draft.c.tenant_id == asking.tenant(section.c.tenant_id),
            draft.c.section_id == section.c.id,
            draft.c.person_id == asking.value(lambda scope: scope.person_id, Uuid()),
        )
        .order_by(draft.c.base_version)
    )


@reads(rows.SectionDraft, "sdr", description="A copy of a section's text of the person who asks.")
class SectionDraft:
    """A copy of a section's text of the person who asks; nobody else finds it."""

    id: strawberry.ID = key()
    city: City = one("City", rows.SectionDraft.tenant_id, "City whose plan it belongs to.")
    kind: rows.DraftKind = column(rows.SectionDraft.kind, "Why it was kept.")
    base_version: int = column(
        rows.SectionDraft.base_version, "Version of the section that it was written on."
    )
    title: str = column(rows.SectionDraft.title, "The section's title in it.")
    body: JSON = column(rows.SectionDraft.body, "The text.")
    updated_at: datetime = column(rows.SectionDraft.updated_at, "When it was kept last.")
    section: Section = one("Section", rows.SectionDraft.section_id, "Whose text it is.")


@reads(rows.SectionRevision, "srv", description="A text that a section has had.")
class SectionRevision(Node):
    """A text that a section has had, word for word."""

    id: strawberry.ID = key()
    city: City = one("City", rows.SectionRevision.tenant_id, "City whose plan it belongs to.")
    number: int = column(rows.SectionRevision.number, "Number, from 1.")
    section_version: int = column(
        rows.SectionRevision.section_version, "Version of the section from which on it stood."
    )
    title: str = column(rows.SectionRevision.title, "Title of the section then.")
    body: JSON = column(rows.SectionRevision.body, "The text.")
    words: int = column(rows.SectionRevision.words, "How many words it has.")
    created_at: datetime = column(rows.SectionRevision.created_at, "When it was written.")
    edited_by: Person | None = one("Person", rows.SectionRevision.edited_by, "Who wrote it.")
    section: Section = one("Section", rows.SectionRevision.section_id, "Whose text it is.")
    changes: list[BlockDiff] | None = ruled(
        revision_changes,
        "Blocks in which it differs from revision `since`; by default from the one before.",
        arguments={
            "since": Annotated[
                int | None,
                strawberry.argument(description="Number of the revision to compare with."),
            ]
        },
    )


@reads(rows.Section, "sec", description="A part of a chapter: its text, owner and state.")
class Section(Node):
    """A part of a chapter: its text as a tree of blocks, whose task it is and how far it is."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Section.tenant_id, "City whose plan it belongs to.")
    ordinal: int = column(rows.Section.ordinal, "Place within the chapter.")
    title: str = column(rows.Section.title, "What stands above the text.")
    body: JSON = column(rows.Section.body, "The text: `{blocks: [...]}`, each block with an id.")
    words: int = column(rows.Section.words, "How many words it has.")
    state: rows.SectionState = column(rows.Section.state, "How far it is.")
    revision: int = column(rows.Section.revision, "Number of its last revision; 0 before any.")
    version: int = column(rows.Section.version, "Version for `expectedVersion`.")
    created_at: datetime = column(rows.Section.created_at, "When it was added.")
    updated_at: datetime = column(rows.Section.updated_at, "Last change.")
    edited_at: datetime | None = column(rows.Section.edited_at, "When its text was written last.")
    edited_by: Person | None = one("Person", rows.Section.edited_by, "Who wrote its text last.")
    open_since: datetime | None = computed(
        lambda row, _asking: case((_is_open(row), row.c.claimed_at)),
        "Since when somebody is writing here; a hint that keeps nobody out.",
    )
    open_by: Person | None = one(
        "Person",
        lambda child, parent: (child.c.id == parent.c.claimed_by) & _is_open(parent),
        "Who is writing here now; a hint that keeps nobody out.",
    )
    owner_role: Role | None = column(
        rows.Section.owner_role, "Role that is to write it; null where a unit or the chapter says."
    )
    owner_unit: Unit | None = one("Unit", rows.Section.owner_unit_id, "Unit that is to write it.")
    chapter: Chapter = one("Chapter", rows.Section.chapter_id, "The chapter that it is a part of.")
    revisions: Connection[SectionRevision] = many(
        "SectionRevision",
        lists.SECTION_REVISIONS,
        children(rows.SectionRevision.section_id),
        "Texts that it has had, newest first.",
    )
    remarks: list[LazyRemark] = listed(
        "Remark", rows_of(RemarkRow, "subject_id", "id"), "Experts' remarks on it, oldest first."
    )
    my_drafts: list[SectionDraft] = listed(
        "SectionDraft",
        _own_drafts,
        "Copies of its text that the person who asks has kept.",
        directives=[_FEW],
    )


@reads(rows.Chapter, "chp", description="A chapter of a book, with its guide.")
class Chapter(Node):
    """A chapter of a book, with what the edition's guide says of it."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Chapter.tenant_id, "City whose plan it belongs to.")
    ordinal: int = column(rows.Chapter.ordinal, "Place within the book, from 1.")
    code: str = column(rows.Chapter.code, "Code within the book.")
    name: str = column(rows.Chapter.name, "Name in Indonesian.")
    name_en: str = column(rows.Chapter.name_en, "Name in English.")
    guidance: str = column(rows.Chapter.guidance, "What to write, in Indonesian.")
    guidance_en: str = column(rows.Chapter.guidance_en, "What to write, in English.")
    sources: list[str] = column(rows.Chapter.sources, "Where its facts are found, in Indonesian.")
    sources_en: list[str] = column(rows.Chapter.sources_en, "The same in English.")
    minimum_words: int = column(rows.Chapter.minimum_words, "Words that each section needs.")
    version: int = column(rows.Chapter.version, "Version for `expectedVersion`.")
    owner_role: Role | None = column(
        rows.Chapter.owner_role, "Role that is to write it; null where a unit is, or Bappeda."
    )
    owner_unit: Unit | None = one("Unit", rows.Chapter.owner_unit_id, "Unit that is to write it.")
    book: Book = one("Book", rows.Chapter.book_id, "The book that it is a part of.")
    sections: list[Section] = listed(
        "Section",
        rows_of(rows.Section, "chapter_id", "ordinal", "id"),
        "Its sections, in order.",
        directives=[_FEW],
    )


@reads(rows.Book, "bok", description="A book of the masterplan.")
class Book(Node):
    """A book of the masterplan, by the number that the edition gives it."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Book.tenant_id, "City whose plan it belongs to.")
    number: int = column(rows.Book.number, "Number within the plan.")
    name: str = column(rows.Book.name, "Name in Indonesian.")
    name_en: str = column(rows.Book.name_en, "Name in English.")
    masterplan: Annotated[Masterplan, strawberry.lazy("graphql_schema.masterplan.types")] = one(
        "Masterplan", rows.Book.masterplan_id, "The plan."
    )
    chapters: list[Chapter] = listed(
        "Chapter",
        rows_of(rows.Chapter, "book_id", "ordinal"),
        "Its chapters, in order.",
        directives=[_FEW],
    )
    section_count: int | None = computed(
        lambda row, asking: _sections(row, asking), "How many sections it has."
    )
    approved_count: int | None = computed(
        lambda row, asking: _sections(row, asking, rows.SectionState.APPROVED),
        "How many of them are approved: all of them make the book ready.",
    )


def _sections(
    book: FromClause, asking: Asking, state: rows.SectionState | None = None
) -> ColumnElement[Any]:
    section, chapter = rows.Section.__table__.alias(), rows.Chapter.__table__.alias()
    tenant = asking.tenant(book.c.tenant_id)
    count = (
        select(func.count())
        .select_from(section)
        .join(
            chapter,
            (chapter.c.tenant_id == section.c.tenant_id) & (chapter.c.id == section.c.chapter_id),
        )
        .where(section.c.tenant_id == tenant, chapter.c.tenant_id == tenant)
        .where(chapter.c.book_id == book.c.id)
    )
    if state is not None:
        count = count.where(section.c.state == state)
    return count.correlate(book).scalar_subquery()
