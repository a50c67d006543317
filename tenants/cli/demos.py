"""The demo at national scale."""

from __future__ import annotations

import typer

from tenants.cli.console import AsJson, current_settings, opened, show_fact
from tenants.demo.loading import password_of
from tenants.demo.national.loading import NationalSummary, load

app = typer.Typer(help="Fill the platform with made-up cities to look at.")


@app.callback()
def root() -> None:
    """Keep the group a group while it has one command."""


@app.command("national")
def national(as_json: AsJson = False) -> None:
    """Load 198 participations of five cohorts: everything in them is marked as a demo.

    Two cities are played by the rules, the others are made up. What is there stays: a region that
    uses the platform already is left as it is, and a second run changes nothing.
    """
    chosen = current_settings()
    with opened(chosen) as database:
        loaded = load(database, chosen, password=password_of(chosen))
    show_fact(vars(loaded), as_json)
    if not as_json:
        _tell(loaded, password_of(chosen))


def _tell(loaded: NationalSummary, password: str) -> None:
    if not loaded.cities:
        typer.echo("The demo was there already; nothing was changed.")
    typer.echo(f"Sign in as admin@kementerian.demo, password {password}")
    typer.echo("A city's people are admin@, bappeda@ and kepala@<its slug>.demo, same password.")
