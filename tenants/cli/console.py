"""What every command shares: settings, database, the operator's scope, and how data is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated

import orjson
import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kotacerdas import logs
from kotacerdas.database import Database
from kotacerdas.embedded.data_folder import running_environment
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings, settings, settings_of
from tenants.cli.commands import Invocation

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

PIPE_WIDTH = 240
REQUEST = "console"
"""Stands in audit entries where a request's id would, for there is no person."""


def current_settings() -> Settings:
    """Return the environment's settings, or a running `kotacerdas dev`'s where it names no mode."""
    environment = current_environment()
    return settings_of(environment) if environment else settings()


def current_environment() -> dict[str, str]:
    """Return the variables of a running `kotacerdas dev`, or none where the environment decides."""
    given = settings()
    return {} if "mode" in given.model_fields_set else running_environment(given.data_dir)


@contextmanager
def opened(chosen: Settings | None = None) -> Iterator[Database]:
    """Yield the database and close it; log lines go to standard error, beside what is printed."""
    chosen = chosen or current_settings()
    logs.configure(chosen)
    database = Database(chosen)
    try:
        yield database
    finally:
        database.close()


def operator(door: Door, tenant_id: int = NATION) -> Scope:
    """Return the scope of whoever holds the machine: all rights, and no person."""
    return Scope(door, tenant_id, None, (Grant(NATION, Role.OPERATOR),), REQUEST)


def language_of(context: typer.Context) -> str:
    """Return the language in which refusals are told."""
    invocation = context.find_root().obj
    return invocation.language if isinstance(invocation, Invocation) else "id"


def show(rows: Sequence[Mapping[str, object]], as_json: bool) -> None:
    """Print rows as a table, or as a JSON list."""
    if as_json:
        _print_json(list(rows))
        return
    if not rows:
        typer.echo("Nothing there.")
        return
    table = Table(*rows[0], box=box.SIMPLE, show_edge=False, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row.values()))
    terminal().print(table)


def show_fact(fact: Mapping[str, object], as_json: bool) -> None:
    """Print one object as lines, or as JSON."""
    if as_json:
        _print_json(fact)
        return
    for name, value in fact.items():
        typer.echo(f"{name}: {_cell(value)}")


def terminal() -> Console:
    """Return a console that wraps nothing where nobody watches."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)


def _print_json(data: object) -> None:
    option = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS
    typer.echo(orjson.dumps(data, default=str, option=option).decode())


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
