"""What a revision of a section changed."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.errors import NotFound
from kotacerdas.scope import tenant_of
from tenants.masterplan.books.models import SectionRevision
from tenants.masterplan.richtext.body import EMPTY, Body
from tenants.masterplan.richtext.comparison import BlockChange, compare


def changes_of(
    session: Session, revision_id: UUID, *, since: int | None = None
) -> list[BlockChange]:
    """Return the blocks in which a revision differs from number `since` of the same section.

    By default that is the one before; 0, or a number that never was, is the empty text.
    """
    revision = session.get(SectionRevision, (tenant_of(session), revision_id))
    if revision is None:
        raise NotFound
    number = revision.number - 1 if since is None else since
    return compare(_body(session, revision.section_id, number), revision.body)


def _body(session: Session, section_id: UUID, number: int) -> Body:
    wanted = select(SectionRevision.body).where(
        SectionRevision.tenant_id == tenant_of(session),
        SectionRevision.section_id == section_id,
        SectionRevision.number == number,
    )
    return session.scalar(wanted) or EMPTY
