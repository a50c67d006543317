"""Editions are drafted, copied, changed and activated, and stay once a cohort follows them."""

from __future__ import annotations

from datetime import date
from itertools import count
from uuid import uuid4

import pytest
from sqlalchemy import select

from kotacerdas.scope import NATION, Door, Scope
from tenants.editions import cohorts, editing
from tenants.editions.models import Cohort, EditionState, GuideEdition
from tenants.editions.queries import document_of
from tenants.editions.rules import rules_of
from tests.tenants.refusals import refused, run

YEARS = count(2024)


@pytest.fixture
def nation(ministry):
    return ministry(NATION)


def _copied(session):
    source = select(GuideEdition.id).where(GuideEdition.code == "panduan-enam-dimensi")
    return editing.copy(session, session.scalars(source).one(), code=f"salinan-{uuid4().hex[:12]}")


@pytest.fixture
def draft(database, nation):
    return run(database, nation, _copied)


def test_a_copy_is_a_draft_with_the_same_content_and_another_code(database, nation, draft):
    with database.unit_of_work(nation) as session:
        row = session.get_one(GuideEdition, draft.id)
        source = session.scalars(
            select(GuideEdition).where(GuideEdition.code == "panduan-enam-dimensi")
        ).one()
        assert document_of(session, row) == document_of(session, source) | {"code": row.code}
    assert draft.state is EditionState.DRAFT


def test_a_code_is_used_once(database, nation, draft):
    refused(
        database, nation, lambda s: editing.copy(s, draft.id, code=draft.code), "EDITION_CODE_TAKEN"
    )


def test_a_city_writes_no_edition(database, city, draft):
    refused(database, city.scope(), lambda s: editing.copy(s, draft.id, code="lain"), "FORBIDDEN")


def test_a_changed_part_replaces_the_former_and_the_rest_stays(database, nation, draft):
    changes = {"quick_win": {"minimum": 3, "maximum": 6}}
    row = run(
        database,
        nation,
        lambda s: editing.update(s, draft.id, changes, expected_version=draft.version),
    )
    rules = rules_of(row)
    assert (rules.quick_win.minimum, rules.quick_win.maximum) == (3, 6)
    assert [len(book.chapters) for book in rules.books] == [5, 6, 4]
    refused(
        database,
        nation,
        lambda s: editing.update(s, draft.id, changes, expected_version=draft.version),
        "STALE_VERSION",
    )


def test_activation_names_everything_that_is_amiss_by_its_place(database, nation, draft):
    name = {"id": "Nama", "en": "Name"}
    part = {"code": "output", "name": name, "weight": 60}
    changes = {
        "quick_win": {"minimum": 6, "maximum": 3},
        "evaluation": {"parts": [part, part]},
        "bimtek": [{"ordinal": 2, "outputs": [{"code": "visi", "name": name}]}],
        "readiness": [],
        "dimensions": [
            {"code": "satu", "name": name, "description": name, "aliases": ["tidak-ada"]}
        ],
    }
    row = run(
        database,
        nation,
        lambda s: editing.update(s, draft.id, changes, expected_version=draft.version),
    )
    faults = refused(
        database,
        nation,
        lambda s: editing.activate(s, row.id, expected_version=row.version),
        *["EDITION_RULE_INVALID"] * 7,
    )
    assert [".".join(fault.path[1:]) for fault in faults] == [
        "readiness",
        "evaluation.parts.0.code",
        "evaluation.parts.1.code",
        "bimtek",
        "quick_win.maximum",
        "evaluation.parts",
        "dimensions.0.aliases",
    ]


def _begun(session, edition):
    taken = set(session.scalars(select(Cohort.year)))
    year = next(each for each in YEARS if each not in taken)
    return cohorts.create(session, year=year, edition_id=edition.id, quota=10)


def test_a_cohort_follows_no_draft(database, nation, draft):
    refused(database, nation, lambda s: _begun(s, draft), "EDITION_NOT_ACTIVE")


def test_an_edition_stays_once_a_cohort_follows_it(database, nation, draft):
    row = run(
        database, nation, lambda s: editing.activate(s, draft.id, expected_version=draft.version)
    )
    cohort = run(database, nation, lambda s: _begun(s, row))
    (fault,) = refused(
        database,
        nation,
        lambda s: editing.update(s, row.id, {"books": []}, expected_version=row.version),
        "EDITION_IN_USE",
    )
    assert str(cohort.year) in fault.text("id")


def test_cohorts_of_two_editions_live_side_by_side(database):
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        rows = session.execute(
            select(Cohort.year, GuideEdition.code)
            .join(GuideEdition, GuideEdition.id == Cohort.edition_id)
            .where(Cohort.year.in_([2017, 2022]))
        )
        assert dict(rows.all()) == {2017: "panduan-enam-dimensi", 2022: "pilar-2022"}


def test_a_cohort_is_changed_in_theme_quota_and_date(database, nation, draft):
    row = run(
        database, nation, lambda s: editing.activate(s, draft.id, expected_version=draft.version)
    )
    cohort = run(database, nation, lambda s: _begun(s, row))
    changes = {"theme": " Kota untuk semua ", "quota": 12, "target_date": date(2022, 10, 31)}
    done = run(
        database,
        nation,
        lambda s: cohorts.update(s, cohort.id, expected_version=cohort.version, changes=changes),
    )
    assert (done.theme, done.quota, done.target_date) == (
        "Kota untuk semua",
        12,
        date(2022, 10, 31),
    )
    refused(
        database,
        nation,
        lambda s: cohorts.update(
            s,
            cohort.id,
            expected_version=done.version,
            changes={"quota": 0, "theme": "x" * 201},
        ),
        "INVALID",
        "INVALID",
    )


def test_a_year_has_one_cohort(database, nation, draft):
    row = run(
        database, nation, lambda s: editing.activate(s, draft.id, expected_version=draft.version)
    )
    rule = lambda s: cohorts.create(s, year=2022, edition_id=row.id, quota=1)  # noqa: E731
    refused(database, nation, rule, "COHORT_EXISTS")
    rule = lambda s: cohorts.create(s, year=1999, edition_id=row.id, quota=1)  # noqa: E731
    refused(database, nation, rule, "INVALID")
