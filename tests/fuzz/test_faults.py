"""A fault in the compiler is found by random documents: the comparison is no empty one."""

from __future__ import annotations

import pytest

from tests.fuzz.faults import FAULTS

DOCUMENTS = 150


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_a_fault_planted_in_the_compiler_is_found(asked, monkeypatch, plant):
    plant(monkeypatch)
    tally = asked(1, DOCUMENTS, until_wrong=1, shrinks=False)
    assert {each.answers.fault for each in tally.differences} == {"different"}
