"""A hostile request, and how its text is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from graphql_schema.limits.allowance import USER, Allowance


@dataclass(frozen=True)
class Hostile:
    """One request that must be refused before it is validated: by whom, and with which code."""

    name: str
    sender: Allowance
    body: bytes
    code: str


def hostile(
    name: str, code: str, query: str, sender: Allowance = USER, **variables: Any
) -> Hostile:
    """A hostile document with its variables."""
    return Hostile(name, sender, orjson.dumps({"query": query, "variables": variables}), code)


def nested(levels: int, opening: str, inside: str, closing: str = "}") -> str:
    """Text with `opening` so many times, something inside, and as many `closing`."""
    return opening * levels + inside + closing * levels


def several(number: int, each: str) -> str:
    """Text with `each` so many times: `#` stands for its number, `+` for the next one."""
    return " ".join(each.replace("#", str(i)).replace("+", str(i + 1)) for i in range(number))
