"""Loading the guide editions that the platform ships."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.editions.models import EditionState, GuideEdition
from tenants.editions.rules import content_of
from tenants.editions.writing import write


def load_editions(session: Session, documents: Iterable[object]) -> int:
    """Write the editions that are not there, as active ones; return how many were written.

    An edition that is there stays as the ministry has left it.
    """
    known = set(session.scalars(select(GuideEdition.code)))
    missing = [each for each in map(content_of, documents) if each.code not in known]
    for content in missing:
        write(session, content, state=EditionState.ACTIVE)
    return len(missing)
