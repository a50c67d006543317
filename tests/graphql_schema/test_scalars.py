"""Values that a scalar refuses are mistakes of the document, never defects."""

from __future__ import annotations

import pytest
from graphql import GraphQLError

EDGES = ("9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00")


@pytest.mark.parametrize("moment", EDGES)
def test_a_moment_beyond_the_calendar_is_refused_with_its_reason(ask, moment):
    literal = f'{{ publications(filter: {{publishedAt: {{gt: "{moment}"}}}}) {{ totalCount }} }}'
    variable = """query($at: DateTime!) { publications(filter: {publishedAt: {gt: $at}}) {
      totalCount } }"""
    for result in (ask(literal), ask(variable, at=moment)):
        (error,) = result.errors
        assert "within the years 1 to 9999" in error.message
        assert isinstance(error.original_error or error, GraphQLError)
