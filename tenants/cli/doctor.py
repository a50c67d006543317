"""`check` reads the settings; `doctor` asks every server."""

from __future__ import annotations

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from kotacerdas.settings_problems import problems
from tenants.cli.console import (
    AsJson,
    current_environment,
    current_settings,
    opened,
    show,
    terminal,
)
from tenants.cli.health import database, servers
from tenants.cli.health.finding import Finding, Patient, examine

CHECKS = (*servers.FIRST, *database.CHECKS, *servers.CHECKS)


def check(as_json: AsJson = False) -> None:
    """Check the settings without asking any server; exit with 1 where one is unsafe or wrong."""
    found = problems(current_settings())
    if as_json:
        show([{"problem": problem} for problem in found], as_json)
    else:
        for problem in found or ["The settings are good."]:
            typer.echo(problem)
    if found:
        raise typer.Exit(1)


def doctor(as_json: AsJson = False) -> None:
    """Look at every part, live; each failing line says what to do, and the exit code is then 1."""
    chosen = current_settings()
    with opened(chosen) as opened_database:
        found = examination(Patient(chosen, opened_database, current_environment()))
    if as_json:
        show([vars(finding) for finding in found], as_json)
    else:
        _print(found)
    if not all(finding.ok for finding in found):
        raise typer.Exit(1)


def examination(patient: Patient) -> list[Finding]:
    """Return what each check found, in their order."""
    found: list[Finding] = []
    for each in CHECKS:
        failed = {finding.name for finding in found if not finding.ok}
        found.append(examine(each, patient, failed))
    return found


def _print(found: list[Finding]) -> None:
    table = Table("", "Part", "Seen", box=box.SIMPLE, show_edge=False, pad_edge=False)
    for finding in found:
        word = Text("ok", style="green") if finding.ok else Text("fail", style="bold red")
        seen = Text(finding.detail)
        if finding.todo:
            seen.append(f"\n-> {finding.todo}", style="yellow")
        table.add_row(word, finding.name, seen)
    terminal().print(table)
