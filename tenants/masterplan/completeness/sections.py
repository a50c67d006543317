"""Sections that are empty, too short, or not yet approved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from kotacerdas.identity.policy import Role
from tenants.cities.models import Unit
from tenants.masterplan.books.models import Book, Chapter, Section, SectionState
from tenants.masterplan.books.owners import USUAL
from tenants.masterplan.books.stages import SectionTooShort
from tenants.masterplan.completeness.item import PLANNERS, Missing, Owner, Place
from tenants.masterplan.models import Masterplan


class SectionEmpty(DomainError):
    """A section that nobody has written."""

    code = "SECTION_EMPTY"
    id = "Subbab “{title}” (Buku {book}, {chapter}) masih kosong. Tulis isinya."
    en = "The section “{title}” (Book {book}, {chapter}) is empty. Write it."


class SectionUnapproved(DomainError):
    """A text that the planners have not agreed with yet."""

    code = "SECTION_UNAPPROVED"
    id = "Subbab “{title}” (Buku {book}, {chapter}) belum disetujui. {next_id}"
    en = "The section “{title}” (Book {book}, {chapter}) is not approved yet. {next_en}"


AFTER_READY = ("Periksa dan setujui.", "Check and approve it.")
AFTER_DRAFT = ("Nyatakan siap bila selesai.", "Hand it in when done.")


def missing(session: Session, plan: Masterplan) -> Iterator[Missing]:
    """Yield what the plan's sections lack, in the order of the books.

    A text that is long enough but not approved is advice: the city decides when it freezes.
    """
    for row in session.execute(_rows(plan)):
        yield _item(row)


def _rows(plan: Masterplan) -> Select[*tuple[Any, ...]]:
    """Read all unfinished sections with their owners: their own, or else their chapter's."""
    of_city = plan.tenant_id
    own = or_(Section.owner_unit_id.is_not(None), Section.owner_role.is_not(None))
    unit_id = func.coalesce(Section.owner_unit_id, Chapter.owner_unit_id)
    return (
        select(
            Section.id,
            Section.title,
            Section.words,
            Section.state,
            own.label("own"),
            Section.owner_role,
            Section.owner_unit_id,
            Chapter.owner_role.label("chapter_role"),
            Chapter.owner_unit_id.label("chapter_unit_id"),
            Chapter.code,
            Chapter.name,
            Chapter.minimum_words,
            Book.number,
            Unit.name.label("unit"),
        )
        .join(Chapter, (Chapter.tenant_id == of_city) & (Chapter.id == Section.chapter_id))
        .join(Book, (Book.tenant_id == of_city) & (Book.id == Chapter.book_id))
        .outerjoin(Unit, (Unit.tenant_id == of_city) & (Unit.id == unit_id))
        .where(Section.tenant_id == of_city, Book.masterplan_id == plan.id)
        .where(Section.state != SectionState.APPROVED)
        .order_by(Book.number, Chapter.ordinal, Section.ordinal, Section.id)
    )


def _item(row: Row[*tuple[Any, ...]]) -> Missing:
    place = Place(book=row.number, chapter=row.code, section_id=row.id)
    facts: dict[str, Any] = {
        "path": ("books", str(row.number), row.code, row.title),
        "title": row.title,
        "book": row.number,
        "chapter": row.name,
    }
    owner = _owner(row)
    if row.state is SectionState.EMPTY:
        return Missing(SectionEmpty(**facts), owner, place)
    if row.words < row.minimum_words:
        error = SectionTooShort(**facts, words=row.words, minimum=row.minimum_words)
        return Missing(error, owner, place)
    ready = row.state is SectionState.READY
    next_id, next_en = AFTER_READY if ready else AFTER_DRAFT
    unapproved = SectionUnapproved(**facts, next_id=next_id, next_en=next_en)
    return Missing(unapproved, PLANNERS if ready else owner, place, blocks=False)


def _owner(row: Row[*tuple[Any, ...]]) -> Owner:
    if row.own:
        role, unit_id = row.owner_role, row.owner_unit_id
    else:
        role, unit_id = row.chapter_role, row.chapter_unit_id
    if unit_id is not None:
        return Owner(Role.UNIT_OPERATOR, unit_id, row.unit)
    return Owner(role or USUAL)
