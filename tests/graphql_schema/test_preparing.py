"""A document is walked once for what it costs, and again only where its sizes differ."""

from __future__ import annotations

import pytest

from graphql_schema.limits import admission
from graphql_schema.limits.allowance import ANONYMOUS, TOKEN, USER
from graphql_schema.limits.refusals import CostExceeded, ListExceeded
from graphql_schema.preparing import MOST_COSTS, Preparation
from graphql_schema.schema import core
from graphql_schema.transport.request_form import Asked

PAGES = "query Q($n: Int, $slug: Slug!) { city(by: {slug: $slug}) { ...F } } fragment F on City {"
PAGES += " innovations(first: $n) { nodes { id } } }"


@pytest.fixture
def walks(monkeypatch):
    """Return the walks that were made."""
    made = []

    class Counted(admission.Walk):
        def __init__(self, *given):
            made.append(given)
            super().__init__(*given)

    monkeypatch.setattr(admission, "Walk", Counted)
    return made


def asked(document: str = PAGES, **variables) -> Asked:
    return Asked(document, None, {"slug": "kota-uji", **variables})


def test_a_document_is_walked_again_only_for_another_size_or_sender(walks):
    preparation = Preparation(core)
    requests = [
        ({"n": 5}, USER),
        ({"n": 5, "slug": "x"}, USER),
        ({"n": 6}, USER),
        ({"n": 5}, TOKEN),
    ]
    costs = [preparation.operation(asked(**given), by).cost for given, by in requests]
    assert costs == [7, 7, 8, 7]
    assert len(walks) == 3


def test_what_was_cheap_is_still_refused_where_it_is_not(walks):
    preparation = Preparation(core)
    many = "query Q($n: Int) { cities(first: 100) { nodes { units(first: $n) { nodes { id } } } } }"
    assert preparation.operation(Asked(many, None, {"n": 1}), USER).cost == 301
    for sender, size in ((USER, 60), (ANONYMOUS, 9)):
        with pytest.raises(CostExceeded):
            preparation.operation(Asked(many, None, {"n": size}), sender)
    with pytest.raises(ListExceeded):
        preparation.operation(Asked(many, None, {"n": 1, "x": [0] * 501}), USER)


def test_of_one_document_only_so_many_costs_are_kept(walks):
    preparation = Preparation(core)
    for size in range(1, 3 * MOST_COSTS):
        document = preparation.operation(asked(n=size), USER).document
        assert len(document.costs) <= MOST_COSTS
