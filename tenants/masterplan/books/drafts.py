"""A person's own copies of texts: saved while they write, and kept where they came too late."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas.errors import NotFound
from kotacerdas.identity.policy import Permission, acting, require
from kotacerdas.scope import tenant_of
from tenants.masterplan.books.models import DraftKind, Section, SectionDraft
from tenants.masterplan.richtext.body import Body, checked


def save(
    session: Session, section_id: UUID, *, base_version: int, body: object, title: str
) -> Section:
    """Keep what the person has written so far, on top of a version; the former copy is replaced.

    Nobody else sees it, and the section itself stays as it is. Raises Forbidden, NotFound, or every
    fault of the text.
    """
    require(session, Permission.SECTION_WRITE)
    clean = checked(body)
    section = session.get(Section, (tenant_of(session), section_id))
    if section is None:
        raise NotFound
    keep(session, section.id, DraftKind.AUTOSAVE, base_version, title, clean)
    return section


def discard(session: Session, draft_id: UUID) -> UUID:
    """Throw one's own copy away and return the section's id; raises NotFound for anybody else's."""
    require(session, Permission.SECTION_WRITE)
    mine = (
        select(SectionDraft)
        .where(SectionDraft.tenant_id == tenant_of(session), SectionDraft.id == draft_id)
        .where(SectionDraft.person_id == acting(session))
    )
    draft = session.scalar(mine)
    if draft is None:
        raise NotFound
    session.delete(draft)
    return draft.section_id


def keep(
    session: Session, section_id: UUID, kind: DraftKind, base_version: int, title: str, body: Body
) -> None:
    """Store the actor's copy of a text that was written on top of `base_version`."""
    new = insert(SectionDraft).values(
        tenant_id=tenant_of(session),
        id=uuid7(),
        section_id=section_id,
        person_id=acting(session),
        kind=kind,
        base_version=base_version,
        title=title,
        body=body,
    )
    now: dict[str, Any] = {name: new.excluded[name] for name in ("kind", "title", "body")}
    now["updated_at"] = func.now()
    keys = ["tenant_id", "section_id", "person_id", "base_version"]
    session.execute(new.on_conflict_do_update(index_elements=keys, set_=now))
