"""The city's bodies, who sits in them, and who signed its papers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kotacerdas.scope import Door, tenant_of
from tenants.cities.models import Commitment, CommitmentSignature, Unit
from tenants.cli import member_sheet, signature_sheet
from tenants.cli.console import AsJson, language_of, opened, operator, show, show_fact
from tenants.cli.lines import tell
from tenants.cli.lookups import city_named
from tenants.cli.participations import participation_of
from tenants.cli.refusals import Refused
from tenants.institutions.bodies import dissolve_institution, form_institution, standing_bodies
from tenants.institutions.models import (
    Institution,
    InstitutionKind,
    InstitutionMember,
    Regulation,
    RegulationKind,
    RegulationSubject,
)
from tenants.institutions.regulations import record_regulation

app = typer.Typer(help="Form the city's bodies, seat their members, see who signed its papers.")

CitySlug = Annotated[str, typer.Argument(help="The city's slug.")]
Kind = Annotated[InstitutionKind, typer.Argument(help="Which body.")]
On = Annotated[
    datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="Day that it happened, 2022-04-21.")
]
File = Annotated[
    Path | None,
    typer.Argument(exists=True, dir_okay=False, help="A CSV to bring in; without: shown."),
]
DryRun = Annotated[bool, typer.Option(help="Only tell what would happen.")]
Year = Annotated[int | None, typer.Option(help="Year of the cohort; without: the last one.")]


@app.command("list")
def listing(city: CitySlug, as_json: AsJson = False) -> None:
    """List the city's bodies, those that were dissolved too."""
    with opened() as database:
        scope = operator(Door.CITY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            mine = select(Institution).where(Institution.tenant_id == tenant_of(session))
            rows = [_line(session, row) for row in session.scalars(mine.order_by(Institution.id))]
    show(rows, as_json)


@app.command("establish")
def establishing(
    city: CitySlug,
    kind: Kind,
    name: Annotated[str, typer.Argument(help="What it is called.")],
    decree: Annotated[str, typer.Option(help="Number of the decree that forms it.")],
    on: On,
    title: Annotated[str, typer.Option(help="What the decree is about (tentang).")] = "",
    as_json: AsJson = False,
) -> None:
    """Form a body by its decree; then seat its members by `institution members`."""
    with opened() as database:
        scope = operator(Door.CITY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            body = form_institution(session, kind=kind, name=name)
            record_regulation(
                session,
                kind=RegulationKind.DECREE,
                number=decree,
                year=on.year,
                title=title or f"Pembentukan {name}",
                signed_on=on.date(),
                subject=RegulationSubject.INSTITUTION,
                institution_id=body.id,
            )
            fact = _line(session, body)
    show_fact(fact, as_json)


@app.command("dissolve")
def dissolving(city: CitySlug, kind: Kind, on: On, as_json: AsJson = False) -> None:
    """End a body on a day; its members and decrees stay as history."""
    with opened() as database:
        scope = operator(Door.CITY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            body = _body(session, kind)
            body = dissolve_institution(
                session, body.id, on=on.date(), expected_version=body.version
            )
            fact = _line(session, body)
    show_fact(fact, as_json)


@app.command("members")
def members(
    context: typer.Context,
    city: CitySlug,
    kind: Kind,
    file: File = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Show who sits in a body, or seat people: name, position, part, element, unit, joinedOn.

    With one faulty line nobody is seated; who sits there already under that name is left alone.
    """
    with opened() as database:
        scope = operator(Door.CITY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            body = _body(session, kind)
            rows = [] if file else member_sheet.listed(session, body.id)
        if file is None:
            show(rows, as_json)
            return
        count, faults = member_sheet.bring_in(database, scope, file, body.id, dry_run)
    tell(count, faults, dry_run=dry_run, language=language_of(context), as_json=as_json)


@app.command("papers")
def papers(city: CitySlug, year: Year = None, as_json: AsJson = False) -> None:
    """List the signed papers of a participation, and the departments that have not signed."""
    with opened() as database:
        scope = operator(Door.CITY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            row, _ = participation_of(session, year)
            mine = select(Commitment).where(
                Commitment.tenant_id == row.tenant_id, Commitment.participation_id == row.id
            )
            ordered = session.scalars(mine.order_by(Commitment.signed_on, Commitment.id))
            rows = [_paper(session, paper) for paper in ordered]
    show(rows, as_json)


@app.command("sign")
def signing(
    context: typer.Context,
    city: CitySlug,
    number: Annotated[str, typer.Argument(help="Number that the paper bears.")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV.")],
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Record who signed a paper: party, name, position, unit, signature, signedOn, certificate.

    With one faulty line no signature is recorded.
    """
    with opened() as database:
        scope = operator(Door.CITY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            found = select(Commitment.id).where(
                Commitment.tenant_id == scope.tenant_id, Commitment.number == number
            )
            paper_id = session.scalar(found)
        if paper_id is None:
            raise Refused(
                f"Dokumen nomor {number} belum dicatat. Lihat `kotacerdas institution papers`.",
                f"No paper {number} is recorded. See `kotacerdas institution papers`.",
            )
        count, faults = signature_sheet.bring_in(database, scope, file, paper_id, dry_run)
    tell(count, faults, dry_run=dry_run, language=language_of(context), as_json=as_json)


def _body(session: Session, kind: InstitutionKind) -> Institution:
    body = standing_bodies(session).get(kind)
    if body is None:
        raise Refused(
            f"Lembaga {kind.value} belum dibentuk. Bentuk dengan `kotacerdas institution"
            " establish`.",
            f"There is no {kind.value}. Form it by `kotacerdas institution establish`.",
        )
    return body


def _line(session: Session, row: Institution) -> dict[str, object]:
    seated = select(func.count()).where(
        InstitutionMember.tenant_id == row.tenant_id,
        InstitutionMember.institution_id == row.id,
        InstitutionMember.left_on.is_(None),
    )
    decrees = select(Regulation.number).where(
        Regulation.tenant_id == row.tenant_id, Regulation.institution_id == row.id
    )
    return {
        "kind": row.kind.value,
        "name": row.name,
        "from": row.valid_from,
        "to": row.valid_to,
        "decrees": list(session.scalars(decrees.order_by(Regulation.signed_on))),
        "members": session.scalar(seated),
    }


def _paper(session: Session, paper: Commitment) -> dict[str, object]:
    standing = select(CommitmentSignature).where(
        CommitmentSignature.tenant_id == paper.tenant_id,
        CommitmentSignature.commitment_id == paper.id,
        CommitmentSignature.voided_at.is_(None),
    )
    signed = session.scalars(standing).all()
    units = {row.unit_id for row in signed}
    active = select(Unit).where(Unit.tenant_id == paper.tenant_id, Unit.valid_to.is_(None))
    every = session.scalars(active.order_by(Unit.short_name))
    return {
        "kind": paper.kind.value,
        "number": paper.number,
        "signed_on": paper.signed_on,
        "signature": paper.signature.value,
        "signatures": len(signed),
        "unsigned": [unit.short_name for unit in every if unit.id not in units],
    }
