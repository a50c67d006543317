"""What every request pays for log, headers, guard and limits of connections stays small."""

from __future__ import annotations

import io
import sys

import pytest

from tests.kotacerdas.web.costs import GOALS, costs


@pytest.mark.timed
def test_the_http_face_costs_no_more_than_its_goals(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    found = costs()
    assert {name for name, value in found.items() if value > GOALS[name]} == set()
