"""Reference data: the shipped editions and the cohorts that follow them."""

from __future__ import annotations

import pytest

from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.reference import load_reference
from tests.tenants.refusals import run


@pytest.fixture(scope="session", autouse=True)
def reference(database) -> None:
    """The shipped regions, editions and cohorts."""
    run(database, Scope(Door.MINISTRY, NATION), load_reference)
