"""Guide editions: listed, copied, taken out as a file and brought in from one, activated."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kotacerdas.scope import Door
from tenants.cli.console import AsJson, opened, operator, show, show_fact
from tenants.cli.edition_files import Format, format_of, read_document, written
from tenants.cli.refusals import Refused
from tenants.editions import editing
from tenants.editions.models import Cohort, EditionState, GuideEdition
from tenants.editions.queries import document_of
from tenants.editions.rules import content_of, rules_of, whole

app = typer.Typer(help="List, copy, exchange as files, activate and retire guide editions.")

Code = Annotated[str, typer.Argument(help="The edition's code.")]


class _Undone(Exception):
    """Ends a trial's transaction."""


@app.command("list")
def listing(as_json: AsJson = False) -> None:
    """List all editions with the cohorts that follow them."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        rows = session.scalars(select(GuideEdition).order_by(GuideEdition.code))
        found = [_line(session, row) for row in rows]
    show(found, as_json)


@app.command("show")
def showing(code: Code, as_json: AsJson = False) -> None:
    """Show what an edition rules; `edition export` gives all of it."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        row = named(session, code)
        content = content_of(document_of(session, row))
        fact = _line(session, row) | {
            "version": row.version,
            "source": content.source or None,
            "certainty": content.certainty,
            "dimension_codes": [each.code for each in content.dimensions],
            "quick_wins": _quick_wins(content.quick_win.minimum, content.quick_win.maximum),
            "quick_wins_per_dimension": content.quick_win.per_dimension,
            "outputs": [len(stage.outputs) for stage in content.bimtek],
            "bodies": [each.value for each in content.institutions.bodies],
            "elements": [each.value for each in content.institutions.elements],
            "certificate_percent": content.certificates.attendance_percent,
            "weights": [f"{each.code} {each.weight}" for each in content.evaluation.parts],
        }
    show_fact(fact, as_json)


@app.command("copy")
def copying(
    code: Code,
    new_code: Annotated[str, typer.Argument(help="Code of the copy.")],
    name: Annotated[str, typer.Option(help="Its name in Indonesian.")] = "",
    name_en: Annotated[str, typer.Option(help="Its name in English.")] = "",
    as_json: AsJson = False,
) -> None:
    """Begin a draft with the content of an edition; then `edition export` and change it."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        made = editing.copy(
            session, named(session, code).id, code=new_code, name=name, name_en=name_en
        )
        fact = _line(session, made)
    show_fact(fact, as_json)


@app.command("export")
def exporting(
    code: Code,
    file: Annotated[
        Path | None, typer.Argument(dir_okay=False, help="Ends in .yaml or .json; without: shown.")
    ] = None,
    kind: Annotated[Format, typer.Option("--format", help="Where no file is named.")] = Format.YAML,
) -> None:
    """Write a whole edition as a file that `edition import` reads."""
    chosen = kind if file is None else format_of(file)
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        content = content_of(document_of(session, named(session, code)))
    text = written(whole(content), chosen)
    if file is None:
        sys.stdout.write(text)
        return
    file.write_text(text, encoding="utf-8")
    typer.echo(f"{file} written. Change it, then bring it in by `kotacerdas edition import`.")


@app.command("import")
def importing(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A .yaml or .json.")],
    dry_run: Annotated[bool, typer.Option(help="Only tell what would happen.")] = False,
    as_json: AsJson = False,
) -> None:
    """Begin or change the edition whose code the file bears; faults are named by their place."""
    document = read_document(file)
    fact: dict[str, object] = {}
    with (
        suppress(_Undone),
        opened() as database,
        database.unit_of_work(operator(Door.MINISTRY)) as session,
    ):
        fact = _brought(session, document)
        if dry_run:
            raise _Undone
    show_fact(fact, as_json)
    if dry_run:
        typer.echo("Only a trial: nothing was saved.", err=True)


@app.command("activate")
def activating(code: Code, as_json: AsJson = False) -> None:
    """Let cohorts follow an edition; a refusal names everything that it lacks."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        row = named(session, code)
        fact = _line(session, editing.activate(session, row.id, expected_version=row.version))
    show_fact(fact, as_json)


@app.command("retire")
def retiring(code: Code, as_json: AsJson = False) -> None:
    """Let no further cohort follow an edition; those that do go on."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        row = named(session, code)
        fact = _line(session, editing.retire(session, row.id, expected_version=row.version))
    show_fact(fact, as_json)


def _brought(session: Session, document: dict[str, object]) -> dict[str, object]:
    """Write a file's document; tell what was changed."""
    row = session.scalar(_coded(str(document.get("code"))))
    if row is None:
        return _line(session, editing.create(session, document)) | {"changed": ["everything"]}
    before = whole(content_of(document_of(session, row)))
    row = editing.update(session, row.id, changes=document, expected_version=row.version)
    session.flush()  # what is stored now is compared with what was
    after = whole(content_of(document_of(session, row)))
    return _line(session, row) | {
        "changed": [name for name in after if after[name] != before[name]]
    }


def _coded(code: str) -> Select[GuideEdition]:
    return select(GuideEdition).where(GuideEdition.code == code)


def named(session: Session, code: str) -> GuideEdition:
    """Return the edition of a code; raises Refused."""
    row = session.scalar(_coded(code))
    if row is None:
        raise Refused(
            f"Edisi {code} tidak ada. Lihat `kotacerdas edition list`.",
            f"There is no edition {code}. See `kotacerdas edition list`.",
        )
    return row


def _line(session: Session, row: GuideEdition) -> dict[str, object]:
    followed = select(Cohort.year).where(Cohort.edition_id == row.id).order_by(Cohort.year)
    content = rules_of(row)
    return {
        "code": row.code,
        "state": EditionState(row.state).value,
        "name": row.name,
        "books": len(content.books),
        "bimtek": len(content.bimtek),
        "cohorts": list(session.scalars(followed)),
    }


def _quick_wins(minimum: int | None, maximum: int | None) -> str:
    return f"{'?' if minimum is None else minimum} - {'?' if maximum is None else maximum}"
