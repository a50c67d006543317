"""Two who change the same table: what both wrote is shown, and nobody's words are lost."""

from __future__ import annotations

from tenants.masterplan import programmes
from tenants.masterplan.models import Programme
from tenants.workbooks import importing
from tests.tenants.masterplan.planning import draft
from tests.tenants.workbooks.desk import counts, refused


def test_what_was_not_agreed_to_is_not_saved(planning, desk):
    programme = planning.programme(planning.plan().id, name="Lama")
    book = desk.back(desk.open().set("Lama", place="Guguk"))
    seen = planning.run(importing.preview, book)
    planning.run(programmes.update_programme, programme.id, expected_version=1, place="Mandiangin")
    assert refused(planning, importing.apply, book, seen.hash).code == "PREVIEW_STALE"


def test_a_cell_that_others_changed_too_shows_both_values(planning, desk):
    programme = planning.programme(planning.plan().id, name="Lama", place="Guguk")
    paper = desk.open().set("Lama", place="Mandiangin", partners="Unand")
    planning.run(programmes.update_programme, programme.id, expected_version=1, place="Birugo")
    book = desk.back(paper)
    seen = planning.run(importing.preview, book)
    assert counts(seen) == {"conflict": 1}
    told = {each.key: (each.before, each.after, each.conflict) for each in seen.rows[0].changes}
    assert told == {
        "place": ("Birugo", "Mandiangin", True),
        "partners": ("", "Unand", False),
    }
    assert refused(planning, importing.apply, book, seen.hash).code == "WORKBOOK_FAULTY"


def test_what_others_changed_elsewhere_in_the_row_stays(planning, desk):
    programme = planning.programme(planning.plan().id, name="Lama", place="Guguk")
    paper = desk.open().set("Lama", partners="Unand")
    planning.run(programmes.update_programme, programme.id, expected_version=1, place="Birugo")
    done = desk.keep(paper)
    assert [each.key for each in done.rows[0].changes] == ["partners"]
    stored = draft(
        planning, planning.run(lambda s: s.get_one(Programme, (planning.city.id, programme.id)))
    )
    assert (stored.place, stored.partners) == ("Birugo", "Unand")


def test_both_having_written_the_same_is_no_conflict(planning, desk):
    programme = planning.programme(planning.plan().id, name="Lama", place="Guguk")
    paper = desk.open().set("Lama", place="Birugo")
    planning.run(programmes.update_programme, programme.id, expected_version=1, place="Birugo")
    assert counts(desk.look(paper)) == {"unchanged": 1}


def test_a_workbook_without_its_record_cannot_overwrite(planning, desk):
    planning.programme(planning.plan().id, name="Lama")
    paper = desk.open().set("Lama", place="Guguk")
    del paper.sheets["_kotacerdas"][10:]
    assert counts(desk.look(paper)) == {"conflict": 1}
