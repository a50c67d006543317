"""Random documents: one answer, whichever way it is made, and never a defect."""

from __future__ import annotations

from random import randrange

import pytest

from graphql_schema.cities import directory

KNOWN_SEED = 20221031


@pytest.mark.parametrize("seed", [KNOWN_SEED, randrange(10**9)], ids=["known", "new"])
def test_random_documents_have_one_answer_and_no_defect(asked, seed):
    tally = asked(seed, 150)
    assert not tally.differences, f"from seed {seed}: {tally.differences[0]}"
    assert tally.same == tally.documents == 150
    assert tally.fast > tally.requests * 0.8, tally.declined


def test_every_compiled_statement_binds_the_tenant(asked):
    tally = asked(KNOWN_SEED, 40, judged=True)
    assert not tally.differences, tally.differences[0]


def test_requests_of_many_people_at_once_do_not_mix(asked_at_once, monkeypatch):
    # A code of no city would be looked for again in between, which graphql-core's way alone does.
    monkeypatch.setattr(directory, "RELOAD_SECONDS", 3600.0)
    same, all_ = asked_at_once(KNOWN_SEED, 60)
    assert (same, all_) == (60, 60)
