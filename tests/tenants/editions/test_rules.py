"""The rules of a guide edition: what the shipped ones hold, and which faults are named."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.values import refusals
from tenants.editions.models import Cohort, Dimension, GuideEdition, SubDimension
from tenants.editions.queries import dimensions_of, equivalent, sub_dimensions_of
from tenants.editions.rules import Rules, parsed, rules_of, stored
from tests.tenants.refusals import run

NATIONAL = Scope(Door.MINISTRY, NATION)
WORDS = {"id": "Nama", "en": "Name"}


def _edition(session, code):
    return session.scalars(select(GuideEdition).where(GuideEdition.code == code)).one()


def _pillars(session, code):
    return {row.code: row for row in dimensions_of(session, _edition(session, code).id)}


@pytest.mark.parametrize("code", ["pilar-2022", "panduan-enam-dimensi"])
def test_every_chapter_of_a_shipped_edition_says_what_to_write_and_from_what(database, code):
    rules = run(database, NATIONAL, lambda s: rules_of(_edition(s, code)))
    chapters = [chapter for book in rules.books for chapter in book.chapters]
    assert [len(book.chapters) for book in rules.books] == [5, 6, 4]
    for chapter in chapters:
        assert chapter.guidance is not None
        assert len(chapter.guidance.id) > 40
        assert len(chapter.guidance.en) > 40
        assert chapter.sources
    assert rules.stage(1) is not None
    assert [output.code for output in rules.stage(4).outputs] == [
        "chapter-review",
        "quick-wins-final",
        "commitment-sheets",
    ]
    assert rules.stage(5) is None
    assert rules.book(3).name.id == "Executive Summary"
    assert [part.weight for part in rules.evaluation.parts] == [10, 20, 30, 20, 20]


def test_rules_read_back_as_they_were_stored():
    rules = parsed(
        {
            "quick_win": {"minimum": 3, "maximum": 6},
            "evaluation": {"parts": [{"code": "output", "name": WORDS, "weight": "12.5"}]},
        }
    )
    assert rules.evaluation.parts[0].weight == Decimal("12.5")
    assert parsed(stored(rules)) == rules
    assert parsed({}) == Rules()


def test_all_faults_of_the_rules_are_named_together_by_their_place():
    refused = refusals(
        lambda: parsed(
            {
                "books": [
                    {"number": 0, "name": WORDS, "chapters": [{"code": "A b", "name": WORDS}]}
                ],
                "bimtek": [
                    {"ordinal": 1, "outputs": [{"code": "x", "name": {"id": " ", "en": "X"}}]}
                ],
                "quick_wins": {},
            },
        )
    )
    assert {(error.code, error.path) for error in refused} == {
        ("EDITION_RULE_INVALID", ("rules", "books", "0", "number")),
        ("EDITION_RULE_INVALID", ("rules", "books", "0", "chapters", "0", "code")),
        ("EDITION_RULE_INVALID", ("rules", "bimtek", "0", "outputs", "0", "name", "id")),
        ("EDITION_RULE_INVALID", ("rules", "quick_wins")),
    }
    (unknown,) = [error for error in refused if error.path == ("rules", "quick_wins")]
    assert unknown.text("id") == (
        "Isian quick_wins: isian ini tidak dikenal. Perbaiki bagian itu, lalu simpan lagi."
    )


@pytest.mark.parametrize(
    ("pillar", "counterpart"),
    [
        ("government", "governance"),
        ("people", "society"),
        ("mobility", "living/mobility"),
        ("living", "living"),
        ("economy", "economy"),
        ("environment", "environment"),
    ],
)
def test_a_pillar_of_2022_has_its_counterpart_in_the_guide(database, pillar, counterpart):
    with database.unit_of_work(NATIONAL) as session:
        guide = _edition(session, "panduan-enam-dimensi")
        place = equivalent(session, _pillars(session, "pilar-2022")[pillar], guide)
    assert place is not None
    assert place.code == counterpart


def test_branding_has_no_counterpart_in_2022(database):
    with database.unit_of_work(NATIONAL) as session:
        pillars = _edition(session, "pilar-2022")
        branding = _pillars(session, "panduan-enam-dimensi")["branding"]
        assert equivalent(session, branding, pillars) is None


def test_a_pillar_is_its_own_counterpart_in_its_edition(database):
    with database.unit_of_work(NATIONAL) as session:
        pillar = _pillars(session, "pilar-2022")["living"]
        place = equivalent(session, pillar, _edition(session, "pilar-2022"))
    assert (place.dimension.id, place.sub_dimension) == (pillar.id, None)


def test_the_guide_divides_each_pillar_into_three_parts(database):
    with database.unit_of_work(NATIONAL) as session:
        guide = _edition(session, "panduan-enam-dimensi")
        codes = [row.code for row in sub_dimensions_of(session, guide.id).values()]
    assert len(codes) == 18
    assert codes[:3] == ["public-service", "bureaucracy", "policy"]


def _used(session):
    return session.scalars(select(Cohort.edition_id).where(Cohort.year == 2022)).one()


@pytest.mark.parametrize(
    "change",
    [
        lambda used: update(GuideEdition).where(GuideEdition.id == used).values(rules={}),
        lambda used: update(Dimension).where(Dimension.edition_id == used).values(name="X"),
        lambda used: delete(Dimension).where(Dimension.edition_id == used),
    ],
    ids=["rules", "pillars", "removal"],
)
def test_the_database_refuses_to_change_an_edition_that_a_cohort_follows(database, change):
    with database.unit_of_work(NATIONAL) as session:
        used = _used(session)
    with (
        pytest.raises(DBAPIError, match=r"followed by .*cohort 2022.* and cannot change"),
        database.unit_of_work(NATIONAL) as session,
    ):
        session.execute(change(used))


def test_the_database_refuses_a_new_part_in_a_used_edition(database):
    with database.unit_of_work(NATIONAL) as session:
        pillar = _pillars(session, "pilar-2022")["living"].id
    row = SubDimension(dimension_id=pillar, code="baru", ordinal=1, name="Baru", name_en="New")
    with (
        pytest.raises(DBAPIError, match=r"is followed by .*cohort 2022"),
        database.unit_of_work(NATIONAL) as session,
    ):
        session.add(row)
