"""The database: migrations, reference data and the demo."""

from __future__ import annotations

from typing import Annotated

import typer

from kotacerdas import migration
from kotacerdas.scope import Door
from kotacerdas.settings import Settings
from tenants.assessment.shipped import load_instruments
from tenants.cities.reference import load_reference
from tenants.cli.console import AsJson, current_settings, opened, operator, show, show_fact
from tenants.demo.loading import DemoSummary, load, logins, password_of

app = typer.Typer(help="Bring the database up to date.")


@app.command("migrate")
def migrate() -> None:
    """Run the migrations that the database lacks, as app_migrator."""
    chosen = current_settings()
    migration.upgrade(chosen)
    typer.echo("The database is up to date.")


@app.command("check")
def check(as_json: AsJson = False) -> None:
    """List the migrations that the database lacks; exit with 1 if there are any."""
    pending = migration.pending(current_settings())
    if as_json:
        show_fact({"pending": pending}, as_json)
    elif pending:
        typer.echo(f"Missing: {', '.join(pending)}. Run `kotacerdas db migrate`.")
    else:
        typer.echo("The database is up to date.")
    if pending:
        raise typer.Exit(1)


def seed(
    demo: Annotated[bool, typer.Option("--demo", help="Load the two demo cities too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Load the regions, guide editions, cohorts and instruments; what is there stays."""
    chosen = current_settings()
    with opened(chosen) as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        rows = load_reference(session) + load_instruments(session)
    if not demo:
        show_fact({"reference_rows": rows}, as_json)
        return
    password = password_of(chosen)
    loaded = load_demo(chosen)
    show_fact({"reference_rows": rows, **vars(loaded)}, as_json)
    if not as_json:
        show([vars(login) for login in logins(password)], as_json)


def load_demo(chosen: Settings) -> DemoSummary:
    """Load the demo with the password that belongs to the settings' secret key."""
    with opened(chosen) as database:
        return load(database, chosen, password=password_of(chosen))
