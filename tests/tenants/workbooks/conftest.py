"""A city that plans, and its workbooks in a test's own folder."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tenants.cities.workflow import Stage
from tests.tenants.masterplan.cohorts import Cohorts, make_cohort
from tests.tenants.masterplan.planning import Planning
from tests.tenants.workbooks.desk import Desk


@pytest.fixture(scope="session")
def cohorts(database) -> Cohorts:
    return make_cohort(database)


@pytest.fixture
def make_planning(database, make_city, cohorts) -> Callable[..., Planning]:
    def make(stage: Stage = Stage.MENTORED) -> Planning:
        return Planning(database, make_city(), cohorts, stage)

    return make


@pytest.fixture
def planning(make_planning) -> Planning:
    return make_planning()


@pytest.fixture
def desk(planning, tmp_path) -> Desk:
    return Desk(planning, tmp_path)
