"""Sums of a masterplan's money, and what is published."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from kotacerdas.identity import policy
from kotacerdas.identity.policy import Permission
from kotacerdas.scope import tenant_of
from tenants.masterplan.models import Budget, BudgetSource, Programme, Publication


@dataclass(frozen=True)
class BudgetTotal:
    """Money of all programmes of one pillar, in one year, from one source."""

    dimension_id: UUID
    year: int
    source: BudgetSource
    amount_rupiah: Decimal


def budget_totals(session: Session, masterplan_id: UUID) -> list[BudgetTotal]:
    """The plan's money by pillar, year and source, in that order; nothing for an unknown plan."""
    policy.require(session, Permission.CITY_READ)
    tenant_id = tenant_of(session)
    key = (Programme.dimension_id, Budget.year, Budget.source)
    sums = (
        select(*key, func.sum(Budget.amount_rupiah))
        .join(
            Programme,
            and_(Programme.tenant_id == tenant_id, Programme.id == Budget.programme_id),
        )
        .where(Budget.tenant_id == tenant_id, Programme.masterplan_id == masterplan_id)
        .group_by(*key)
        .order_by(*key)
    )
    return [BudgetTotal(*row) for row in session.execute(sums)]


def published(session: Session, tenant_id: int) -> list[Publication]:
    """What everybody may read of a city, newest first; open to any reader of any city."""
    open_to_all = (
        select(Publication)
        .where(Publication.tenant_id == tenant_id, Publication.withdrawn_at.is_(None))
        .order_by(Publication.published_at.desc(), Publication.id)
    )
    return list(session.scalars(open_to_all))
