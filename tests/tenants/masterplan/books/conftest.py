"""A city whose plan has books."""

from __future__ import annotations

import pytest

from tests.tenants.masterplan.books.shelf import Shelf, make_guide


@pytest.fixture(scope="session")
def guide(database):
    """A cohort whose edition has templates of two books."""
    return make_guide(database)


@pytest.fixture
def make_shelf(database, make_city, guide):
    """Return a function that makes a city with a plan and its books."""
    return lambda: Shelf(database, make_city(), guide)


@pytest.fixture
def shelf(make_shelf) -> Shelf:
    """One city with a plan and its books."""
    return make_shelf()
