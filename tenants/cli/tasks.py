"""What cities have to do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from kotacerdas.scope import Door
from tenants.cli.console import AsJson, opened, operator, show
from tenants.cli.lookups import city_named
from tenants.tasks.listing import counts, tasks_of

app = typer.Typer(help="See what a city's people have to do, and what is overdue.")

City = Annotated[str, typer.Argument(help="The city's slug.")]


@app.command("list")
def listing(
    city: City,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is overdue.")] = False,
    as_json: AsJson = False,
) -> None:
    """List a city's open tasks: overdue and nearest first, then what waits longest."""
    now = datetime.now(UTC)
    with opened() as database:
        scope = operator(Door.MINISTRY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            found = tasks_of(session)
    rows = [
        {
            "kind": task.kind.value,
            "owner": task.owner.value,
            "title": task.title,
            "since": task.since,
            "due_at": task.due_at,
            "overdue": task.overdue(now),
            "subject": task.subject,
        }
        for task in found
        if task.overdue(now) or not overdue
    ]
    show(rows, as_json)


@app.command("count")
def counting(city: City, as_json: AsJson = False) -> None:
    """Count a city's open and overdue tasks by who owns them."""
    with opened() as database:
        scope = operator(Door.MINISTRY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            found = counts(tasks_of(session), datetime.now(UTC))
    rows = [
        {
            "owner": each.owner.value,
            "unit": each.unit_id,
            "open": each.open,
            "overdue": each.overdue,
        }
        for each in found
    ]
    show(rows, as_json)
