"""API tokens made at the console for a person's programs."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from kotacerdas.identity import tokens
from kotacerdas.identity.models import ApiToken
from kotacerdas.identity.policy import Permission
from kotacerdas.scope import NATION, Door
from tenants.cli.console import AsJson, current_settings, opened, show, show_fact
from tenants.cli.lookups import city_named, person_scope, tenant_names

app = typer.Typer(help="Make, list and revoke API tokens.")

Email = Annotated[str, typer.Argument(help="Whose token.")]


@app.command("create")
def create(
    email: Email,
    name: Annotated[str, typer.Argument(help="What it is for.")],
    scope: Annotated[list[Permission], typer.Option(help="A right that it carries; repeatable.")],
    city: Annotated[str | None, typer.Option(help="Slug of the only city it reaches.")] = None,
    days: Annotated[int, typer.Option(help="How long it is valid.")] = 90,
    as_json: AsJson = False,
) -> None:
    """Make a token; its secret is told only now. It never exceeds the person's own rights."""
    chosen = current_settings()
    with opened(chosen) as database:
        city_id = None if city is None else city_named(database, city)
        acting = person_scope(database, email, Door.IDENTITY, NATION)
        with database.unit_of_work(acting) as session:
            token, secret = tokens.create(
                session,
                chosen,
                person_id=_person(acting.person_id),
                name=name,
                scopes=scope,
                city_id=city_id,
                days=days,
            )
        names = tenant_names(database)
    show_fact({**_row(token, names), "secret": secret}, as_json)


@app.command("list")
def listing(email: Email, as_json: AsJson = False) -> None:
    """List a person's tokens, newest first."""
    with opened() as database:
        acting = person_scope(database, email, Door.IDENTITY, NATION)
        with database.unit_of_work(acting) as session:
            found = tokens.own_tokens(session)
        names = tenant_names(database)
    show([_row(token, names) for token in found], as_json)


@app.command("revoke")
def revoke(
    email: Email, token_id: Annotated[UUID, typer.Argument(help="Id, from `token list`.")]
) -> None:
    """End a token at once."""
    with opened() as database:
        acting = person_scope(database, email, Door.IDENTITY, NATION)
        with database.unit_of_work(acting) as session:
            tokens.revoke(session, token_id)
    typer.echo("Revoked.")


def _row(token: ApiToken, names: dict[int, str]) -> dict[str, object]:
    return {
        "id": token.id,
        "name": token.name,
        "scopes": token.scopes,
        "city": None if token.city_id is None else names[token.city_id],
        "expires_at": token.expires_at,
        "revoked_at": token.revoked_at,
        "used_at": token.used_at,
    }


def _person(person_id: UUID | None) -> UUID:
    if person_id is None:
        raise LookupError("a person's scope names the person")
    return person_id
