"""Reference data, editions of the tests' own, and cohorts that follow them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.reference import load_reference
from tenants.editions import cohorts, editing
from tenants.editions.models import Cohort, GuideEdition
from tests.tenants.refusals import run
from tests.years import next_year


@pytest.fixture(scope="session", autouse=True)
def reference(database) -> None:
    """The shipped regions, editions and cohorts."""
    run(database, Scope(Door.MINISTRY, NATION), load_reference)


@pytest.fixture
def nation(ministry) -> Scope:
    """A ministry admin at the ministry's own desk."""
    return ministry(NATION)


def _copied(session):
    source = select(GuideEdition.id).where(GuideEdition.code == "panduan-enam-dimensi")
    return editing.copy(session, session.scalars(source).one(), code=f"salinan-{uuid4().hex[:12]}")


@pytest.fixture
def draft(database, nation) -> GuideEdition:
    """A copy of a shipped edition, not followed by anybody."""
    return run(database, nation, _copied)


@pytest.fixture
def make_active(database, nation):
    """Return a function that makes an edition that cohorts may follow."""

    def make() -> GuideEdition:
        row = run(database, nation, _copied)
        rule = lambda s: editing.activate(s, row.id, expected_version=row.version)  # noqa: E731
        return run(database, nation, rule)

    return make


@pytest.fixture
def active(make_active) -> GuideEdition:
    """An edition that cohorts may follow."""
    return make_active()


def begin(edition: GuideEdition, **options: Any):
    """Return the rule that plans a cohort of a free year."""

    def rule(session):
        taken = set(session.scalars(select(Cohort.year)))
        free = next(y for y in iter(next_year, None) if y not in taken)
        given = {"year": free, "quota": 10, **options}
        options.setdefault("year", given["year"])  # called again, it asks for the same
        return cohorts.create(session, edition_id=edition.id, **given)

    return rule


@pytest.fixture
def begun(database, nation):
    """Return a function that plans a cohort of an edition."""
    return lambda edition, **options: run(database, nation, begin(edition, **options))
