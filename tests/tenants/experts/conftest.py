"""A city with a desk of submissions, the ministry, and experts."""

from __future__ import annotations

import pytest

from kotacerdas.identity.policy import Role
from tests.tenants.submissions.conftest import desk, make_desk, reference

__all__ = ["desk", "make_desk", "reference", "taken_on"]


@pytest.fixture
def city(desk):
    """The desk's city."""
    return desk.city


def taken_on(make_city, name="Ir. Ahli Uji"):
    """Return an expert of some other city, so that the ministry may assign them anywhere."""
    return make_city().person(Role.EXPERT, name=name)
