"""The API's schema: as text, against the committed one, and against the last release."""

from __future__ import annotations

from typing import Annotated

import typer

from tenants.cli.console import AsJson
from tenants.cli.processes import become

app = typer.Typer(help="Print the API's schema, check it, and tell what changed.")

Old = Annotated[
    str | None,
    typer.Argument(help="A file, or a revision such as a tag; by default the last release."),
]
New = Annotated[
    str | None, typer.Argument(help="A file or a revision; by default the API as it is here.")
]


@app.command("print")
def print_schema() -> None:
    """Print the schema in GraphQL's definition language."""
    become("graphql_schema")


@app.command("check")
def check() -> None:
    """Compare the schema with graphql_schema/schema.graphql; exit with 1 where they differ."""
    become("graphql_schema", "check")


@app.command("diff")
def diff(old: Old = None, new: New = None, as_json: AsJson = False) -> None:
    """Tell what changed and what to do; exit with 1 on a breaking change without a label.

    The label stands in the unreleased part of CHANGELOG.md; the command shows what it looks like.
    """
    named = [name for name in (old, new) if name is not None]
    become("graphql_schema", "diff", *(["--json"] if as_json else []), *named)


@app.command("release")
def release() -> None:
    """Keep the schema as that of the newest version which CHANGELOG.md gives a day."""
    become("graphql_schema", "release")
