"""Writing the text of a section: nobody's words are lost where two write at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import WrongState
from kotacerdas.identity.policy import acting
from kotacerdas.rows import refuse_stale
from kotacerdas.values import NAME_LENGTH, text_value
from tenants.masterplan.books.drafts import keep
from tenants.masterplan.books.models import (
    DraftKind,
    Section,
    SectionDraft,
    SectionRevision,
    SectionState,
)
from tenants.masterplan.books.owners import require_writer
from tenants.masterplan.books.places import placed
from tenants.masterplan.richtext.body import EMPTY, Body, checked
from tenants.masterplan.richtext.words import word_count


class SectionApproved(WrongState):
    """An approved text changes only after it has been reopened."""

    code = "SECTION_APPROVED"
    id = "Subbab ini sudah disetujui. Minta Bappeda membukanya kembali, lalu ubah."
    en = "This section has been approved. Ask Bappeda to reopen it, then change it."


@dataclass(frozen=True)
class Text:
    """A section's title and body as somebody wrote them."""

    title: str
    body: Body


@dataclass(frozen=True)
class Conflict:
    """Somebody else was faster; all three texts, so that they can be merged.

    `base` is what the caller had read, `theirs` is stored, `yours` is kept as the caller's draft.
    """

    section: Section
    base: Text
    theirs: Text
    yours: Text


def update(
    session: Session,
    section_id: UUID,
    *,
    expected_version: int,
    body: object = None,
    title: str | None = None,
) -> Section | Conflict:
    """Store a new text as the section's next revision; None keeps the title or the body.

    Returns a Conflict, and keeps the given text as a draft, where the section has another version.
    The same text once more changes nothing. Raises Forbidden, SectionNotYours, SectionApproved,
    ParticipationEnded, StaleVersion for a version that never was, or every fault of the text.
    """
    clean = None if body is None else checked(body)
    name = None if title is None else title_value(title)
    here = placed(session, section_id)
    section = here.section
    require_writer(session, section, here.chapter)
    theirs = Text(section.title, section.body)
    yours = Text(theirs.title if name is None else name, theirs.body if clean is None else clean)
    if yours == theirs:
        return section
    if expected_version > section.version:
        refuse_stale(section, expected_version)
    if section.version != expected_version:
        base = text_at(session, section, expected_version)
        keep(session, section.id, DraftKind.CONFLICT, expected_version, yours.title, yours.body)
        return Conflict(section, base, theirs, yours)
    if section.state is SectionState.APPROVED:
        raise SectionApproved
    store(session, section, yours)
    return section


def title_value(title: str) -> str:
    """Return a section's title, without blanks around it; raises Invalid."""
    return text_value(title, path=("title",), maximum=NAME_LENGTH, required=True, lines=False)


def text_at(session: Session, section: Section, version: int) -> Text:
    """Return the text that the section had in one of its versions; empty before the first."""
    earlier = (
        select(SectionRevision)
        .where(
            SectionRevision.tenant_id == section.tenant_id,
            SectionRevision.section_id == section.id,
            SectionRevision.section_version <= version,
        )
        .order_by(SectionRevision.number.desc())
        .limit(1)
    )
    row = session.scalar(earlier)
    return Text(row.title, row.body) if row else Text(section.title, EMPTY)


def store(session: Session, section: Section, text: Text) -> None:
    """Make a checked text the next revision of a section, which is locked."""
    person_id, before = acting(session), {"title": section.title, "revision": section.revision}
    section.title, section.body = text.title, text.body
    section.words = word_count(text.body)
    section.state = SectionState.DRAFT if text.body["blocks"] else SectionState.EMPTY
    section.revision += 1
    section.edited_by, section.edited_at = person_id, datetime.now(UTC)
    session.flush()  # the revision notes the section's new version
    revision = SectionRevision(
        tenant_id=section.tenant_id,
        id=uuid7(),
        section_id=section.id,
        number=section.revision,
        section_version=section.version,
        title=text.title,
        body=text.body,
        words=section.words,
        edited_by=person_id,
    )
    session.add(revision)
    after = {"title": text.title, "revision": section.revision, "words": section.words}
    audit.record(session, "section.write", "section", section.id, before=before, after=after)
    session.execute(
        delete(SectionDraft).where(
            SectionDraft.tenant_id == section.tenant_id,
            SectionDraft.section_id == section.id,
            SectionDraft.person_id == person_id,
            SectionDraft.kind == DraftKind.AUTOSAVE,
        )
    )
