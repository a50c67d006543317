"""The commands by name, each imported when it is called: a process should start at once."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

PLACES = {
    "dev": "development:dev",
    "serve": "processes:serve",
    "worker": "processes:worker",
    "relay": "processes:relay",
    "beat": "processes:beat",
    "db": "databases:app",
    "seed": "databases:seed",
    "edition": "editions:app",
    "cohort": "cohorts:app",
    "city": "cities:app",
    "unit": "units:app",
    "participation": "participations:app",
    "institution": "institutions:app",
    "bimtek": "bimtek:app",
    "user": "users:app",
    "token": "tokens:app",
    "masterplan": "masterplans:app",
    "section": "sections:app",
    "review": "reviews:app",
    "task": "tasks:app",
    "instrument": "instruments:app",
    "assessment": "assessments:app",
    "selection": "selections:app",
    "evaluation": "evaluations:app",
    "national": "nationals:app",
    "search": "searches:search",
    "expert": "experts:app",
    "document": "documents:app",
    "export": "exports:app",
    "import": "imports:app",
    "workbook": "workbooks:app",
    "client": "clients:app",
    "job": "jobs:app",
    "audit": "audits:app",
    "demo": "demos:app",
    "check": "doctor:check",
    "doctor": "doctor:doctor",
    "schema": "schema:app",
}
"""Module of this package, and the function or the group in it."""


@dataclass(frozen=True)
class Invocation:
    """How the command line was called."""

    language: str


class Commands(TyperGroup):
    """Finds commands, and prints what a rule, the settings or a server refuses; exits with 1."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401  (typer has a click of its own)
        """Return the names in the order of the help text."""
        return list(PLACES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401
        """Import and return a command; None for an unknown name."""
        return _command(cmd_name) if cmd_name in PLACES else None

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """Run the command; a traceback is left for defects."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            # Imported only now: it knows the errors of every library.
            from tenants.cli.refusals import explained

            language = ctx.obj.language if isinstance(ctx.obj, Invocation) else "id"
            lines = explained(error, language)
            if not lines:
                raise
        for line in lines:
            typer.secho(line, fg="red", err=True)
        raise typer.Exit(1)


def _command(name: str) -> Any:  # noqa: ANN401
    module, _, attribute = PLACES[name].partition(":")
    found = getattr(import_module(f"tenants.cli.{module}"), attribute)
    if isinstance(found, typer.Typer):
        command: Any = get_group(found)
    else:
        single = typer.Typer()
        single.command(name)(found)
        command = get_command(single)
    command.name = name
    return command
