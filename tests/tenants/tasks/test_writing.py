"""Sections of books as tasks of whoever owns them."""

from __future__ import annotations

import pytest

from kotacerdas.identity.policy import Role
from tenants.masterplan.books.assigning import assign_section
from tenants.masterplan.books.models import SectionState
from tenants.masterplan.books.owners import Owner
from tenants.tasks.listing import tasks_of
from tenants.tasks.rows import TaskKind
from tests.tenants.masterplan.books.shelf import Shelf, make_guide

K = TaskKind


@pytest.fixture(scope="module")
def guide(database):
    """A cohort whose edition has templates of two books."""
    return make_guide(database)


@pytest.fixture
def shelf(database, city, guide) -> Shelf:
    """A city with a plan and its books."""
    return Shelf(database, city, guide)


def written(shelf: Shelf, **options):
    found = shelf.run(lambda s: tasks_of(s, **options))
    kinds = {K.WRITE_SECTION, K.APPROVE_SECTION}
    return {
        (task.kind, task.title, task.owner, task.unit_id) for task in found if task.kind in kinds
    }


def test_a_section_waits_for_its_unit_else_its_chapters_owner_else_the_planners(shelf):
    titles = {task[1] for task in written(shelf)}
    assert {task[2:] for task in written(shelf)} == {(Role.BAPPEDA, None)}
    unit = shelf.city.unit()
    section = shelf.section()
    assert section.title in titles
    shelf.run(
        lambda s: assign_section(
            s, section.id, owner=Owner(None, unit), expected_version=section.version
        )
    )
    mine = {task for task in written(shelf) if task[1] == section.title}
    assert mine == {(K.WRITE_SECTION, section.title, Role.UNIT_HEAD, unit)}


def test_a_section_handed_in_waits_for_the_planners_and_an_approved_one_for_nobody(shelf, database):
    section = shelf.section()
    for state, waits in (
        (SectionState.READY, {(K.APPROVE_SECTION, section.title, Role.BAPPEDA, None)}),
        (SectionState.APPROVED, set()),
    ):
        with database.unit_of_work(shelf.city.scope()) as session:
            session.merge(section).state = state
        section = shelf.section()
        assert {task for task in written(shelf) if task[1] == section.title} == waits
