"""Sheets of many rows brought in for a city: each row by the rule of a single one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.bulk import BulkRejected, OnError, Outcome, key_of_row
from kotacerdas.errors import Invalid
from kotacerdas.scope import Door, tenant_of
from tenants.cities import units
from tenants.cities.editions import pillars_of
from tenants.cities.models import Unit, UnitKind
from tenants.cli.commands import Invocation
from tenants.cli.console import AsJson, opened, show
from tenants.cli.lookups import city_named, participation_of_year, person_scope
from tenants.cli.sheets import rows_of_sheet, value_meant
from tenants.exports.models import ExportKind
from tenants.exports.tables.registry import TABLES
from tenants.notifications import digests
from tenants.submissions import drafting
from tenants.submissions.content import TEXTS
from tenants.submissions.models import InnovationKind, Maturity

MOST = 1_000
"""Rows of one sheet; all of them are one transaction."""

app = typer.Typer(help="Bring in sheets (CSV, as exports are): departments, innovations.")

City = Annotated[str, typer.Argument(help="The city's slug.")]
Sheet = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV file in UTF-8.")]
As = Annotated[str, typer.Option("--as", help="Whose roles allow it, and who is noted.")]
SkipInvalid = Annotated[bool, typer.Option(help="Save the others where a row is refused.")]
DryRun = Annotated[bool, typer.Option(help="Only tell what would happen.")]
Rule = Callable[[Session, dict[str, str], str], UUID]


@dataclass(frozen=True)
class Bringing:
    """What every import is told: whose city, on whose behalf, and how refusals are taken."""

    city: str
    email: str
    on_error: OnError
    dry_run: bool
    as_json: bool
    language: str


class _Undone(Exception):
    """Ends a trial's transaction."""


@app.command("units")
def bring_units(
    context: typer.Context,
    city: City,
    sheet: Sheet,
    email: As,
    skip_invalid: SkipInvalid = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Add departments: name, shortName, kind, and validFrom if known."""
    content = sheet.read_bytes()
    rows = rows_of_sheet(content, TABLES[ExportKind.UNITS], ("name", "shortName", "kind"))

    def add(session: Session, row: dict[str, str], key: str) -> UUID:
        return units.create_unit(
            session,
            name=row["name"],
            short_name=row["shortName"],
            kind=value_meant(UnitKind, row["kind"], "kind"),
            valid_from=_day(row.get("validFrom", "")),
            idempotency_key=key,
        ).id

    on_error = OnError.SKIP_INVALID if skip_invalid else OnError.REJECT_ALL
    how = Bringing(city, email, on_error, dry_run, as_json, _language(context))
    _bring(how, rows, content, lambda _: add)


@app.command("innovations")
def bring_innovations(
    context: typer.Context,
    city: City,
    sheet: Sheet,
    email: As,
    year: Annotated[int, typer.Option(help="Year of the cohort that they are for.")],
    skip_invalid: SkipInvalid = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Begin innovations as drafts: unit, dimension, name, kind, maturity, and their texts."""
    content = sheet.read_bytes()
    needed = ("unit", "dimension", "name", "kind", "maturity")
    rows = rows_of_sheet(content, TABLES[ExportKind.INNOVATIONS], needed)

    def rule(session: Session) -> Rule:
        participation_id = participation_of_year(session, year)
        departments = {row.short_name.casefold(): row.id for row in _departments(session)}
        pillars = {p.code: id_ for id_, p in pillars_of(session, participation_id).items()}

        def add(inner: Session, row: dict[str, str], key: str) -> UUID:
            return drafting.create(
                inner,
                participation_id=participation_id,
                unit_id=_named(departments, row["unit"].casefold(), "unit"),
                dimension_id=_named(pillars, row["dimension"], "dimension"),
                name=row["name"],
                kind=value_meant(InnovationKind, row["kind"], "kind"),
                maturity=value_meant(Maturity, row["maturity"], "maturity"),
                budget_rupiah=row.get("budgetRupiah") or "0",
                idempotency_key=key,
                **_texts(row),
            ).id

        return add

    on_error = OnError.SKIP_INVALID if skip_invalid else OnError.REJECT_ALL
    _bring(
        Bringing(city, email, on_error, dry_run, as_json, _language(context)), rows, content, rule
    )


def _bring(
    how: Bringing, rows: list[dict[str, str]], content: bytes, rule: Callable[[Session], Rule]
) -> None:
    """Run the rule on every row, and tell what came of each; a refusal of all is raised then."""
    # The same file brought in twice has one effect: its rows have the same keys.
    key = sha256(content).hexdigest()
    keyed = [(row, key_of_row(key, place)) for place, row in enumerate(rows)]
    outcomes: list[Outcome] = []
    rejected: BulkRejected | None = None
    with opened() as database, suppress(_Undone):
        acting = person_scope(database, how.email, Door.CITY, city_named(database, how.city))
        with database.unit_of_work(acting) as session:
            add = rule(session)
            try:
                outcomes = digests.each(
                    session,
                    keyed,
                    lambda inner, row: add(inner, *row),
                    on_error=how.on_error,
                    most=MOST,
                )
            except BulkRejected as refusal:
                rejected, outcomes = refusal, refusal.outcomes
            if how.dry_run or rejected:
                raise _Undone
    lines = [_line(place, rows, each, how.language) for place, each in enumerate(outcomes)]
    show(lines, how.as_json)
    if how.dry_run:
        typer.echo("Only a trial: nothing was saved.", err=True)
    if rejected is not None:
        raise rejected


def _line(
    place: int, rows: list[dict[str, str]], outcome: Outcome, language: str
) -> dict[str, object]:
    """The row by its place below the heading, and what was wrong with it."""
    told = "; ".join(f"{'.'.join(each.path)}: {each.text(language)}" for each in outcome.errors)
    return {"row": place + 1, "name": rows[place]["name"], "id": outcome.row_id, "refused": told}


def _language(context: typer.Context) -> str:
    return context.obj.language if isinstance(context.obj, Invocation) else "id"


def _departments(session: Session) -> list[Unit]:
    """Return all departments, those of today last: they win where a short name is given again."""
    mine = select(Unit).where(Unit.tenant_id == tenant_of(session))
    return list(session.scalars(mine.order_by(Unit.valid_to)))


def _named(known: dict[str, UUID], word: str, path: str) -> UUID:
    if word not in known:
        names = ", ".join(sorted(known))
        raise Invalid(path, f"pilih salah satu: {names}.", f"choose one of: {names}.")
    return known[word]


def _texts(row: dict[str, str]) -> Any:  # noqa: ANN401  (keys of InnovationTexts)
    return {name: row[name] for name in TEXTS if name in row}


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Invalid(
            "validFrom", "tulis seperti 2022-06-13.", "write it like 2022-06-13."
        ) from None
