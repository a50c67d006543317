"""Filling in and saving: what changes, what is refused and where; halves are never kept."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import select

from kotacerdas.audit.models import AuditEntry
from kotacerdas.errors import Forbidden
from kotacerdas.identity.policy import Role
from tenants.masterplan import missions
from tenants.masterplan.draft import BudgetLine, TargetLine
from tenants.masterplan.models import BudgetSource, Programme
from tenants.workbooks import importing, requesting
from tenants.workbooks.cells import letters
from tenants.workbooks.preview import RowAction
from tenants.workbooks.reading import read
from tests.tenants.masterplan.planning import draft
from tests.tenants.workbooks.desk import NEW, counts, faults, refused, rows_of
from tests.tenants.workbooks.hostile import SHEET, changed


def test_a_table_filled_in_offline_is_saved_as_it_was_previewed(planning, desk):
    plan_id = planning.plan().id
    planning.run(
        missions.write_missions, plan_id, missions=[("Misi", ["Layanan"])], expected_version=1
    )
    old = planning.programme(plan_id, name="Lama")
    paper = desk.open(unit_id=planning.unit_id).set(
        "Lama", name="Baru", budget__2023__apbd="", budget__2026__apbn=2_500_000, goal="1.1"
    )
    before = planning.traces()
    paper.add(**NEW, permendagri="2.16.03.2.02.0005", sdgs="9; 11", goal="1.1 Layanan")
    seen = desk.look(paper)
    assert planning.traces() == before
    assert counts(seen) == {"create": 1, "change": 1}
    told = {each.key: (each.before, each.after) for each in seen.rows[0].changes}
    assert told == {
        "name": ("Lama", "Baru"),
        "goal": ("", "1.1 Layanan"),
        "budget:2023:apbd": ("1500000000", ""),
        "budget:2026:apbn": ("", "2500000"),
    }
    done = desk.keep(paper)
    assert done.hash == seen.hash
    changed = draft(
        planning, planning.run(lambda s: s.get_one(Programme, (planning.city.id, old.id)))
    )
    assert changed.name == "Baru"
    assert changed.budgets == (BudgetLine(2026, BudgetSource.APBN, Decimal(2_500_000)),)
    assert [line.year for line in changed.targets] == [2023, 2027]
    made = planning.run(
        lambda s: s.scalar(select(Programme).filter_by(tenant_id=planning.city.id, name="e-Parkir"))
    )
    stored = draft(planning, made)
    assert (made.code, made.lead_unit_id) == ("MOB-01", planning.unit_id)
    assert stored.permendagri_code == "2.16.03.2.02.0005"
    assert stored.targets == (TargetLine(2024, Decimal("82.5")),)
    assert [line.amount_rupiah for line in stored.budgets] == [1_500_000_000, 1_500_000]
    assert stored.sdgs == [9, 11]


def test_the_trail_tells_of_the_workbook_and_of_each_row(planning, desk):
    plan_id = planning.plan().id
    planning.programme(plan_id, name="Lama")
    done = desk.keep(desk.open(unit_id=planning.unit_id).set("Lama", place="Guguk").add(**NEW))
    mine = select(AuditEntry).where(AuditEntry.tenant_id == planning.city.id)
    entries = planning.run(
        lambda s: s.scalars(mine.order_by(AuditEntry.sequence.desc()).limit(3)).all()
    )
    assert {entry.action for entry in entries} == {
        "programme.update",
        "programme.create",
        "workbook.apply",
    }
    (whole,) = [entry for entry in entries if entry.action == "workbook.apply"]
    assert whole.person_id == planning.scope.person_id
    assert whole.after["preview"] == done.hash
    assert (whole.after["create"], whole.after["change"]) == (1, 1)


FAULTS = [
    ({"name": ""}, "INVALID"),
    ({"dimension": "Smart Ocean"}, "CELL_UNKNOWN"),
    ({"dimension": ""}, "CELL_REQUIRED"),
    ({"lead_unit": "DINAS X"}, "CELL_UNKNOWN"),
    ({"supporting": "A; B"}, "CELL_UNKNOWN"),
    ({"permendagri": 2.16}, "CELL_NUMBER"),
    ({"permendagri": "2.16.2"}, "PERMENDAGRI_CODE_MALFORMED"),
    ({"horizon": "besok"}, "CELL_UNKNOWN"),
    ({"quick_win": "mungkin"}, "CELL_UNKNOWN"),
    ({"sdgs": "18"}, "CELL_UNKNOWN"),
    ({"sdg_targets": "11.2; 11.99"}, "CELL_UNKNOWN"),
    ({"sdg_targets": 17.1}, "CELL_NUMBER"),
    ({"baseline": "banyak"}, "CELL_NOT_NUMBER"),
    ({"baseline": date(2022, 6, 13)}, "CELL_DATED"),
    ({"target__2024": "1.500"}, "INVALID"),
    ({"target__2024": True}, "CELL_LOGICAL"),
    ({"budget__2023__apbd": "1.500"}, "INVALID"),
    ({"budget__2023__apbd": -5}, "INVALID"),
    ({"budget__2023__csr": "1e30"}, "INVALID"),
    ({"description": "x" * 10_001}, "INVALID"),
]


@pytest.mark.parametrize(("cells", "code"), FAULTS)
def test_each_fault_is_told_at_its_cell(planning, desk, cells, code):
    planning.plan()
    paper = desk.open(unit_id=planning.unit_id)
    number = len(paper.rows) + 1
    seen = desk.look(paper.add(**{**NEW, **cells}))
    moved = letters_of(paper, next(iter(cells)))
    assert faults(seen) == [(f"Program!{moved}{number}", code)]
    (fault,) = seen.rows[0].faults
    assert fault.id != fault.en
    assert seen.rows[0].action is RowAction.REFUSED


def letters_of(paper, key: str) -> str:
    return letters(paper.column(key.replace("__", ":")))


def test_a_formula_is_refused_at_its_cell(planning, desk):
    planning.plan()
    paper = desk.open(unit_id=planning.unit_id)
    place = (len(paper.rows), paper.column("budget:2023:apbd"))
    paper.add(**{**NEW, "budget__2023__apbd": ""})
    paper.formulas[place] = "=HYPERLINK(1)+SUM(A1:A9)"
    cell = f"Program!{letters_of(paper, 'budget:2023:apbd')}{place[0] + 1}"
    assert faults(desk.look(paper)) == [(cell, "CELL_FORMULA")]


def test_an_error_of_excel_is_refused_at_its_cell(planning, desk):
    planning.plan()
    paper = desk.open(unit_id=planning.unit_id).add(**NEW)
    cell = f"{letters_of(paper, 'budget:2024:apbd')}{len(paper.rows)}"
    path = paper.save(desk.path())
    standing = re.compile(rf'<c r="{cell}".*?</c>'.encode())
    path.write_bytes(
        changed(path, SHEET, partial(standing.sub, f'<c r="{cell}" t="e"><v>#N/A</v></c>'.encode()))
    )
    seen = planning.run(importing.preview, read(path))
    assert faults(seen) == [(f"Program!{cell}", "CELL_BROKEN")]


def test_more_rows_than_one_workbook_brings_back_are_asked_for_by_unit(planning, desk, monkeypatch):
    planning.programme(planning.plan().id)
    monkeypatch.setattr(requesting, "ROWS_MOST", 0)
    with pytest.raises(requesting.WorkbookCrowded) as caught:
        desk.download()
    assert caught.value.fields == {"count": 1, "most": 0}


def test_all_faults_of_all_rows_come_at_once(planning, desk):
    planning.plan()
    paper = desk.open(unit_id=planning.unit_id)
    paper.add(**{**NEW, "name": "", "sdgs": "99"}).add(**{**NEW, "permendagri": "x.1"}).add(**NEW)
    seen = desk.look(paper)
    assert [code for _, code in faults(seen)] == [
        "CELL_UNKNOWN",
        "PERMENDAGRI_CODE_MALFORMED",
        "ROW_EXISTS",
    ]


def test_a_fault_in_the_last_row_saves_nothing(planning, desk):
    plan_id = planning.plan().id
    planning.programme(plan_id, name="Lama")
    paper = desk.open(unit_id=planning.unit_id).set("Lama", place="Guguk")
    for number in range(20):
        paper.add(**{**NEW, "name": f"Program {number}"})
    paper.add(**{**NEW, "name": "Terakhir", "permendagri": "x"})
    book = desk.back(paper)
    seen = planning.run(importing.preview, book)
    assert counts(seen) == {"create": 20, "change": 1, "refused": 1}
    error = refused(planning, importing.apply, book, seen.hash)
    assert error.code == "WORKBOOK_FAULTY"
    assert rows_of(planning) == 1


def test_a_workbook_saved_twice_makes_nothing_twice(planning, desk):
    planning.plan()
    paper = desk.open(unit_id=planning.unit_id).add(**NEW)
    desk.keep(paper)
    seen = desk.look(paper)
    assert [code for _, code in faults(seen)] == ["ROW_EXISTS"]
    assert rows_of(planning) == 1


def test_ids_are_known_once_and_of_this_table(planning, desk, make_planning):
    planning.programme(planning.plan().id, name="Lama")
    other = make_planning()
    foreign = other.programme(other.plan().id)
    paper = desk.open()
    copied = dict.fromkeys(("id",), paper.rows[paper.find("Lama")][0])
    paper.add(**NEW, **copied)
    paper.add(**{**NEW, "name": "Asing"}, id=f"prg_{foreign.id.hex}{other.city.id:x}")
    codes = [(cell.rstrip("0123456789"), code) for cell, code in faults(desk.look(paper))]
    assert ("Program!A", "ROW_TWICE") in codes
    assert ("Program!A", "ROW_UNKNOWN") in codes


def test_what_the_system_gives_cannot_be_typed(planning, desk):
    planning.programme(planning.plan().id, name="Lama")
    paper = desk.open().set("Lama", code="GOV-99", dimension="Smart People")
    assert [code for _, code in faults(desk.look(paper))] == ["CELL_FIXED", "CELL_FIXED"]


def test_another_citys_workbook_is_refused(planning, desk, make_planning):
    planning.programme(planning.plan().id)
    book = desk.back(desk.open())
    other = make_planning()
    other.plan()
    assert refused(other, importing.preview, book).code == "WORKBOOK_ELSEWHERE"


def test_moved_and_foreign_columns_are_read_by_their_keys(planning, desk):
    planning.programme(planning.plan().id, name="Lama")
    paper = desk.open()
    for row in paper.rows:
        row.insert(2, "")
        row[4:] = reversed(row[4:])
    paper.set("Lama", place="Guguk")
    seen = desk.look(paper)
    assert [each.key for each in seen.rows[0].changes] == ["place"]


def test_a_column_that_was_deleted_leaves_its_field_alone(planning, desk):
    planning.programme(planning.plan().id, name="Lama", place="Guguk")
    paper = desk.open()
    gone = paper.column("place")
    for row in paper.rows:
        del row[gone]
    assert counts(desk.look(paper)) == {"unchanged": 1}


@pytest.mark.parametrize("role", [Role.COUNCIL, Role.UNIT_OPERATOR])
def test_who_may_not_write_programmes_cannot_bring_any_in(planning, desk, role):
    planning.plan()
    book = desk.back(desk.open(unit_id=planning.unit_id).add(**NEW))
    scope = planning.city.scope(role, planning.unit_id)
    before = planning.traces()
    with pytest.raises(Forbidden):
        planning.run(importing.preview, book, scope=scope)
    assert planning.traces() == before


def test_an_empty_workbook_says_so(planning, desk):
    planning.plan()
    assert refused(planning, importing.preview, desk.back(desk.open())).code == "WORKBOOK_EMPTY"
