"""Finding a city's masterplan and its versions by what an operator names."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.cities.models import Participation
from tenants.cli.refusals import Refused
from tenants.editions.models import Cohort
from tenants.masterplan.models import Masterplan, MasterplanVersion

City = Annotated[str, typer.Argument(help="The city's slug.")]
Year = Annotated[int | None, typer.Option("--cohort", help="Year of the cohort; else the last.")]


def plan_of(session: Session, tenant_id: int, cohort: int | None) -> Masterplan:
    """Return the city's masterplan of a cohort's year, or of its last; raises Refused."""
    mine = (
        select(Masterplan)
        .join(Participation, Participation.id == Masterplan.participation_id)
        .join(Cohort, Cohort.id == Participation.cohort_id)
        .where(Masterplan.tenant_id == tenant_id, Participation.tenant_id == tenant_id)
        .order_by(Cohort.year.desc())
        .limit(1)
    )
    found = session.scalar(mine if cohort is None else mine.where(Cohort.year == cohort))
    if found is None:
        raise Refused(
            "Kota ini belum punya masterplan. Buat melalui API: `masterplanCreate`.",
            "This city has no masterplan yet. Begin one by the API: `masterplanCreate`.",
        )
    return found


def version_of(session: Session, plan: Masterplan, number: int | None) -> MasterplanVersion:
    """Return a version of the plan by its number, or its last; raises Refused."""
    mine = select(MasterplanVersion).where(
        MasterplanVersion.tenant_id == plan.tenant_id, MasterplanVersion.masterplan_id == plan.id
    )
    if number is not None:
        mine = mine.where(MasterplanVersion.number == number)
    found = session.scalar(mine.order_by(MasterplanVersion.number.desc()).limit(1))
    if found is None:
        which = "" if number is None else f" {number}"
        raise Refused(
            f"Belum ada versi{which}. Lihat `kotacerdas masterplan versions`.",
            f"There is no version{which}. See `kotacerdas masterplan versions`.",
        )
    return found
