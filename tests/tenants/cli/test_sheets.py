"""Sheets brought in and exports taken out at the console."""

from __future__ import annotations

import json
import os

import pytest
from sqlalchemy import select

from kotacerdas.identity.policy import Role
from kotacerdas.jobs import Job
from kotacerdas.scope import Door, Scope
from tenants.cities.models import Unit
from tenants.exports.models import ExportState
from tenants.submissions.models import Innovation, InnovationKind
from tests.graphql_schema.places import YEAR, participation
from tests.workers.exports.conftest import account
from workers.exports.handler import HANDLER
from workers.runner import Runner

UNITS = "name,shortName,kind\nDinas Pariwisata,Dispar,dinas\nBadan Perencanaan,Bappeda,BOARD\n"


@pytest.fixture
def admin(database, city) -> str:
    """Address of the city's administrator."""
    person_id = city.person(Role.CITY_ADMIN)
    account(database, person_id)
    return f"{person_id}@uji.example"


@pytest.fixture
def run(call, settings):
    """Return a function that runs `kotacerdas ... --json` on the tests' database."""
    own = {name: value for name, value in os.environ.items() if name.startswith("KOTACERDAS_")}

    def invoke(*arguments, language="en", **options):
        done = call("--language", language, *arguments, "--json", variables=own, **options)
        return json.loads(done.stdout), done.stderr

    return invoke


@pytest.fixture
def sheet(tmp_path):
    def write(content: str, encoding: str = "utf-8"):
        path = tmp_path / "sheet.csv"
        path.write_bytes(content.encode(encoding))
        return path

    return write


def short_names(database, city) -> list[str]:
    mine = select(Unit.short_name).where(Unit.tenant_id == city.id).order_by(Unit.short_name)
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        return list(session.scalars(mine))


def test_departments_are_brought_in_once(database, city, admin, run, sheet):
    told, _ = run("import", "units", city.slug, sheet(UNITS), "--as", admin)
    assert [(line["row"], line["name"], line["refused"]) for line in told] == [
        (1, "Dinas Pariwisata", ""),
        (2, "Badan Perencanaan", ""),
    ]
    again, _ = run("import", "units", city.slug, sheet(UNITS), "--as", admin)
    assert again == told
    assert short_names(database, city) == ["Bappeda", "Dispar"]


def test_a_trial_tells_all_and_saves_nothing(database, city, admin, run, sheet):
    told, said = run("import", "units", city.slug, sheet(UNITS), "--as", admin, "--dry-run")
    assert [line["refused"] for line in told] == ["", ""]
    assert "nothing was saved" in said
    assert short_names(database, city) == []


def test_refused_rows_are_told_in_the_operators_language(database, city, admin, run, sheet):
    bad = sheet(UNITS + "Dinas Lain,Dispar,dinas\nKantor,K,kantor\n")
    call = ("import", "units", city.slug, bad, "--as", admin)
    told, said = run(*call, language="id", code=1)
    assert told[2]["refused"] == (
        "shortName: Singkatan Dispar sudah dipakai. Pilih singkatan lain."
    )
    assert told[3]["refused"].startswith("kind: Isian ini tidak dapat diterima: pilih salah satu:")
    assert "2 dari 4 baris ditolak" in said
    assert short_names(database, city) == []
    told, _ = run(*call, "--skip-invalid")
    assert [line["id"] is None for line in told] == [False, False, True, True]
    assert short_names(database, city) == ["Bappeda", "Dispar"]


def test_what_is_no_sheet_is_refused(city, admin, call, sheet, settings):
    own = {name: value for name, value in os.environ.items() if name.startswith("KOTACERDAS_")}
    for content, encoding in (("a,b\n1,2\n", "utf-8"), ("", "utf-8"), (UNITS, "utf-16")):
        path = sheet(content, encoding)
        done = call("import", "units", city.slug, path, "--as", admin, variables=own, code=1)
        assert "name, shortName, kind" in done.stderr


def test_a_sheet_of_innovations_in_a_spreadsheets_words(database, city, admin, run, sheet):
    """As Excel in Indonesian saves an edited export: semicolons, a mark, headings as words."""
    participation(database, city)
    city.unit("Dinas Pariwisata", "Dispar")
    content = (
        "Singkatan;Kode pilar;Nama inovasi;Bentuk;Tahap kematangan;Masalah;Anggaran (Rp)\r\n"
        'dispar;economy;\'=Tiket;nondigital;Uji coba;"Antre\n dua jam";1500000,50\r\n'
        "Disdik;economy;Lain;digital;gagasan;;\r\n"
    )
    call = ("import", "innovations", city.slug, sheet(content, "utf-8-sig"), "--as", admin)
    told, _ = run(*call, "--year", YEAR, "--skip-invalid")
    assert told[1]["refused"].startswith("unit: This value cannot be accepted: choose one of: dis")
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        (row,) = session.scalars(select(Innovation).where(Innovation.tenant_id == city.id))
    assert (row.name, row.kind) == ("=Tiket", InnovationKind.NON_DIGITAL)
    assert (row.problem, str(row.budget_rupiah)) == ("Antre\n dua jam", "1500000.50")


def test_an_export_is_asked_for_listed_and_fetched(
    database, city, admin, run, call, settings, tmp_path, monkeypatch
):
    city.unit("Dinas Pariwisata", "Dispar")
    monkeypatch.setenv("KOTACERDAS_DATA_DIR", str(tmp_path))
    own = {name: value for name, value in os.environ.items() if name.startswith("KOTACERDAS_")}
    asked, _ = run("export", "request", city.slug, "units", "--as", admin, "--format", "csv")
    assert (asked["state"], asked["kind"], asked["format"]) == ("waiting", "units", "csv")
    stored = settings.model_copy(update={"data_dir": tmp_path})
    (job,) = _jobs(database, city)
    Runner(stored, database, {HANDLER.kind.name: HANDLER}).run(city.id, job)
    (listed,), _ = run("export", "list", city.slug)
    assert (listed["state"], listed["rows"]) == (ExportState.READY.value, 1)
    path = tmp_path / "units.csv"
    fetch = ("export", "fetch", city.slug, asked["id"], "-o", path)
    call(*fetch, variables=own | {"KOTACERDAS_DATA_DIR": str(tmp_path)})
    assert "Dinas Pariwisata" in path.read_text()
    again = call(*fetch, variables=own | {"KOTACERDAS_DATA_DIR": str(tmp_path)}, code=1)
    assert "sudah ada" in again.stderr or "there already" in again.stderr


def _jobs(database, city):
    with database.unit_of_work(Scope(Door.WORKER, city.id)) as session:
        kind = Job.kind == HANDLER.kind.name
        return list(session.scalars(select(Job.id).where(Job.tenant_id == city.id, kind)))
