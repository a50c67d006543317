"""What a revision of an innovation changed, field by field and word by word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.errors import NotFound
from kotacerdas.scope import tenant_of
from kotacerdas.word_diff import Piece, word_diff
from tenants.submissions.content import ANCHORS
from tenants.submissions.models import InnovationRevision

Content = Mapping[str, Any]


@dataclass(frozen=True)
class FieldChange:
    """A field that differs, and its words before and after, piece by piece."""

    field: str
    words: tuple[Piece, ...]


def changes_of(
    session: Session, revision_id: UUID, *, since: int | None = None
) -> list[FieldChange]:
    """Return the fields in which a revision differs from number `since` of the same innovation.

    By default that is the one before; 0, or a number that never was, is an empty form. Raises
    NotFound for a revision that is not there.
    """
    revision = session.get(InnovationRevision, (tenant_of(session), revision_id))
    if revision is None:
        raise NotFound
    number = revision.number - 1 if since is None else since
    return list(compare(_content(session, revision, number), revision.content))


def compare(before: Content, after: Content) -> Iterator[FieldChange]:
    """Yield the fields that differ between two contents, in the order of the form; pure."""
    for field in ANCHORS:
        old, new = str(before.get(field, "")), str(after.get(field, ""))
        if old != new:
            yield FieldChange(field, word_diff(old, new))


def _content(session: Session, revision: InnovationRevision, number: int) -> Content:
    wanted = select(InnovationRevision.content).where(
        InnovationRevision.tenant_id == revision.tenant_id,
        InnovationRevision.innovation_id == revision.innovation_id,
        InnovationRevision.number == number,
    )
    return session.scalar(wanted) or {}
