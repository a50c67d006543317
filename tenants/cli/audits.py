"""The audit trail: proving that it is whole, and reading it."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlalchemy import select

from kotacerdas import audit
from kotacerdas.audit.models import AuditEntry
from kotacerdas.scope import Door
from tenants.cli.console import AsJson, opened, operator, show
from tenants.cli.lookups import tenant_named, tenant_names
from tenants.cli.refusals import Refused

app = typer.Typer(help="Verify the audit trail and read it.")

Tenant = Annotated[str | None, typer.Argument(help="A city's slug, or `nation`.")]


@app.command("verify")
def verify(
    city: Tenant = None,
    every: Annotated[bool, typer.Option("--all", help="Every city, and the nation.")] = False,
    as_json: AsJson = False,
) -> None:
    """Walk the hash chain from its start; exit with 1 where an entry was changed or removed."""
    if every == (city is not None):
        raise Refused("Sebutkan satu kota, atau --all.", "Name one city, or --all.")
    with opened() as database:
        names = tenant_names(database)
        chosen = list(names) if every else [tenant_named(database, city)]
        verdicts = []
        for tenant_id in chosen:
            with database.unit_of_work(operator(Door.MINISTRY, tenant_id)) as session:
                verdicts.append(audit.verify(session))
    show(
        [
            {
                "city": names[verdict.tenant_id],
                "entries": verdict.entries,
                "whole": verdict.broken_at is None,
                "broken_at": verdict.broken_at,
            }
            for verdict in verdicts
        ],
        as_json,
    )
    if any(verdict.broken_at is not None for verdict in verdicts):
        raise typer.Exit(1)


@app.command("list")
def listing(
    city: Tenant = None,
    limit: Annotated[int, typer.Option(min=1, help="How many, from the last one.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List the last entries of a city, or of the nation."""
    with opened() as database:
        tenant_id = tenant_named(database, city)
        last = (
            select(AuditEntry)
            .where(AuditEntry.tenant_id == tenant_id)
            .order_by(AuditEntry.sequence.desc())
            .limit(limit)
        )
        with database.unit_of_work(operator(Door.MINISTRY, tenant_id)) as session:
            entries = session.scalars(last).all()
    show([_row(entry, as_json) for entry in entries], as_json)


def _row(entry: AuditEntry, whole: bool) -> dict[str, object]:
    row = {
        "sequence": entry.sequence,
        "at": entry.at.isoformat(timespec="seconds"),
        "action": entry.action,
        "entity": entry.entity,
        "entity_id": entry.entity_id,
        "person_id": entry.person_id,
        "request_id": entry.request_id,
    }
    return {**row, "before": entry.before, "after": entry.after} if whole else row
