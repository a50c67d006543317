"""Instruments of assessment: seeing, loading, copying, activating and choosing them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Annotated

import orjson
import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.scope import Door
from tenants.assessment import instruments
from tenants.assessment.cohorts import use_instrument
from tenants.assessment.instruments import document_of, parameters_of
from tenants.assessment.models import CohortInstrument, Instrument
from tenants.cli.assessed import cohort_of, instrument_named
from tenants.cli.console import AsJson, opened, operator, show, show_fact
from tenants.cli.refusals import Refused
from tenants.editions.models import Cohort

app = typer.Typer(help="See, load, copy, activate and choose instruments of assessment.")

Code = Annotated[str, typer.Argument(help="The instrument's code.")]


@app.command("list")
def listing(as_json: AsJson = False) -> None:
    """List the instruments, how sure their content is, and which cohorts use them."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        uses = _uses(session)
        rows = [
            {
                "code": row.code,
                "name": row.name,
                "state": row.state.value,
                "parameters": len(parameters_of(session, row.id)),
                "cohorts": uses.get(row.code, []),
                "certainty": row.certainty.value if row.certainty else None,
            }
            for row in session.scalars(select(Instrument).order_by(Instrument.code)).all()
        ]
    show(rows, as_json)


@app.command("show")
def showing(code: Code, as_json: AsJson = False) -> None:
    """List what an instrument asks: weights, scales and the evidence needed."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        row = instrument_named(session, code)
        rows = [
            {
                "code": each.code,
                "name": each.name,
                "weight": each.weight,
                "scale": f"{each.scale_minimum}-{each.scale_maximum}",
                "evidence": each.evidence_needed or None,
                "required": each.evidence_required,
            }
            for each in parameters_of(session, row.id)
        ]
    show(rows, as_json)


@app.command("export")
def export(code: Code) -> None:
    """Print an instrument as the JSON document that `instrument load` reads."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        document = document_of(session, instrument_named(session, code))
    typer.echo(orjson.dumps(document, default=str, option=orjson.OPT_INDENT_2).decode())


@app.command("load")
def load(
    file: Annotated[Path, typer.Argument(help="JSON document of one instrument.")],
    as_json: AsJson = False,
) -> None:
    """Write an instrument from a file: a new draft, or another content of one that is there."""
    document = _document(file)
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        known = session.scalar(
            select(Instrument).where(Instrument.code == str(document.get("code")))
        )
        if known is None:
            row = instruments.create(session, document)
        else:
            row = instruments.update(session, known.id, document, expected_version=known.version)
        fact = _fact(row)
    show_fact(fact, as_json)


@app.command("copy")
def copying(
    code: Code,
    new: Annotated[str, typer.Argument(help="The copy's code.")],
    as_json: AsJson = False,
) -> None:
    """Copy an instrument into a draft that may be changed."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        fact = _fact(instruments.copy(session, instrument_named(session, code).id, code=new))
    show_fact(fact, as_json)


@app.command("activate")
def activating(code: Code, as_json: AsJson = False) -> None:
    """Let cohorts use an instrument; a refusal names what it lacks."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        row = instrument_named(session, code)
        fact = _fact(instruments.activate(session, row.id, expected_version=row.version))
    show_fact(fact, as_json)


@app.command("use")
def using(
    code: Code,
    year: Annotated[int, typer.Argument(help="Year of the cohort.")],
    as_json: AsJson = False,
) -> None:
    """Choose the instrument by which a cohort's cities are assessed."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        row = instrument_named(session, code)
        use_instrument(session, cohort_of(session, year).id, instrument_id=row.id)
    following = f"kotacerdas assessment assign CITY {year} EMAIL"
    show_fact({"cohort": year, "instrument": code, "next": following}, as_json)


def _document(file: Path) -> dict[str, object]:
    try:
        found = orjson.loads(file.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise Refused(
            f"{file} tidak dapat dibaca sebagai JSON ({error}). Perbaiki berkasnya, lalu ulangi.",
            f"{file} cannot be read as JSON ({error}). Mend the file, then repeat this.",
        ) from None
    if not isinstance(found, dict):
        raise Refused(
            f"{file} bukan satu instrumen. Mulai dari `kotacerdas instrument export`.",
            f"{file} is not one instrument. Begin with `kotacerdas instrument export`.",
        )
    return found


def _uses(session: Session) -> dict[str, list[int]]:
    used = (
        select(Instrument.code, Cohort.year)
        .join(CohortInstrument, CohortInstrument.instrument_id == Instrument.id)
        .join(Cohort, Cohort.id == CohortInstrument.cohort_id)
        .order_by(Cohort.year)
    )
    years: dict[str, list[int]] = defaultdict(list)
    for code, year in session.execute(used):
        years[code].append(year)
    return years


def _fact(row: Instrument) -> dict[str, object]:
    active = row.state.value == "active"
    following = "use" if active else "activate"
    return {
        "code": row.code,
        "state": row.state.value,
        "version": row.version,
        "next": f"kotacerdas instrument {following} {row.code}" + (" YEAR" if active else ""),
    }
