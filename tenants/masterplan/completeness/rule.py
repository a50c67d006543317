"""What a masterplan lacks, collected over all its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import NotFound
from kotacerdas.scope import tenant_of
from tenants.masterplan.completeness import (
    citations,
    pillars,
    programmes,
    quick_wins,
    sections,
    statements,
    sub_dimensions,
)
from tenants.masterplan.completeness.item import Missing
from tenants.masterplan.models import Masterplan

Finder = Callable[[Session, Masterplan], Iterator[Missing]]

FINDERS: tuple[Finder, ...] = (
    statements.missing,
    citations.missing,
    pillars.missing,
    programmes.missing,
    sub_dimensions.missing,
    quick_wins.missing,
    sections.missing,
)
"""Each asks for all rows of its kind at once: the statements never grow with the plan."""


def missing(session: Session, masterplan_id: UUID) -> list[Missing]:
    """Return everything that the plan lacks, in the order of its books; raises NotFound."""
    plan = session.get(Masterplan, (tenant_of(session), masterplan_id))
    if plan is None:
        raise NotFound
    return [item for find in FINDERS for item in find(session, plan)]
