"""Programmes that name no part of a pillar which the edition divides."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from kotacerdas.identity.policy import Role
from tenants.cities.models import Unit
from tenants.editions.models import SubDimension
from tenants.masterplan.completeness.item import Missing, Owner, Place
from tenants.masterplan.models import Masterplan, Programme


class SubDimensionMissing(DomainError):
    """A programme of a divided pillar without its part."""

    code = "SUB_DIMENSION_MISSING"
    id = "Program {programme} belum menyebut subdimensi. Pilih bagian pilar yang sesuai."
    en = "The programme {programme} names no sub-dimension. Choose the fitting part of its pillar."


def missing(session: Session, plan: Masterplan) -> Iterator[Missing]:
    """Yield each such programme; the plan can be frozen all the same."""
    divided = exists().where(SubDimension.dimension_id == Programme.dimension_id)
    rows = (
        select(Programme.id, Programme.code, Programme.name, Programme.lead_unit_id, Unit.name)
        .join(Unit, (Unit.tenant_id == plan.tenant_id) & (Unit.id == Programme.lead_unit_id))
        .where(Programme.tenant_id == plan.tenant_id, Programme.masterplan_id == plan.id)
        .where(Programme.sub_dimension_id.is_(None), divided)
        .order_by(Programme.code, Programme.id)
    )
    for programme_id, code, name, unit_id, unit in session.execute(rows):
        error = SubDimensionMissing(
            path=("programmes", code, "subDimension"), programme=f"{code} ({name})"
        )
        owner = Owner(Role.UNIT_OPERATOR, unit_id, unit)
        yield Missing(error, owner, Place(programme_id=programme_id), blocks=False)
