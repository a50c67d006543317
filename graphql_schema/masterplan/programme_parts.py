"""What hangs on a programme: targets, budgets, supporting units, and values over them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, case, func, select

from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import column, reads
from graphql_schema.scalars import Rupiah
from tenants.cities import models as cities
from tenants.masterplan import models as rows
from tenants.masterplan.permendagri import LENGTHS


@reads(rows.YearTarget, description="Value of a programme's indicator to be reached in a year.")
class YearTarget:
    """Value of a programme's indicator to be reached in a year."""

    year: int = column(rows.YearTarget.year, "Year of the period.")
    value: Decimal = column(rows.YearTarget.value, "Value to be reached.")


@reads(rows.Budget, description="Money of one source for a programme in one year.")
class Budget:
    """Money of one source for a programme in one year."""

    year: int = column(rows.Budget.year, "Year of the period.")
    source: rows.BudgetSource = column(rows.Budget.source, "Where the money comes from.")
    amount_rupiah: Rupiah = column(rows.Budget.amount_rupiah, "How much.")


def supporting_units(programme: FromClause, asking: Asking) -> Select[Any]:
    """The units that help, by name."""
    unit, support = cities.Unit.__table__.alias(), rows.ProgrammeSupport.__table__.alias()
    tenant = asking.tenant(programme.c.tenant_id)
    return (
        select(unit)
        .join(support, (support.c.tenant_id == unit.c.tenant_id) & (support.c.unit_id == unit.c.id))
        .where(
            unit.c.tenant_id == tenant,
            support.c.tenant_id == tenant,
            support.c.programme_id == programme.c.id,
        )
        .order_by(unit.c.name)
    )


def total_budget(programme: FromClause, asking: Asking) -> ColumnElement[Any]:
    """The sum of all budgets."""
    budget = rows.Budget.__table__.alias()
    tenant = asking.tenant(programme.c.tenant_id)
    mine = [budget.c.tenant_id == tenant, budget.c.programme_id == programme.c.id]
    total = select(func.coalesce(func.sum(budget.c.amount_rupiah), 0)).where(*mine)
    return total.correlate(programme).scalar_subquery()


def nomenclature_level(programme: FromClause, _asking: Asking) -> ColumnElement[Any]:
    """How deep the Permendagri 90 code goes, by its length."""
    depth = func.length(programme.c.permendagri_code)
    return case(*((depth == length, level) for length, level in LENGTHS.items()))
