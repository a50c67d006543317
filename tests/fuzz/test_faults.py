"""A fault in the compiler is found by random documents: the comparison is no empty one."""

from __future__ import annotations

import pytest

from tests.fuzz.faults import FAULTS, tenant_of_nobody

DOCUMENTS = 300


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_a_fault_planted_in_the_compiler_is_found(asked, monkeypatch, plant):
    plant(monkeypatch)
    tally = asked(1, DOCUMENTS, until_wrong=1, shrinks=False)
    assert {each.answers.fault for each in tally.differences} == {"different"}


def test_a_missing_tenant_predicate_is_found(asked, monkeypatch, tenant_predicate):
    """Row-level security would give the same answers."""
    tenant_of_nobody(monkeypatch)
    (first, *_) = asked(1, 60, judged=True, until_wrong=1, shrinks=False).differences
    assert first.answers.fault == "defect"
    assert "not bound to a parameter" in tenant_predicate[0]
    tenant_predicate.clear()
