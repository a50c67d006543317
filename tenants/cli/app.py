"""The command line: its options, and where each command lies."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

from tenants.cli.commands import Commands, Invocation

LANGUAGE_VARIABLES = ["LC_ALL", "LC_MESSAGES", "LANG"]

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"kotacerdas {version('kotacerdas')}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    language: Annotated[
        str,
        typer.Option(
            envvar=LANGUAGE_VARIABLES,
            show_envvar=False,
            help="Language of refusals: id or en; by default the terminal's, else id.",
        ),
    ] = "id",
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Version.")
    ] = False,
) -> None:
    """Kota Cerdas: one platform for Indonesia's smart-city masterplans."""
    context.obj = Invocation("en" if language.lower().startswith("en") else "id")
