"""Assessments of invited cities: who assesses, how far each is, and scores from a file."""

from __future__ import annotations

import csv
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from sqlalchemy import Select, func, select

from kotacerdas.identity.models import Person
from kotacerdas.scope import Door
from tenants.assessment.assessing import AnswerInput, answer, submit
from tenants.assessment.assigning import assign, give_back, release
from tenants.assessment.instruments import parameters_of
from tenants.assessment.models import Answer, Assessment, Parameter
from tenants.cities.models import City, Participation
from tenants.cli.assessed import assessment_by, cohort_of, participation_in
from tenants.cli.console import AsJson, opened, operator, show, show_fact
from tenants.cli.lookups import city_named, person_named, person_scope
from tenants.cli.refusals import Refused
from tenants.editions.models import Cohort

app = typer.Typer(help="Assign assessors, follow their work, enter scores from a file.")

CitySlug = Annotated[str, typer.Argument(help="The city's slug.")]
Year = Annotated[int, typer.Argument(help="Year of the cohort.")]
Email = Annotated[str, typer.Argument(help="The assessor's e-mail address.")]
COLUMNS = ("code", "score", "evidence", "link", "reason")


@app.command("list")
def listing(year: Year, as_json: AsJson = False) -> None:
    """List a cohort's assessments: by whom, how many parameters are scored, and the score."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        found = session.execute(_of_cohort(cohort_of(session, year)))
        rows = [{**row._mapping, "state": row.state.value} for row in found]
    show(rows, as_json)


@app.command("assign")
def assigning(city: CitySlug, year: Year, email: Email, as_json: AsJson = False) -> None:
    """Let an expert assess a city; nobody assesses a city that they mentor."""
    with opened() as database:
        tenant_id, person_id = city_named(database, city), person_named(database, email)
        with database.unit_of_work(operator(Door.MINISTRY, tenant_id)) as session:
            row = assign(session, participation_in(session, year), assessor_id=person_id)
    show_fact(_fact(row, city, email, f"kotacerdas assessment list {year}"), as_json)


@app.command("release")
def releasing(city: CitySlug, year: Year, email: Email, as_json: AsJson = False) -> None:
    """Take a city off an assessor who has not submitted."""
    with opened() as database:
        tenant_id, person_id = city_named(database, city), person_named(database, email)
        with database.unit_of_work(operator(Door.MINISTRY, tenant_id)) as session:
            row = assessment_by(session, year, person_id)
            row = release(session, row.id, expected_version=row.version)
    show_fact(_fact(row, city, email, f"kotacerdas assessment list {year}"), as_json)


@app.command("return")
def returning(
    city: CitySlug,
    year: Year,
    email: Email,
    reason: Annotated[str, typer.Option(help="Why; the assessor reads it.")],
    as_json: AsJson = False,
) -> None:
    """Give a submitted assessment back to its assessor."""
    with opened() as database:
        tenant_id, person_id = city_named(database, city), person_named(database, email)
        with database.unit_of_work(operator(Door.MINISTRY, tenant_id)) as session:
            row = assessment_by(session, year, person_id)
            row = give_back(session, row.id, expected_version=row.version, reason=reason)
    show_fact(_fact(row, city, email, f"kotacerdas assessment list {year}"), as_json)


@app.command("score")
def scoring(
    city: CitySlug,
    year: Year,
    email: Email,
    file: Annotated[Path, typer.Argument(help=f"CSV with the columns {','.join(COLUMNS)}.")],
    as_json: AsJson = False,
) -> None:
    """Write an assessor's scores from a CSV file; parameters not in it stay as they are."""
    with opened() as database:
        scope = person_scope(database, email, Door.CITY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            row = assessment_by(session, year, scope.person_id)
            given = _answers(file, parameters_of(session, row.instrument_id))
            row = answer(session, row.id, expected_version=row.version, answers=given)
    following = f"kotacerdas assessment submit {city} {year} {email}"
    show_fact(_fact(row, city, email, following), as_json)


@app.command("submit")
def submitting(city: CitySlug, year: Year, email: Email, as_json: AsJson = False) -> None:
    """Hand in an assessor's assessment; a refusal names every parameter that lacks something."""
    with opened() as database:
        scope = person_scope(database, email, Door.CITY, city_named(database, city))
        with database.unit_of_work(scope) as session:
            row = assessment_by(session, year, scope.person_id)
            row = submit(session, row.id, expected_version=row.version)
    following = f"kotacerdas participation advance {city} assessed --on DAY"
    show_fact(_fact(row, city, email, following) | {"score": row.score}, as_json)


def _of_cohort(cohort: Cohort) -> Select[Any]:
    of_row = (Answer.tenant_id == Assessment.tenant_id) & (Answer.assessment_id == Assessment.id)
    asked = select(func.count()).where(Parameter.instrument_id == Assessment.instrument_id)
    query: Any = (
        select(
            City.slug.label("city"),
            Person.name.label("assessor"),
            Assessment.state,
            select(func.count()).where(of_row).scalar_subquery().label("scored"),
            asked.scalar_subquery().label("of"),
            Assessment.score,
            Assessment.submitted_at,
        )
        .join(
            Participation,
            (Participation.tenant_id == Assessment.tenant_id)
            & (Participation.id == Assessment.participation_id),
        )
        .join(City, City.id == Assessment.tenant_id)
        .join(Person, Person.id == Assessment.assessor_id)
        .where(Participation.cohort_id == cohort.id)
        .order_by(City.slug, Person.name, Assessment.id)
    )
    return cast("Select[Any]", query)  # to pyright, named columns are no Select[Any]


def _answers(file: Path, parameters: list[Parameter]) -> list[AnswerInput]:
    known = {each.code: each.id for each in parameters}
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(enumerate(csv.DictReader(lines), start=2))
    read = []
    for line, row in rows:
        code = (row.get("code") or "").strip()
        if code not in known:
            codes = ", ".join(known)
            raise Refused(
                f"{file} baris {line}: tidak ada parameter “{code}”. Pakai: {codes}.",
                f"{file} line {line}: there is no parameter “{code}”. Use: {codes}.",
            )
        score = _score(file, line, row.get("score") or "")
        texts = [(row.get(name) or "") for name in COLUMNS[2:]]
        read.append(AnswerInput(known[code], score, *texts))
    return read


def _score(file: Path, line: int, text: str) -> Decimal:
    try:
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise Refused(
            f"{file} baris {line}: “{text}” bukan angka. Tulis seperti 3 atau 3,5.",
            f"{file} line {line}: “{text}” is no number. Write it like 3 or 3.5.",
        ) from None


def _fact(row: Assessment, city: str, email: str, following: str) -> dict[str, object]:
    return {"city": city, "assessor": email, "state": row.state.value, "next": following}
