"""Books come from the edition's templates when the plan begins."""

from __future__ import annotations

from kotacerdas.identity.policy import Role
from tenants.masterplan.books import beginning
from tenants.masterplan.books.models import SectionState
from tests.tenants.masterplan.planning import codes


def test_a_new_plan_has_the_books_of_its_edition(shelf):
    assert [(book.number, book.name, book.name_en) for book in shelf.books()] == [
        (1, "Analisis", "Analisis (en)"),
        (2, "Masterplan", "Masterplan (en)"),
    ]
    chapter = shelf.chapter()
    assert (chapter.ordinal, chapter.guidance) == (1, "Jelaskan latar belakang.")
    assert (chapter.sources, chapter.sources_en) == (["RPJMD"], ["RPJMD (en)"])
    assert chapter.minimum_words == 20
    assert shelf.chapter("readiness").guidance == ""
    section = shelf.section("strategy")
    assert (section.title, section.state, section.words) == ("Strategi", SectionState.EMPTY, 0)
    assert section.body == {"blocks": []}


def test_a_plan_that_has_books_gets_no_others(shelf):
    errors = shelf.refused(beginning.begin_books, shelf.plan_id, expected_version=1)
    assert codes(errors) == ["BOOKS_BEGUN"]


def test_a_plan_of_an_edition_without_templates_has_no_books_until_it_has(planning, guide):
    plan_id = planning.plan().id
    plan = planning.run(beginning.begin_books, plan_id, expected_version=1)
    assert plan.version == 1


def test_only_those_who_write_the_plan_make_books(shelf):
    scope = shelf.city.scope(Role.UNIT_HEAD, shelf.unit_id)
    errors = shelf.refused(beginning.begin_books, shelf.plan_id, expected_version=1, scope=scope)
    assert codes(errors) == ["FORBIDDEN"]
