"""Giving chapters and sections to whoever is to write them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import refuse_stale
from tenants.masterplan.books.models import Book, Chapter, Section
from tenants.masterplan.books.owners import Owner, checked_owner, people_of
from tenants.masterplan.books.places import open_chapter, placed
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind


def assign_section(
    session: Session, section_id: UUID, *, expected_version: int, owner: Owner | None
) -> Section:
    """Give a section to an owner, who is told; None gives it back to the chapter's.

    Raises Forbidden, NotFound, StaleVersion, OwnerUnfit or UnitEnded.
    """
    require(session, Permission.MASTERPLAN_WRITE)
    here = placed(session, section_id)
    refuse_stale(here.section, expected_version)
    if _give(session, here.section, owner) and owner is not None:
        _tell(session, here.section, here.section.title, here.chapter, here.book, owner)
    return here.section


def assign_chapter(
    session: Session, chapter_id: UUID, *, expected_version: int, owner: Owner | None
) -> Chapter:
    """Give a chapter to an owner, who is told; None gives it back to Bappeda. Raises as above."""
    require(session, Permission.MASTERPLAN_WRITE)
    chapter, book, _ = open_chapter(session, chapter_id)
    refuse_stale(chapter, expected_version)
    if _give(session, chapter, owner) and owner is not None:
        _tell(session, chapter, chapter.name, chapter, book, owner)
    return chapter


def _give(session: Session, row: Section | Chapter, owner: Owner | None) -> bool:
    """Note the owner and return whether that is a change."""
    role, unit_id = None, None
    if owner is not None:
        checked_owner(session, owner)
        role, unit_id = owner.role, owner.unit_id
    before = {"role": row.owner_role, "unit_id": row.owner_unit_id}
    after = {"role": role, "unit_id": unit_id}
    if before == after:
        return False
    row.owner_role, row.owner_unit_id = role, unit_id
    kind = row.__tablename__
    audit.record(session, f"{kind}.assign", kind, row.id, before=before, after=after)
    session.flush()  # the caller reads the new version, and the notice is told once for it
    return True


def _tell(
    session: Session,
    row: Section | Chapter,
    title: str,
    chapter: Chapter,
    book: Book,
    owner: Owner,
) -> None:
    facts = {"title": title, "chapter": chapter.name, "book": f"Buku {book.number}"}
    people = people_of(session, owner)
    tell(
        session,
        NotificationKind.SECTION_ASSIGNED,
        subject_id=row.id,
        data=facts,
        people=people,
        key=f"v{row.version}",
    )
