"""Out and in again: what nobody touched comes back as it was, whatever it holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants.cities.models import Unit
from tenants.masterplan.draft import BudgetLine, TargetLine
from tenants.masterplan.models import BudgetSource, Horizon
from tenants.reorganisation.asking import Ending, Reorganisation, Successor
from tenants.reorganisation.models import ReorganisationKind
from tenants.reorganisation.reorganising import reorganise
from tenants.submissions import drafting
from tenants.submissions.content import TEXTS
from tenants.submissions.models import Innovation, InnovationKind, Maturity
from tenants.submissions.workflow import InnovationState
from tenants.workbooks import importing
from tenants.workbooks.child import content
from tenants.workbooks.kinds import Choice, OneOf
from tenants.workbooks.matching import Matching
from tenants.workbooks.programme_columns import Lists, columns
from tenants.workbooks.reading import book_of, read
from tenants.workbooks.sheet import Origin, Sheet, Standing
from tenants.workbooks.writing import Ids, write
from tests.tenants.workbooks.desk import INNOVATIONS, PROGRAMMES, counts

HOSTILE = [
    "=1+1",
    "+62 751 22334",
    "@SUM(A1)",
    "-",
    "'dikutip",
    '"kutip"; titik koma',
    "dua\nbaris\n\nkosong",
    "tab\tdi tengah",
    "😀 👨‍👩‍👧 é",
    "_x0041_ _x005F_",
    "0012",
    "1.500",
    "TRUE",
    "<b>&amp;</b>",
    "http://contoh.id/?a=1&b=2",
    "2022-06-13",
]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_programme_table_comes_back_unchanged(planning, desk, language):
    plan_id, helper = planning.plan().id, planning.city.unit("Dinas Sosial; Kota", "DIN;SOS")
    for number, text in enumerate(HOSTILE):
        planning.programme(
            plan_id,
            name=text.replace("\n", " "),
            description=text,
            indicator_unit=text.replace("\n", " "),
            permendagri_code="2.16.02" if number % 2 else None,
            supporting_unit_ids=[helper] if number % 3 else [],
            sdgs=[1, 9],
            sdg_targets=["17.1", "17.10", "11.a"],
            baseline=Decimal("-0.0001"),
            targets=[TargetLine(2023, Decimal("1234567890123.4567")), TargetLine(2025, Decimal(0))],
            budgets=[
                BudgetLine(2024, BudgetSource.CSR, Decimal("999999999999999999.99")),
                BudgetLine(2023, BudgetSource.APBD, Decimal("0.10")),
                BudgetLine(2023, BudgetSource.KPBU, Decimal(0)),
            ],
        )
    before = planning.traces()
    seen = planning.run(importing.preview, read(desk.download(language=language)))
    assert counts(seen) == {"unchanged": len(HOSTILE)}
    assert counts(desk.look(desk.open(language=language))) == {"unchanged": len(HOSTILE)}
    assert planning.traces() == before


def test_an_innovation_list_comes_back_unchanged(planning, desk):
    for text in HOSTILE:
        planning.run(
            drafting.create,
            participation_id=planning.participation_id,
            unit_id=planning.unit_id,
            dimension_id=planning.pillars["people"],
            name=text.replace("\n", " "),
            kind=InnovationKind.DIGITAL,
            maturity=Maturity.IDEA,
            budget_rupiah=Decimal("123456789012345678.90"),
            **dict.fromkeys(TEXTS, text),
        )
    seen = planning.run(importing.preview, read(desk.download(INNOVATIONS)))
    assert counts(seen) == {"unchanged": len(HOSTILE)}


def test_units_of_one_short_name_before_and_after_a_rename_stay_apart(planning, desk):
    old = planning.run(lambda s: s.get_one(Unit, (planning.city.id, planning.unit_id)))
    successor = Successor(name="Dinas Digital", short_name=old.short_name)
    endings = (Ending(old.id, old.version),)
    asked = Reorganisation(ReorganisationKind.RENAME, endings, date(2024, 7, 1), (successor,))
    planning.innovation(state=InnovationState.REJECTED)
    draft = planning.innovation(state=InnovationState.DRAFT)
    planning.run(reorganise, asked)
    key = (planning.city.id, draft)
    assert planning.run(lambda s: s.get_one(Innovation, key)).unit_id != old.id
    seen = planning.run(importing.preview, read(desk.download(INNOVATIONS)))
    assert counts(seen) == {"unchanged": 2}


def test_saving_what_nobody_touched_changes_nothing(planning, desk):
    planning.programme(planning.plan().id)
    before = planning.traces()
    done = desk.keep(desk.open())
    assert counts(done) == {"unchanged": 1}
    after = planning.traces()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1  # the trail


UNIT = OneOf((Choice("a", ("A;B", "A;B")), Choice("b", ('"', '"')), Choice("c", ("C", "C"))))
TABLE = columns(Lists(UNIT, UNIT, UNIT), range(2023, 2026))
LINES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"),
    max_size=60,
)
PROSE = st.lists(LINES, max_size=4).map("\n".join)
AMOUNTS = st.decimals(0, Decimal("999999999999999999.99"), places=2)
MEASURES = st.decimals(-(10**15), 10**15, places=4)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=PROSE, amount=AMOUNTS, measure=MEASURES, chosen=st.lists(st.sampled_from("abc")))
def test_any_row_that_can_be_stored_comes_back_from_a_file_as_it_was(
    tmp_path, words, amount, measure, chosen
):
    by_key = {column.key: column.kind for column in TABLE}
    values = dict.fromkeys(by_key) | {
        "code": "GOV-01",
        "name": by_key["name"].read(words.replace("\n", " ")) or "Program",
        "description": by_key["description"].read(words),
        "dimension": "a",
        "lead_unit": "b",
        "supporting": tuple(chosen),
        "horizon": Horizon.LONG,
        "new": False,
        "quick_win": True,
        "sdgs": (1, 17),
        "sdg_targets": ("17.10", "1.a"),
        "permendagri": "2.10",
        "baseline": measure,
        "target:2024": measure,
        "budget:2023:apbd": amount,
        **dict.fromkeys(("activity", "partners"), by_key["description"].read(words)),
        **dict.fromkeys(("sub_dimension", "place", "indicator", "indicator_unit"), ""),
    }
    standing = Standing(uuid4(), 3, values)
    sheet = Sheet(Origin(PROGRAMMES, 7, uuid4()), ("T", "T"), ("P", "P"), TABLE, (standing,))
    path = tmp_path / "any.xlsx"
    write(sheet, path, "id", "prg")
    (row,) = Matching(book_of(content(path)), sheet, Ids("prg", 7)).rows()
    assert (row.standing, row.changed, row.faults) == (standing, [], [])
    assert row.values == values
