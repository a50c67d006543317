"""The innovation list of a unit, filled in offline."""

from __future__ import annotations

from sqlalchemy import select

from kotacerdas.identity.policy import Role
from tenants.submissions import drafting
from tenants.submissions.models import Innovation, InnovationKind, Maturity
from tenants.submissions.workflow import InnovationState
from tests.tenants.workbooks.desk import INNOVATIONS, counts, faults, rows_of

IDEA = {
    "name": "Parkir Pintar",
    "dimension": "Smart Mobility",
    "kind": "digital",
    "maturity": "uji coba",
    "problem": "Parkir liar\ndi pasar.",
    "budget_rupiah": "750 juta",
}


def test_a_unit_brings_in_its_innovations_as_drafts(planning, desk):
    scope = planning.city.scope(Role.UNIT_OPERATOR, planning.unit_id)
    paper = desk.open(INNOVATIONS, unit_id=planning.unit_id).add(**IDEA)
    desk.keep(paper, scope)
    mine = select(Innovation).filter_by(tenant_id=planning.city.id, name="Parkir Pintar")
    row = planning.run(lambda s: s.scalar(mine))
    assert (row.state, row.unit_id) == (InnovationState.DRAFT, planning.unit_id)
    assert (row.budget_rupiah, row.problem) == (750_000_000, "Parkir liar\ndi pasar.")
    assert (row.kind, row.maturity) == (InnovationKind.DIGITAL, Maturity.TRIAL)
    paper = desk.open(INNOVATIONS, unit_id=planning.unit_id)
    done = desk.keep(paper.set("Parkir Pintar", maturity="diterapkan", state="draf"), scope)
    assert counts(done) == {"change": 1}


def test_a_unit_brings_in_nothing_for_another(planning, desk):
    other = planning.city.unit("Dinas Lain", "DINLAIN")
    scope = planning.city.scope(Role.UNIT_OPERATOR, planning.unit_id)
    paper = desk.open(INNOVATIONS).add(**IDEA, unit="DINLAIN")
    seen = desk.look(paper, scope)
    assert [code for _, code in faults(seen)] == ["FORBIDDEN_UNIT"]
    assert other


def test_what_is_under_review_is_not_changed_by_a_workbook(planning, desk):
    planning.innovation(state=InnovationState.IN_REVIEW)
    paper = desk.open(INNOVATIONS).set("Layanan Satu Pintu Daring", benefit="Cepat")
    assert [code for _, code in faults(desk.look(paper))] == ["INNOVATION_WRONG_STATE"]


def test_a_row_that_was_deleted_from_the_sheet_stays_stored(planning, desk):
    for name in ("Satu", "Dua"):
        planning.run(
            drafting.create,
            participation_id=planning.participation_id,
            unit_id=planning.unit_id,
            dimension_id=planning.pillars["people"],
            name=name,
            kind=InnovationKind.DIGITAL,
            maturity=Maturity.IDEA,
        )
    paper = desk.open(INNOVATIONS)
    del paper.rows[paper.find("Satu")]
    desk.keep(paper.set("Dua", risks="Tidak ada"))
    assert rows_of(planning, Innovation) == 2
