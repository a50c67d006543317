"""A city with rows worth exporting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tenants.cities.workflow import Stage
from tenants.exports import actions
from tenants.exports.models import Export, ExportFormat, ExportKind
from tests.tenants.masterplan.cohorts import Cohorts, make_cohort
from tests.tenants.masterplan.planning import Planning


@pytest.fixture(scope="session")
def cohorts(database) -> Cohorts:
    return make_cohort(database)


@pytest.fixture
def planning(database, city, cohorts) -> Planning:
    return Planning(database, city, cohorts, Stage.MENTORED)


@pytest.fixture
def ask(planning, settings) -> Callable[..., Export]:
    """Return a function that asks for an export: `ask(scope=..., kind=..., **options)`."""

    def run(scope: Any = None, **options: Any) -> Export:
        given = {"kind": ExportKind.INNOVATIONS, "format": ExportFormat.JSONL, **options}
        return planning.run(actions.request, settings, scope=scope, **given)

    return run
