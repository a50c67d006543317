"""Finding a section with the chapter and the plan that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.rows import locked
from tenants.cities.models import Participation
from tenants.masterplan.books.models import Book, Chapter, Section
from tenants.masterplan.models import Masterplan
from tenants.masterplan.plan import require_open


@dataclass(frozen=True)
class Placed:
    """A section, locked, and where it stands."""

    section: Section
    chapter: Chapter
    book: Book
    plan: Masterplan


def placed(session: Session, section_id: UUID) -> Placed:
    """Return the section, locked; raises NotFound, or ParticipationEnded where nobody writes."""
    section = locked(session, Section, section_id)
    chapter, book, plan = _above(session, section.tenant_id, section.chapter_id)
    return Placed(section, chapter, book, plan)


def open_chapter(session: Session, chapter_id: UUID) -> tuple[Chapter, Book, Masterplan]:
    """Return a chapter, locked, and what it belongs to; raises as `placed` does."""
    chapter = locked(session, Chapter, chapter_id)
    return _above(session, chapter.tenant_id, chapter.id)


def _above(session: Session, tenant_id: int, chapter_id: UUID) -> tuple[Chapter, Book, Masterplan]:
    rows = (
        select(Chapter, Book, Masterplan, Participation)
        .join(Book, (Book.tenant_id == Chapter.tenant_id) & (Book.id == Chapter.book_id))
        .join(Masterplan, Masterplan.id == Book.masterplan_id)
        .join(Participation, Participation.id == Masterplan.participation_id)
        .where(Chapter.tenant_id == tenant_id, Chapter.id == chapter_id)
        .where(Book.tenant_id == tenant_id, Masterplan.tenant_id == tenant_id)
        .where(Participation.tenant_id == tenant_id)
    )
    chapter, book, plan, participation = session.execute(rows).one()
    require_open(participation)
    return chapter, book, plan
