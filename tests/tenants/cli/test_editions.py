"""Guide editions and cohorts at the command line."""

from __future__ import annotations

import json
import os
from uuid import uuid4

import orjson
import pytest
import yaml

from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.reference import load_reference
from tests.tenants.refusals import run
from tests.years import next_year

GUIDE = "panduan-enam-dimensi"


@pytest.fixture(scope="module", autouse=True)
def reference(database) -> None:
    """The shipped guides."""
    run(database, Scope(Door.MINISTRY, NATION), load_reference)


@pytest.fixture
def code(table) -> str:
    """A draft of a test's own."""
    code = f"konsol-{uuid4().hex[:12]}"
    made = table("edition", "copy", GUIDE, code, "--name", "Panduan Konsol")
    assert (made["code"], made["state"], made["cohorts"]) == (code, "draft", [])
    return code


@pytest.fixture
def exported(call, tmp_path, code):
    """Return a function that writes the draft as a file and reads it: path and document."""

    def write(ending: str = "yaml"):
        path = tmp_path / f"panduan.{ending}"
        call("edition", "export", code, path, variables=own())
        text = path.read_text(encoding="utf-8")
        return path, yaml.safe_load(text) if ending == "yaml" else json.loads(text)

    return write


def own():
    return {name: v for name, v in os.environ.items() if name.startswith("KOTACERDAS_")}


def keep(path, document):
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
    path.write_text(text if path.suffix == ".yaml" else json.dumps(document), encoding="utf-8")


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_an_exported_edition_comes_back_as_it_went(table, exported, code, ending):
    path, document = exported(ending)
    assert (document["code"], document["name"]["id"]) == (code, "Panduan Konsol")
    assert len(document["dimensions"]) == 6
    assert table("edition", "import", path)["changed"] == []


def test_a_changed_file_changes_what_it_changes(table, exported, code):
    path, document = exported()
    document["bimtek"] = document["bimtek"][:3]
    document["certificates"]["attendance_percent"] = 60
    keep(path, document)
    assert table("edition", "import", path, "--dry-run")["changed"] == ["bimtek", "certificates"]
    assert len(table("edition", "show", code)["outputs"]) == 4
    table("edition", "import", path)
    shown = table("edition", "show", code)
    assert (len(shown["outputs"]), shown["certificate_percent"]) == (3, 60)


def test_a_file_with_another_code_begins_another_edition(table, exported):
    path, document = exported("json")
    document["code"] = f"baru-{uuid4().hex[:12]}"
    keep(path, document)
    assert table("edition", "import", path)["changed"] == ["everything"]
    assert document["code"] in [row["code"] for row in table("edition", "list")]


def test_faults_are_named_by_their_place_and_nothing_is_saved(table, exported, code):
    path, document = exported()
    document["quick_win"]["minimum"] = "banyak"
    document["books"][0]["chapters"][0]["name"]["en"] = ""
    document["hadiah"] = 1
    keep(path, document)
    told = table("edition", "import", path, code=1).splitlines()
    assert told == [
        "Isian quick_win.minimum: tulis bilangan bulat. Perbaiki bagian itu, lalu simpan lagi.",
        "Isian books.0.chapters.0.name.en: belum diisi. Perbaiki bagian itu, lalu simpan lagi.",
        "Isian hadiah: isian ini tidak dikenal. Perbaiki bagian itu, lalu simpan lagi.",
    ]
    assert table("edition", "show", code)["quick_wins"] == "? - ?"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.yaml", "code: [x\nname: y", "a.yaml, baris 2: bukan YAML yang benar"),
        ("a.yaml", "code: &a x\nname: *a", "a.yaml, baris 2: bukan YAML yang benar (aliases"),
        ("a.json", '{"code": \n}', "a.json, baris 2: bukan JSON yang benar"),
        ("a.json", "[1]", "a.json bukan satu edisi"),
        ("a.yaml", "- x", "a.yaml bukan satu edisi"),
        ("a.yaml", "!!python/object:os.system x", "a.yaml, baris 1: bukan YAML"),
        ("a.yaml", "code: x\ncode: y", "a.yaml, baris 2: bukan YAML yang benar (code"),
        ("a.json", "[" * 50_000, "a.json"),
        ("a.yaml", "[" * 50_000, "a.yaml"),
        ("a.txt", "code: x", "a.txt tidak berakhiran .yaml atau .json"),
        ("a.json", " " * 1_000_001, "a.json lebih dari 1000000 bita"),
    ],
)
def test_a_file_that_is_none_is_refused_at_its_line(table, tmp_path, name, content, told):
    path = tmp_path / name
    path.write_text(content)
    assert table("edition", "import", path, code=1).startswith(told)


def test_a_file_in_another_encoding_is_refused(table, tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(orjson.dumps({"code": "x"}).decode().encode("utf-16"))
    assert "UTF-8" in table("edition", "import", path, code=1)


def test_an_edition_is_activated_followed_and_retired(table, code):
    assert table("edition", "activate", code)["state"] == "active"
    year = next_year()
    made = table("cohort", "create", year, code, 40, "--target", f"{year}-10-31")
    assert (made["state"], made["quota"]) == ("planned", 40)
    changed = table("cohort", "update", year, "--theme", "Bersama", "--quota", 41)
    assert (changed["theme"], changed["quota"], changed["target_date"]) == (
        "Bersama",
        41,
        f"{year}-10-31",
    )
    assert table("cohort", "open", year)["state"] == "open"
    assert table("edition", "show", code)["cohorts"] == [year]
    assert table("edition", "retire", code)["state"] == "retired"
    refused = table("cohort", "update", year, "--edition", GUIDE, code=1)
    assert refused.startswith(f"Angkatan {year} sudah dibuka")
    (row,) = [row for row in table("cohort", "list") if row["year"] == year]
    assert (row["edition"], row["participations"]) == (code, 0)


def test_what_is_not_there_is_told_with_where_to_look(table):
    assert "kotacerdas edition list" in table("edition", "show", "tidak-ada", code=1)
    assert "kotacerdas cohort list" in table("cohort", "open", 2999, code=1)
