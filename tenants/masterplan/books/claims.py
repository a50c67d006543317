"""Who has a section open: a hint for others, which keeps nobody out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import Table, update
from sqlalchemy.orm import Session

from kotacerdas.identity.policy import acting
from tenants.masterplan.books.models import Section
from tenants.masterplan.books.owners import require_writer
from tenants.masterplan.books.places import placed

LASTS = timedelta(minutes=15)
"""A hint that was not renewed for so long is shown no more."""


def claim(session: Session, section_id: UUID) -> Section:
    """Tell others that the actor is writing here; repeated while the section is open."""
    here = placed(session, section_id)
    require_writer(session, here.section, here.chapter)
    _mark(session, here.section, acting(session))
    return here.section


def release(session: Session, section_id: UUID) -> Section:
    """Tell others that the actor has stopped; somebody else's hint stays."""
    here = placed(session, section_id)
    require_writer(session, here.section, here.chapter)
    if here.section.claimed_by == acting(session):
        _mark(session, here.section, None)
    return here.section


def _mark(session: Session, section: Section, person_id: UUID | None) -> None:
    """Note the hint beside the version: whoever has the text open is not made stale by it."""
    row = cast(Table, Section.__table__)
    mine = (row.c.tenant_id == section.tenant_id) & (row.c.id == section.id)
    now = datetime.now(UTC) if person_id else None
    hint = {"claimed_by": person_id, "claimed_at": now, "updated_at": row.c.updated_at}
    session.execute(update(row).where(mine).values(**hint))
    session.expire(section, ["claimed_by", "claimed_at"])
