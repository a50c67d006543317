"""Pillars of the edition without a programme."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from tenants.cities.models import Participation
from tenants.editions.models import Cohort, Dimension
from tenants.masterplan.completeness.item import Missing
from tenants.masterplan.models import Masterplan, Programme


class PillarEmpty(DomainError):
    """A pillar of the edition without a programme."""

    code = "PILLAR_EMPTY"
    id = "Pilar {pillar} belum punya program. Tempatkan inovasi atau tambahkan program."
    en = "The pillar {pillar} has no programme. Place an innovation or add a programme."


def missing(session: Session, plan: Masterplan) -> Iterator[Missing]:
    """Yield each pillar that no programme of the plan serves."""
    served = exists().where(
        Programme.tenant_id == plan.tenant_id,
        Programme.masterplan_id == plan.id,
        Programme.dimension_id == Dimension.id,
    )
    empty = (
        select(Dimension.code, Dimension.name)
        .join(Cohort, Cohort.edition_id == Dimension.edition_id)
        .join(Participation, Participation.cohort_id == Cohort.id)
        .where(Participation.tenant_id == plan.tenant_id)
        .where(Participation.id == plan.participation_id, ~served)
        .order_by(Dimension.ordinal)
    )
    for code, name in session.execute(empty):
        yield Missing(PillarEmpty(path=("dimensions", code), pillar=name))
