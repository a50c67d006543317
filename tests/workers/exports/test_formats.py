"""The files as their readers take them: JSON lines, CSV for programs and for Excel, workbooks."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from io import StringIO
from zoneinfo import ZoneInfo

import pytest

from kotacerdas.language import Language
from tenants.exports.models import ExportFormat, ExportKind
from tenants.exports.tables.registry import TABLES
from tenants.masterplan.draft import BudgetLine, TargetLine
from tenants.masterplan.models import BudgetSource
from tenants.submissions.models import Innovation
from tests.workers.exports.conftest import Exporter
from tests.workers.exports.sheets import sheets
from workers.exports.cells import Place
from workers.exports.workbook import Xlsx

F, K = ExportFormat, ExportKind
FORMULAS = ["=1+1", "+62 751", "-minus", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠A1"]


def lines(content: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode(), newline=""), delimiter=delimiter))


def rename(planning, innovation_id, **values) -> None:
    def change(session):
        row = session.get_one(Innovation, (planning.city.id, innovation_id))
        for name, value in values.items():
            setattr(row, name, value)

    planning.run(change)


@pytest.fixture
def programme(planning):
    """A programme with money of two years, a long amount among it."""
    plan_id = planning.plan().id
    return planning.programme(
        plan_id,
        name="Pasar daring",
        baseline=Decimal("12.5"),
        targets=[TargetLine(2023, Decimal(40)), TargetLine(2024, Decimal("82.5"))],
        budgets=[
            BudgetLine(2023, BudgetSource.APBD, Decimal("123456789012345678.90")),
            BudgetLine(2024, BudgetSource.OTHER, Decimal("1500000.00")),
        ],
    )


def test_json_lines_speak_as_the_api_does(planning, exporter):
    key = planning.innovation()
    rename(planning, key, budget_rupiah=Decimal("1500000.50"))
    (line,) = map(json.loads, exporter.made(K.INNOVATIONS, F.JSONL).splitlines())
    assert line["id"] == f"inn_{key.hex}{planning.city.id:x}"
    assert (line["state"], line["kind"], line["maturity"]) == ("ACCEPTED", "DIGITAL", "APPLIED")
    assert (line["budgetRupiah"], line["version"]) == ("1500000.5", 2)
    assert (line["regionCode"], line["city"]) == (planning.city.region_code, "Kota Uji")
    assert (line["dimension"], line["programme"]) == ("government", None)
    assert line["createdAt"].endswith("+07:00")


def test_moments_have_the_offset_of_the_citys_zone(make_planning, stored):
    planning = make_planning(zone="Asia/Jayapura")
    planning.innovation()
    content = Exporter(planning, stored).made(K.INNOVATIONS, F.CSV)
    assert lines(content)[0]["Dibuat"].endswith("+09:00")


def test_a_programme_carries_its_targets_and_budgets(exporter, programme):
    (line,) = map(json.loads, exporter.made(K.PROGRAMMES, F.JSONL).splitlines())
    assert line["targets"] == [{"year": 2023, "value": "40"}, {"year": 2024, "value": "82.5"}]
    assert line["budgets"] == [
        {"year": 2023, "source": "APBD", "amountRupiah": "123456789012345678.9"},
        {"year": 2024, "source": "OTHER", "amountRupiah": "1500000"},
    ]
    assert line["totalBudgetRupiah"] == "123456789013845678.9"
    assert (line["supportingUnits"], line["baseline"], line["isNew"]) == ([], "12.5", True)
    (row,) = lines(exporter.made(K.PROGRAMMES, F.CSV))
    assert row["Target"] == "2023: 40; 2024: 82,5"
    assert row["Baru"] == "ya"


def test_money_has_a_line_for_each_year_and_source(exporter, programme):
    rows = lines(exporter.made(K.BUDGETS, F.CSV, language=Language.EN))
    assert [(row["Year"], row["Source"], row["Budget (IDR)"]) for row in rows] == [
        ("2023", "APBD", "123456789012345678.9"),
        ("2024", "other", "1500000"),
    ]
    assert [row["Target"] for row in lines(exporter.made(K.TARGETS, F.CSV))] == ["40", "82.5"]


def test_excel_is_given_a_mark_and_what_its_language_expects(exporter, programme):
    indonesian = exporter.made(K.BUDGETS, F.CSV_EXCEL)
    assert indonesian.startswith(b"\xef\xbb\xbf")
    rows = lines(indonesian.removeprefix(b"\xef\xbb\xbf"), ";")
    assert [row["Anggaran (Rp)"] for row in rows] == ["123456789012345678,9", "1500000"]
    english = exporter.made(K.BUDGETS, F.CSV_EXCEL, language=Language.EN)
    assert english.startswith(b"\xef\xbb\xbf")
    rows = lines(english.removeprefix(b"\xef\xbb\xbf"))
    assert rows[0]["Budget (IDR)"] == "123456789012345678.9"
    assert not exporter.made(K.BUDGETS, F.CSV).startswith(b"\xef")


def test_a_workbook_has_numbers_that_count_and_long_ones_that_are_exact(exporter, programme):
    (rows,) = sheets(exporter.made(K.BUDGETS, F.XLSX)).values()
    heading = rows[0]
    first, second = (dict(zip(heading, row, strict=False)) for row in rows[1:])
    assert first["Anggaran (Rp)"] == "123456789012345678.90"
    assert second["Anggaran (Rp)"] == 1500000.0
    assert (second["Tahun"], second["Sumber dana"]) == (2024.0, "lainnya")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_text_becomes_a_formula(planning, exporter, formula):
    rename(planning, planning.innovation(), name=formula, problem=f"teks {formula}")
    for form, delimiter in ((F.CSV, ","), (F.CSV_EXCEL, ";")):
        content = exporter.made(K.INNOVATIONS, form).removeprefix(b"\xef\xbb\xbf")
        (row,) = lines(content, delimiter)
        assert (row["Nama inovasi"], row["Masalah"]) == (f"'{formula}", f"teks {formula}")
    (rows,) = sheets(exporter.made(K.INNOVATIONS, F.XLSX)).values()
    assert formula.replace("\r", "_x000D_") in rows[1]
    (line,) = map(json.loads, exporter.made(K.INNOVATIONS, F.JSONL).splitlines())
    assert line["name"] == formula


def test_hostile_texts_stay_in_their_cell(planning, exporter):
    hostile = 'a"b;c,d\ne\x0bf <g> &h; _x0041_ 😀'
    rename(planning, planning.innovation(), solution=hostile)
    (row,) = lines(exporter.made(K.INNOVATIONS, F.CSV))
    assert row["Solusi"] == hostile
    (line,) = map(json.loads, exporter.made(K.INNOVATIONS, F.JSONL).splitlines())
    assert line["solution"] == hostile
    (rows,) = sheets(exporter.made(K.INNOVATIONS, F.XLSX)).values()
    assert 'a"b;c,d\ne_x000B_f <g> &h; _x005F_x0041_ 😀' in rows[1]


def test_an_export_of_nothing_has_its_heading(exporter):
    assert exporter.made(K.REMARKS, F.JSONL) == b""
    assert exporter.made(K.UNITS, F.CSV).startswith(b"Kode wilayah,Daerah,Nama,Singkatan")
    (rows,) = sheets(exporter.made(K.REMARKS, F.XLSX)).values()
    assert len(rows) == 1


def test_rows_beyond_a_sheet_begin_another(tmp_path, planning):
    columns = TABLES[K.UNITS].columns[:3]
    path = tmp_path / "book.xlsx"
    book = Xlsx(path, columns, "id", "Perangkat daerah", sheet_rows=2)
    for number in range(5):
        book.row(["13.75", "Kota", f"Dinas {number}"], Place(7, ZoneInfo("Asia/Jakarta")))
    book.close()
    found = sheets(path.read_bytes())
    assert list(found) == ["Perangkat daerah", "Perangkat daerah 2", "Perangkat daerah 3"]
    assert [len(rows) for rows in found.values()] == [3, 3, 2]
    assert found["Perangkat daerah 3"][1][2] == "Dinas 4"
