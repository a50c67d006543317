"""How far a section is: handed in by its owner, approved, sent back or reopened by the planners."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.errors import DomainError, WrongState
from kotacerdas.identity.policy import Permission, Role, require
from kotacerdas.identity.queries import members_with
from kotacerdas.rows import refuse_stale
from kotacerdas.values import text_value
from tenants.masterplan.books.models import Section, SectionState
from tenants.masterplan.books.owners import owner_of, people_of, require_writer
from tenants.masterplan.books.places import Placed, placed
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind

NAMES = {
    SectionState.EMPTY: ("kosong", "empty"),
    SectionState.DRAFT: ("draf", "a draft"),
    SectionState.READY: ("siap diperiksa", "ready"),
    SectionState.APPROVED: ("disetujui", "approved"),
}


class SectionWrongState(WrongState):
    """The section is not so far, or further already."""

    code = "SECTION_WRONG_STATE"
    id = "Subbab ini {state_id}; langkah ini hanya untuk subbab yang {wanted_id}. {next_id}"
    en = "This section is {state_en}; this step is for one that is {wanted_en}. {next_en}"


class SectionTooShort(DomainError):
    """The text has fewer words than the edition's guide asks of the chapter."""

    code = "SECTION_TOO_SHORT"
    id = (
        "Subbab “{title}” (Buku {book}, {chapter}) baru {words} kata; pedoman meminta paling"
        " sedikit {minimum}. Lengkapi isinya."
    )
    en = (
        "The section “{title}” (Book {book}, {chapter}) has {words} words; the guide asks for at"
        " least {minimum}. Write more."
    )


NEXT = {
    SectionState.DRAFT: ("Tulis isinya dahulu.", "Write its text first."),
    SectionState.READY: (
        "Minta pemiliknya menyatakan siap.",
        "Ask its owner to hand it in first.",
    ),
    SectionState.APPROVED: ("Subbab ini masih dapat diubah.", "It can still be changed."),
}


def hand_in(session: Session, section_id: UUID, *, expected_version: int) -> Section:
    """Say that a draft is ready for the planners, who are told.

    Raises Forbidden, SectionNotYours, StaleVersion, SectionWrongState or SectionTooShort.
    """
    here = placed(session, section_id)
    require_writer(session, here.section, here.chapter)
    refuse_stale(here.section, expected_version)
    _require(here.section, [SectionState.DRAFT])
    if here.section.words < here.chapter.minimum_words:
        raise too_short(here)
    _move(session, here, SectionState.READY)
    planners = members_with(session, [Role.BAPPEDA, Role.CITY_ADMIN])
    _tell(session, NotificationKind.SECTION_READY, here, planners)
    return here.section


def approve(session: Session, section_id: UUID, *, expected_version: int) -> Section:
    """Agree with a text that was handed in; it changes no more until it is reopened."""
    require(session, Permission.MASTERPLAN_WRITE)
    here = placed(session, section_id)
    refuse_stale(here.section, expected_version)
    _require(here.section, [SectionState.READY])
    _move(session, here, SectionState.APPROVED)
    return here.section


def reopen(session: Session, section_id: UUID, *, expected_version: int, note: str) -> Section:
    """Make a text that was handed in or approved a draft again and tell its owner why."""
    require(session, Permission.MASTERPLAN_WRITE)
    why = text_value(note, path=("note",), required=True)
    here = placed(session, section_id)
    refuse_stale(here.section, expected_version)
    _require(here.section, [SectionState.READY, SectionState.APPROVED])
    _move(session, here, SectionState.DRAFT)
    people = people_of(session, owner_of(here.section, here.chapter))
    _tell(session, NotificationKind.SECTION_RETURNED, here, people, note=why)
    return here.section


def too_short(here: Placed) -> SectionTooShort:
    """Return the refusal that says how many words are missing."""
    section, chapter = here.section, here.chapter
    return SectionTooShort(
        title=section.title,
        book=here.book.number,
        chapter=chapter.name,
        words=section.words,
        minimum=chapter.minimum_words,
    )


def _require(section: Section, wanted: list[SectionState]) -> None:
    if section.state in wanted:
        return
    state_id, state_en = NAMES[section.state]
    next_id, next_en = NEXT[wanted[-1]]
    raise SectionWrongState(
        state_id=state_id,
        state_en=state_en,
        wanted_id=" atau ".join(NAMES[each][0] for each in wanted),
        wanted_en=" or ".join(NAMES[each][1] for each in wanted),
        next_id=next_id,
        next_en=next_en,
    )


def _move(session: Session, here: Placed, state: SectionState) -> None:
    section = here.section
    before, section.state = section.state, state
    facts = {"before": {"state": before}, "after": {"state": state}}
    audit.record(session, "section.move", "section", section.id, **facts)
    session.flush()  # the caller reads the new version, and the notice is told once for it


def _tell(
    session: Session, kind: NotificationKind, here: Placed, people: Iterable[UUID], **data: str
) -> None:
    facts = {
        "title": here.section.title,
        "chapter": here.chapter.name,
        "book": f"Buku {here.book.number}",
        **data,
    }
    key = f"v{here.section.version}"
    tell(session, kind, subject_id=here.section.id, data=facts, people=people, key=key)
