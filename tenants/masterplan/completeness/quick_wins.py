"""Quick wins that the edition asks for, in all or in each pillar."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from tenants.cities.editions import edition_of
from tenants.editions.rules import rules_of
from tenants.masterplan import quick_wins
from tenants.masterplan.completeness.item import Missing
from tenants.masterplan.models import Masterplan


def missing(session: Session, plan: Masterplan) -> Iterator[Missing]:
    """Yield where the plan has too few or too many; Bappeda chooses them."""
    rule = rules_of(edition_of(session, plan.participation_id)).quick_win
    for error in quick_wins.faults(session, plan, rule):
        yield Missing(error)
