"""What cities have to do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import select

from kotacerdas.scope import Door
from tenants.cli.console import AsJson, opened, operator, show
from tenants.cli.lookups import city_named
from tenants.editions.models import Cohort
from tenants.tasks.listing import counts, tasks_of
from tenants.tasks.national import cohort_counts

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


@app.command("national")
def national(as_json: AsJson = False) -> None:
    """Count the open and overdue tasks of all cities by cohort and by who owns them."""
    tasks = cohort_counts().subquery()
    columns = (tasks.c.owner, tasks.c.open, tasks.c.overdue, tasks.c.cities, tasks.c.late_cities)
    by_year = select(Cohort.year, *columns).join_from(tasks, Cohort, Cohort.id == tasks.c.id)
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        rows = session.execute(by_year.order_by(Cohort.year, tasks.c.owner)).mappings().all()
    show([dict(row) for row in rows], as_json)
