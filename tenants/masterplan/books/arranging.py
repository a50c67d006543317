"""Which sections a chapter has, and their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from sqlalchemy import Table, delete, func, select, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, WrongState
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import refuse_stale
from kotacerdas.scope import tenant_of
from tenants.masterplan.books.editing import title_value
from tenants.masterplan.books.models import Chapter, Section, SectionDraft
from tenants.masterplan.books.places import open_chapter, placed
from tenants.masterplan.richtext.body import EMPTY

MOST_SECTIONS = 50


class TooManySections(DomainError):
    """A chapter has as many sections as one may have."""

    code = "TOO_MANY_SECTIONS"
    id = "Bab ini sudah punya {most} subbab. Gabungkan yang serupa sebelum menambah."
    en = "This chapter has {most} sections already. Merge those that are alike first."


class SectionHasText(WrongState):
    """A section that has ever had a text stays, with its revisions."""

    code = "SECTION_HAS_TEXT"
    id = "Subbab ini sudah pernah ditulis; riwayatnya disimpan. Ubah judul dan isinya saja."
    en = "This section has been written, and its history is kept. Change its title and text."


class LastSection(WrongState):
    """A chapter keeps at least one section."""

    code = "LAST_SECTION"
    id = "Bab memerlukan paling sedikit satu subbab. Tambahkan yang lain dahulu."
    en = "A chapter needs at least one section. Add another one first."


class OrderIncomplete(DomainError):
    """An order names each section of the chapter once."""

    code = "SECTION_ORDER_INCOMPLETE"
    id = "Urutan harus menyebut setiap subbab bab ini tepat satu kali. Muat ulang daftarnya."
    en = "The order must name each section of the chapter exactly once. Reload the list."


def add_section(
    session: Session, chapter_id: UUID, *, title: str, idempotency_key: str | None = None
) -> Section:
    """Add an empty section at the chapter's end; raises TooManySections, or Invalid for the title.

    Also raises Forbidden, NotFound and ParticipationEnded, as all that follow.
    """
    require(session, Permission.MASTERPLAN_WRITE)
    name = title_value(title)
    request = {"do": "section.add", "chapter": chapter_id, "title": name}
    row_id = once(session, idempotency_key, request, lambda: _add(session, chapter_id, name))
    return session.get_one(Section, (tenant_of(session), row_id))


def remove_section(session: Session, section_id: UUID, *, expected_version: int) -> Chapter:
    """Remove a section that nobody has written; raises SectionHasText or LastSection."""
    require(session, Permission.MASTERPLAN_WRITE)
    here = placed(session, section_id)
    refuse_stale(here.section, expected_version)
    if here.section.revision:
        raise SectionHasText
    chapter, _, _ = open_chapter(session, here.chapter.id)
    if len(_ids(session, chapter)) == 1:
        raise LastSection
    drafts = (SectionDraft.tenant_id == chapter.tenant_id) & (SectionDraft.section_id == section_id)
    session.execute(delete(SectionDraft).where(drafts))
    session.delete(here.section)
    before = {"title": here.section.title, "chapter": chapter.id}
    audit.record(session, "section.remove", "section", section_id, before=before)
    return chapter


def order_sections(session: Session, chapter_id: UUID, *, section_ids: Sequence[UUID]) -> Chapter:
    """Put a chapter's sections in another order; raises OrderIncomplete."""
    require(session, Permission.MASTERPLAN_WRITE)
    chapter, _, _ = open_chapter(session, chapter_id)
    before = _ids(session, chapter)
    if sorted(section_ids) != sorted(before):
        raise OrderIncomplete(path=("sectionIds",))
    row = cast(
        Table, Section.__table__
    )  # the order is no part of a text: nobody who writes becomes stale
    for ordinal, section_id in enumerate(section_ids, start=1):
        mine = (row.c.tenant_id == chapter.tenant_id) & (row.c.id == section_id)
        session.execute(update(row).where(mine).values(ordinal=ordinal))
    facts = {"before": {"sections": before}, "after": {"sections": list(section_ids)}}
    audit.record(session, "chapter.order", "chapter", chapter.id, **facts)
    return chapter


def _add(session: Session, chapter_id: UUID, title: str) -> UUID:
    chapter, _, _ = open_chapter(session, chapter_id)
    if len(_ids(session, chapter)) >= MOST_SECTIONS:
        raise TooManySections(most=MOST_SECTIONS)
    last = select(func.max(Section.ordinal)).where(
        Section.tenant_id == chapter.tenant_id, Section.chapter_id == chapter.id
    )
    section = Section(
        tenant_id=chapter.tenant_id,
        id=uuid7(),
        chapter_id=chapter.id,
        ordinal=(session.scalar(last) or 0) + 1,
        title=title,
        body=EMPTY,
    )
    session.add(section)
    after = {"title": title, "chapter": chapter.id}
    audit.record(session, "section.add", "section", section.id, after=after)
    session.flush()  # the key's row and the caller look it up
    return section.id


def _ids(session: Session, chapter: Chapter) -> list[UUID]:
    mine = select(Section.id).where(
        Section.tenant_id == chapter.tenant_id, Section.chapter_id == chapter.id
    )
    return list(session.scalars(mine.order_by(Section.ordinal, Section.id)))
