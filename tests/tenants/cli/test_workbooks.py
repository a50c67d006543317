"""Workbooks at the console: written, filled in, looked at, saved as a whole."""

from __future__ import annotations

import json
import os

import pytest
from sqlalchemy import select

from kotacerdas.scope import Door, Scope
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort, Dimension
from tenants.masterplan.models import Programme
from tests.tenants.masterplan.cohorts import make_cohort
from tests.tenants.masterplan.planning import Planning
from tests.tenants.workbooks.desk import NEW, Desk
from tests.workers.exports.conftest import account


@pytest.fixture
def desk(database, city, tmp_path) -> Desk:
    planning = Planning(database, city, make_cohort(database), Stage.MENTORED)
    account(database, planning.scope.person_id)
    planning.programme(planning.plan().id, name="Lama")
    return Desk(planning, tmp_path)


@pytest.fixture
def run(call, desk):
    """Return a function that runs `kotacerdas workbook ...` for the city and its administrator."""
    own = {name: value for name, value in os.environ.items() if name.startswith("KOTACERDAS_")}
    email = f"{desk.planning.scope.person_id}@uji.example"

    def invoke(verb, *arguments, language="en", **options):
        words = ("--language", language, "workbook", verb, desk.planning.city.slug)
        return call(*words, *arguments, "--as", email, variables=own, **options)

    return invoke


def year(desk) -> int:
    with desk.planning.database.unit_of_work(Scope(Door.CITY, desk.planning.city.id)) as session:
        pillar = next(iter(desk.planning.pillars.values()))
        mine = select(Cohort.year).join(Dimension, Dimension.edition_id == Cohort.edition_id)
        return session.scalar(mine.where(Dimension.id == pillar))


def names(desk) -> list[str]:
    planning = desk.planning
    mine = select(Programme.name).where(Programme.tenant_id == planning.city.id)
    return planning.run(lambda session: sorted(session.scalars(mine)))


def test_a_table_goes_out_and_comes_back(desk, run, tmp_path):
    path = tmp_path / "tabel.xlsx"
    said = run("export", "programmes", "--year", year(desk), "-o", path).stdout
    assert said == f"{path}: 1 rows, and empty ones to fill in.\n"
    again = run("export", "programmes", "--year", year(desk), "-o", path, code=1)
    assert "is there already" in again.stderr
    told = run("preview", path)
    assert "1 unchanged. Nothing was saved." in told.stderr


def test_a_filled_table_is_looked_at_and_saved(desk, run):
    paper = desk.open(unit_id=desk.planning.unit_id).set("Lama", place="Guguk").add(**NEW)
    path = paper.save(desk.path())
    rows = json.loads(run("preview", path, "--json").stdout)
    assert [(row["action"], row["name"]) for row in rows] == [
        ("change", "Lama"),
        ("create", "e-Parkir"),
    ]
    assert rows[0]["changes"].endswith(": ∅ → Guguk")
    assert names(desk) == ["Lama"]
    expected = run("preview", path).stderr.split("--expect ")[1].split("`")[0]
    saved = json.loads(run("apply", path, "--expect", expected, "--json").stdout)
    assert (saved["saved"], saved["create"], saved["change"]) == (True, 1, 1)
    assert names(desk) == ["Lama", "e-Parkir"]
    assert "ROW_EXISTS" in run("preview", path, code=1).stdout
    assert "1 rows have faults" in run("apply", path, code=1).stderr


def test_faults_are_told_by_cell_in_the_operators_language(desk, run):
    paper = desk.open(unit_id=desk.planning.unit_id).add(**{**NEW, "sdgs": "18"})
    path = paper.save(desk.path())
    assert "CELL_UNKNOWN: “18” is not in the list" in run("preview", path, code=1).stdout
    said = run("preview", path, code=1, language="id")
    assert "CELL_UNKNOWN: “18” tidak ada dalam daftar" in said.stdout
    assert "nothing was saved" in run("apply", path, code=1).stderr
    assert names(desk) == ["Lama"]


def test_a_file_that_is_no_workbook_is_told_in_one_line(desk, run, tmp_path):
    path = tmp_path / "surat.xlsx"
    path.write_bytes(b"halo")
    assert run("preview", path, code=1).stderr.startswith("This file is damaged, or no XLSX.")


def test_a_preview_that_no_longer_holds_is_not_saved(desk, run):
    path = desk.open().set("Lama", place="Guguk").save(desk.path())
    assert "Data has changed" in run("apply", path, "--expect", "0" * 64, code=1).stderr
    assert names(desk) == ["Lama"]
