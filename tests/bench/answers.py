"""Comparing what contenders answer: the same facts, however each of them writes ids and enums."""

from __future__ import annotations

import json
import re
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.bench.contenders import Running
from tests.bench.load import Client
from tests.bench.requests import Asked

OPAQUE = re.compile(r"[a-z]{3}_(?:c([0-9a-f]+)|([0-9a-f]{32})[0-9a-f]{0,8})")
ENUMS = frozenset({"state", "stage", "kind", "maturity", "horizon", "verdict"})
CURSORS = frozenset({"startCursor", "endCursor", "cursor"})
DECIMALS = frozenset({"budgetRupiah", "baseline"})
MOMENTS = frozenset({"createdAt", "closedAt"})


class DifferentAnswers(Exception):
    """Two contenders do not answer the same; figures about them would mean nothing."""


def compare(operation: str, contenders: list[Running], asked: list[list[Asked]]) -> None:
    """Ask each contender the same and compare; raises DifferentAnswers."""
    first, *others = contenders
    expected, *rest = asked
    for number, request in enumerate(expected):
        reference = _plain(_answer(first, request))
        for other, requests in zip(others, rest, strict=True):
            found = _plain(_answer(other, requests[number]))
            if found != reference:
                place = _difference(reference, found)
                raise DifferentAnswers(f"{operation}: {first.name} and {other.name}: {place}")


def _answer(contender: Running, request: Asked) -> Any:
    client = Client(contender.port)
    with client.socket:
        client.ask((request[0].encode(), request[1].encode()))
        while not client.whole:
            client.read()
    if not client.good:
        raise DifferentAnswers(f"{contender.name} answers: {client.shown}")
    return _facts(json.loads(client.body))


def _facts(answer: dict[str, Any]) -> Any:
    """The data without what only one schema has: the ministry's own level."""
    data = answer["data"]
    return data.get("national", data)


def _plain(value: Any, key: str = "") -> Any:
    match value:
        case dict():
            return {name: _plain(inner, name) for name, inner in value.items()}
        case list() if key == "latestReview":
            return _plain(value[0], key) if value else None
        case list():
            return [_plain(inner, key) for inner in value]
        case str():
            return _plain_text(value, key)
        case _:
            return value


def _plain_text(value: str, key: str) -> Any:
    if key in CURSORS:
        return "cursor"
    if key in ENUMS:
        return value.lower()
    if key in DECIMALS:
        return Decimal(value)  # "1.50" and "1.5" are the same amount
    if key in MOMENTS:
        return datetime.fromisoformat(value).timestamp()
    if key == "id" and (match := OPAQUE.fullmatch(value)):
        return int(match[1], 16) if match[1] else str(UUID(match[2]))
    return value


def _difference(one: Any, other: Any, path: str = "") -> str:
    """Where two answers differ first."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        pairs = [(one[key], other[key], f"{path}.{key}") for key in one]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = [(*each, f"{path}[{n}]") for n, each in enumerate(zip(one, other, strict=True))]
    else:
        return f"{path}: {str(one)[:300]} | {str(other)[:300]}"
    return next(_difference(a, b, place) for a, b, place in pairs if a != b)
