"""Masterplans: what they lack, and what their versions changed."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.scope import Door
from kotacerdas.word_diff import Kind
from tenants.cities.models import Participation
from tenants.cli.commands import Invocation
from tenants.cli.console import AsJson, opened, operator, show
from tenants.cli.lookups import city_named
from tenants.cli.refusals import Refused
from tenants.editions.models import Cohort
from tenants.masterplan.comparing import VersionChange, changes_between
from tenants.masterplan.completeness.item import Missing
from tenants.masterplan.completeness.rule import missing
from tenants.masterplan.models import Masterplan, MasterplanVersion
from tenants.masterplan.roadmap import roadmap

app = typer.Typer(help="Check masterplans and compare their versions.")

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


@app.command("roadmap")
def show_roadmap(city: City, cohort: Year = None, as_json: AsJson = False) -> None:
    """Show by pillar, horizon and year how many programmes there are and what they cost."""
    with opened() as database:
        tenant_id = city_named(database, city)
        with database.unit_of_work(operator(Door.CITY, tenant_id)) as session:
            pillars = roadmap(session, plan_of(session, tenant_id, cohort).id)
    rows = [
        {
            "pillar": pillar.name,
            "horizon": stretch.horizon.value,
            "first_years": stretch.length,
            "year": year.year,
            "programmes": len(year.lines),
            "budget_rupiah": year.budget_rupiah,
        }
        for pillar in pillars
        for stretch in pillar.stretches
        for year in stretch.years
    ]
    show(rows, as_json)


@app.command("diff")
def diff(
    city: City,
    version: Annotated[int, typer.Argument(help="Number of the latter version.")],
    since: Annotated[int | None, typer.Option(help="The former; else the one before.")] = None,
    cohort: Year = None,
    as_json: AsJson = False,
) -> None:
    """Show what a frozen version changed: `-` is gone, `+` has come."""
    with opened() as database:
        tenant_id = city_named(database, city)
        with database.unit_of_work(operator(Door.CITY, tenant_id)) as session:
            plan = plan_of(session, tenant_id, cohort)
            mine = {"tenant_id": tenant_id, "masterplan_id": plan.id, "number": version}
            wanted = select(MasterplanVersion.id).filter_by(**mine)
            version_id = session.scalar(wanted)
            if version_id is None:
                raise Refused(
                    f"Belum ada versi {version}. Lihat nomornya di `MasterplanVersion.number`.",
                    f"There is no version {version}. See `MasterplanVersion.number` for those.",
                )
            found = changes_between(session, version_id, since=since)
    show([_difference(each) for each in found], as_json)


def _difference(change: VersionChange) -> dict[str, object]:
    marks = {Kind.REMOVED: "-", Kind.ADDED: "+"}
    pieces = [
        f"{marks[piece.kind]}{piece.text.strip()}" for piece in change.words if piece.kind in marks
    ]
    return {
        "part": change.part.value,
        "name": change.name,
        "field": change.field,
        "change": change.change.value,
        "words": " ".join(pieces),
    }


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
