"""Which media type an Accept header asks for."""

from __future__ import annotations

import pytest

from graphql_schema.transport.media_types import MediaType, accepted

JSON, RESPONSE = MediaType.JSON, MediaType.RESPONSE


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json", JSON),
        ("Application/GraphQL-Response+JSON; charset=utf-8", RESPONSE),
        ("application/graphql-response+json, application/json", RESPONSE),
        ("application/json, application/graphql-response+json", JSON),
        ("application/json;q=0.9, application/graphql-response+json", RESPONSE),
        ("application/graphql-response+json;q=0.5, */*", JSON),
        ("application/graphql-response+json, */*", RESPONSE),
        ("text/html, application/graphql-response+json;q=0.1", RESPONSE),
        ("application/json;q=0, */*", RESPONSE),
        ("application/*;q=0, */*", None),
        ("application/json;q=zero", None),
        ("application/json;q=nan", None),
        ("text/html", None),
        ("application/jsonx", None),
        (",;,", None),
    ],
)
def test_the_preferred_media_type_of_ours_is_chosen(header: str, chosen: MediaType | None):
    assert accepted(header) is chosen
