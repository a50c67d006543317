"""All hostile requests."""

from __future__ import annotations

from graphql_schema.limits.allowance import ANONYMOUS, USER
from tests.graphql_schema.limits import amounts, shapes
from tests.graphql_schema.limits.hostile import Hostile

DEEP_JSON = b'{"query": "{x}", "variables": {"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}"
LONG = b'{"query": "{x}", "variables": {"a": "' + b"a" * 64 * 1024 + b'"}}'
DIGITS = b'{"query": "{x}", "variables": {"a": ' + b"9" * 100_000 + b"}}"

CORPUS = [
    *shapes.texts(),
    *shapes.depths(),
    *shapes.circles(),
    *shapes.introspection(),
    *amounts.costs(),
    *amounts.floods(),
    *amounts.repeats(),
    *amounts.values(),
    Hostile("JSON 100,000 deep", USER, DEEP_JSON, "BAD_REQUEST"),
    Hostile("number of 100,000 digits", USER, DIGITS, "BAD_REQUEST"),
    Hostile("body over 64 KiB, anonymous", ANONYMOUS, LONG, "BODY_TOO_LARGE"),
    Hostile("body over 256 KiB", USER, LONG + b" " * 256 * 1024, "BODY_TOO_LARGE"),
    Hostile("batch of 1,000", ANONYMOUS, b"[" + b'{"query":"{x}"},' * 999 + b"0]", "BAD_REQUEST"),
]
