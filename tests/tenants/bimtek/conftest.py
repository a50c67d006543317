"""Reference data, and a city that has been invited."""

from __future__ import annotations

import pytest

from tests.tenants.participating import Journey, ensure_reference, invited


@pytest.fixture(scope="session", autouse=True)
def reference(database) -> None:
    """The shipped regions, editions and cohorts."""
    ensure_reference(database)


@pytest.fixture
def journey(database, city, ministry) -> Journey:
    """A city that the ministry has invited to the cohort of 2022."""
    return invited(database, city, ministry)
