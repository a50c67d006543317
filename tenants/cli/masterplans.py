"""Masterplans: what they lack, and what their versions changed."""

from __future__ import annotations

from typing import Annotated

import typer

from kotacerdas.scope import Door
from kotacerdas.word_diff import Kind
from tenants.cli import versions
from tenants.cli.commands import Invocation
from tenants.cli.console import AsJson, opened, operator, show
from tenants.cli.lookups import city_named
from tenants.cli.plans import City, Year, plan_of, version_of
from tenants.masterplan.comparing import VersionChange, changes_between
from tenants.masterplan.completeness.item import Missing
from tenants.masterplan.completeness.rule import missing
from tenants.masterplan.roadmap import roadmap

app = typer.Typer(help="Check, freeze, adopt and fork masterplans, and compare their versions.")

app.command("freeze")(versions.freeze)
app.command("adopt")(versions.adopt)
app.command("fork")(versions.fork)
app.command("versions")(versions.versions)


@app.command("completeness")
def completeness(
    context: typer.Context, city: City, cohort: Year = None, as_json: AsJson = False
) -> None:
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
            version_id = version_of(session, plan, version).id
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


def _row(item: Missing, language: str) -> dict[str, object]:
    owner = item.owner
    return {
        "blocks": "yes" if item.blocks else "no",
        "code": item.error.code,
        "owner": owner.unit or owner.role.value,
        "place": "/".join(item.error.path),
        "next": item.error.text(language),
    }
