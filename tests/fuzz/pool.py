"""What earlier answers taught: ids, and cursors with the list, order and filter they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random
from typing import Any

ID = re.compile(r"([a-z]{3})_(?:[0-9a-f]{32}[0-9a-f]*|c[0-9a-f]+)")
CURSORS = frozenset({"cursor", "startCursor", "endCursor"})
MOST = 60
"""Kept of each kind; newer ones take the place of older ones."""

Value = Any
"""A value of an argument: JSON, in which `Name` stands for an enum's."""


class Name(str):
    """An enum's value: bare in a document, text in variables."""

    __slots__ = ()


@dataclass(frozen=True)
class Call:
    """A field as a document asks for it; what a response key of the document stands for."""

    field: str
    target: str
    arguments: dict[str, Value]
    list: str = ""
    """Of a connection: the input by which its list is filtered, which each list has of its own."""


@dataclass
class Pool:
    """Ids by prefix, and by list the calls of connections with one of their cursors."""

    ids: dict[str, list[str]] = field(default_factory=dict)
    cursors: dict[str, list[tuple[Call, str]]] = field(default_factory=dict)
    slugs: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def learn_id(self, text: str) -> None:
        """Keep an opaque id."""
        _keep(self.ids.setdefault(text[:3], []), text)

    def learn(self, answer: Any, calls: dict[str, Call], page: Call | None = None) -> None:
        """Keep what an answer's data hold; `calls` tells what its keys stand for."""
        if isinstance(answer, list):
            for each in answer:
                self.learn(each, calls, page)
        elif isinstance(answer, dict):
            for key, value in answer.items():
                self._learn_field(value, calls, calls.get(key), page)

    def _learn_field(
        self, value: Any, calls: dict[str, Call], call: Call | None, page: Call | None
    ) -> None:
        if call is None:
            return
        if isinstance(value, dict | list):
            connection = call.target.endswith("Connection")
            self.learn(value, calls, call if connection else page)
        elif isinstance(value, str) and page is not None and call.field in CURSORS:
            _keep(self.cursors.setdefault(page.list, []), (page, value))
        elif isinstance(value, str) and call.field == "id" and ID.fullmatch(value):
            self.learn_id(value)

    def id(self, random: Random, prefix: str | None = None) -> str:
        """An id of the prefix, seldom one that names nothing."""
        known = self.ids.get(prefix or random.choice(sorted(self.ids)), [])
        if known and random.random() < 0.93:
            return random.choice(known)
        return random.choice(_wrong_ids(known))

    def cursor(self, random: Random, list_: str) -> tuple[Call, str] | None:
        """A cursor of a list together with the call that gave it."""
        known = self.cursors.get(list_)
        return random.choice(known) if known else None

    def stray_cursor(self, random: Random) -> str:
        """A cursor that does not fit: of another list, changed, or none at all."""
        others = [each for known in self.cursors.values() for _, each in known]
        some = random.choice(others) if others else "AAAA"
        return random.choice((some, some[:-2], some[:5] + "x" + some[6:], "", "*", "é", "null"))


def _wrong_ids(known: list[str]) -> tuple[str, ...]:
    some = known[0] if known else "inn_c1"
    return (
        "",
        "inn",
        some[:-1],
        some.upper(),
        some + "0",
        "xyz_c1",
        f"unt{some[3:]}",
        "cty_cffffffff",
    )


def _keep(known: list[Any], new: Any) -> None:
    if new not in known:
        known.append(new)
        if len(known) > MOST:
            known.pop(0)
