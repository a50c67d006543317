"""Files that are no filled-in template: each is refused by name, fast, and in both languages."""

from __future__ import annotations

from time import monotonic

import pytest

from kotacerdas.errors import DomainError
from tenants.workbooks.reading import read
from tests.tenants.workbooks.desk import counts
from tests.tenants.workbooks.hostile import HOSTILE, SHEET, changed


@pytest.mark.parametrize(
    ("make", "code"), HOSTILE, ids=lambda given: getattr(given, "__name__", "")
)
def test_a_hostile_file_is_refused_by_name(planning, desk, make, code):
    planning.programme(planning.plan().id)
    path = desk.path()
    path.write_bytes(make(desk.download()))
    began = monotonic()
    with pytest.raises(DomainError) as caught:
        read(path)
    assert caught.value.code == code
    assert caught.value.text("id") != caught.value.text("en")
    assert monotonic() - began < 20


def test_empty_cells_far_out_are_no_reason_to_refuse(planning, desk):
    planning.programme(planning.plan().id)
    path, empty = desk.path(), b'<row r="1048576"><c r="A1048576" s="1"/></row></sheetData>'
    path.write_bytes(
        changed(desk.download(), SHEET, lambda xml: xml.replace(b"</sheetData>", empty))
    )
    assert len(read(path).filled()) == 1


def test_rows_beyond_the_limit_are_counted(planning, desk):
    planning.plan()
    paper = desk.open(unit_id=planning.unit_id)
    for number in range(2_001):
        paper.add(name=f"Program {number}")
    with pytest.raises(DomainError) as caught:
        desk.look(paper)
    assert (caught.value.code, caught.value.fields) == (
        "WORKBOOK_ROWS",
        {"count": 2_001, "most": 2_000},
    )


@pytest.mark.parametrize(
    ("row", "value", "code"),
    [
        (0, "2", "WORKBOOK_OUTDATED"),
        (1, "budgets", "WORKBOOK_FOREIGN"),
        (3, "../../etc", "WORKBOOK_FOREIGN"),
        (2, "", "WORKBOOK_FOREIGN"),
        (2, "cty_c1", "WORKBOOK_ELSEWHERE"),
    ],
)
def test_what_a_workbook_says_of_itself_is_checked(planning, desk, row, value, code):
    planning.programme(planning.plan().id)
    paper = desk.open()
    paper.sheets["_kotacerdas"][row][1] = value
    with pytest.raises(DomainError) as caught:
        desk.look(paper)
    assert caught.value.code == code


def test_a_forged_record_gives_no_rights_and_breaks_nothing(planning, desk):
    planning.programme(planning.plan().id, name="Lama")
    paper = desk.open().set("Lama", place="Guguk")
    paper.sheets["_kotacerdas"][10][1:] = ["nan", "x"]
    assert counts(desk.look(paper)) == {"conflict": 1}
