"""All cities together, as the ministry sees them."""

from __future__ import annotations

from typing import Any

import typer
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kotacerdas.scope import Door
from tenants.cities.models import City
from tenants.cli.console import AsJson, opened, operator, show, show_fact
from tenants.editions.models import Dimension
from tenants.national import contents, standing

app = typer.Typer(help="See all cities together: stages, lateness, money, comparisons.")


@app.callback()
def _of_the_nation() -> None:
    """See all cities together."""


@app.command("overview")
def overview(as_json: AsJson = False) -> None:
    """Show where the cities stand, which are late or quiet, and what their plans hold."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        parts = {name: _rows(session, query) for name, query in _queries().items()}
    if as_json:
        show_fact(parts, as_json=True)
        return
    for name, rows in parts.items():
        typer.secho(f"\n{name} ({len(rows)})", bold=True)
        show(rows[:SHOWN], as_json=False)
        if len(rows) > SHOWN:
            typer.echo(f"... {len(rows) - SHOWN} more: add --json to see all.")


SHOWN = 20
"""Rows of each part on the screen."""


def _queries() -> dict[str, Select[*tuple[Any, ...]]]:
    stages, late = standing.stage_counts().subquery(), standing.overdue_cities().subquery()
    quiet, beside = standing.activity().subquery(), contents.comparison().subquery()
    marks = standing.map_marks().subquery()
    measures = [f"{middle}{name}" for name in contents.MEASURES for middle in ("", "median_")]
    return {
        "stages": select(stages.c.year, stages.c.stage, stages.c.count).order_by(
            stages.c.year, stages.c.place
        ),
        "late": _named(marks, "stage", "overdue")
        .where(marks.c.is_late)
        .order_by(marks.c.overdue.desc(), marks.c.name),
        "overdue": _named(late, "count", "oldest_due_at", "oldest_name").order_by(
            late.c.oldest_due_at
        ),
        "activity": _named(quiet, "at", "action").order_by(quiet.c.at, quiet.c.tenant_id),
        "innovations": _of_pillar(contents.pillar_counts(), "state", "count"),
        "budgets": _of_pillar(contents.budgets(), "year", "source", "amount_rupiah", "programmes"),
        "comparison": _named(beside, "year", *measures).order_by(beside.c.year, beside.c.name),
    }


def _named(rows: Any, *columns: str) -> Select[Any]:  # noqa: ANN401  (a subquery of any columns)
    """The columns with the city's slug before them."""
    shown: Any = select(City.slug.label("city"), *(rows.c[name] for name in columns))
    joined: Select[Any] = shown.join(rows, rows.c.tenant_id == City.id)
    return joined


def _of_pillar(query: Select[Any], *columns: str) -> Select[Any]:
    rows = query.subquery()
    shown: Any = select(Dimension.name.label("pillar"), *(rows.c[name] for name in columns))
    joined: Select[Any] = shown.join(rows, rows.c.dimension_id == Dimension.id)
    return joined.order_by(rows.c.ordinal, rows.c.dimension_id, *(rows.c[n] for n in columns[:2]))


def _rows(session: Session, query: Select[*tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [
        {name: getattr(value, "value", value) for name, value in row._mapping.items()}
        for row in session.execute(query)
    ]
