"""Masterplans: what they lack."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.scope import Door
from tenants.cities.models import Participation
from tenants.cli.commands import Invocation
from tenants.cli.console import AsJson, opened, operator, show
from tenants.cli.lookups import city_named
from tenants.cli.refusals import Refused
from tenants.editions.models import Cohort
from tenants.masterplan.completeness.item import Missing
from tenants.masterplan.completeness.rule import missing
from tenants.masterplan.models import Masterplan

app = typer.Typer(help="Check masterplans.")

City = Annotated[str, typer.Argument(help="The city's slug.")]
Year = Annotated[int | None, typer.Option("--cohort", help="Year of the cohort; else the last.")]


@app.command("check")
def check(context: typer.Context, city: City, cohort: Year = None, as_json: AsJson = False) -> None:
    """Name everything that a masterplan lacks, and whose it is; exits with 1 where that blocks."""
    with opened() as database:
        tenant_id = city_named(database, city)
        with database.unit_of_work(operator(Door.CITY, tenant_id)) as session:
            found = missing(session, plan_of(session, tenant_id, cohort).id)
    language = context.find_root().obj
    words = language.language if isinstance(language, Invocation) else "id"
    if found or as_json:
        show([_row(each, words) for each in found], as_json)
    else:
        typer.echo("Lengkap." if words == "id" else "Complete.")
    if any(each.blocks for each in found):
        raise typer.Exit(1)


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


def _row(item: Missing, language: str) -> dict[str, object]:
    owner = item.owner
    return {
        "blocks": "yes" if item.blocks else "no",
        "code": item.error.code,
        "owner": owner.unit or owner.role.value,
        "place": "/".join(item.error.path),
        "next": item.error.text(language),
    }
