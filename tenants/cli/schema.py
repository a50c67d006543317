"""The API's schema as text."""

from __future__ import annotations

import typer

from tenants.cli.processes import become

app = typer.Typer(help="Print the API's schema, or check the committed one.")


@app.command("print")
def print_schema() -> None:
    """Print the schema in GraphQL's definition language."""
    become("graphql_schema")


@app.command("check")
def check() -> None:
    """Compare the schema with graphql_schema/schema.graphql; exit with 1 where they differ."""
    become("graphql_schema", "check")
