"""Queries that GraphiQL offers to those who hold a role: one file each, in the order of names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graphql_schema.ids import Key
from kotacerdas.identity.authentication import Actor
from kotacerdas.identity.policy import Grant, Role

EVERYBODY, SIGNED_IN = "everybody", "signed_in"
AUDIENCES = {EVERYBODY, SIGNED_IN, *(role.value for role in Role)}


@dataclass(frozen=True)
class ReadyQuery:
    """A document with titles in both languages, for whom it is, and values for its variables.

    Among the values, `$city` and `$unit` stand for the ids of the reader's own.
    """

    titles: dict[str, str]
    roles: tuple[str, ...]
    variables: dict[str, Any]
    text: str

    def offered(self, actor: Actor, language: str) -> dict[str, str] | None:
        """Return title, query and variables for a reader, or None where it is not for them."""
        grant = next((each for each in actor.grants if each.role.value in self.roles), None)
        if grant is None and not {EVERYBODY, actor.person_id and SIGNED_IN} & {*self.roles}:
            return None
        own = _own(grant)
        values = {name: own.get(value, value) for name, value in self.variables.items()}
        variables = json.dumps(values, indent=2) if values else ""
        return {"title": self.titles[language], "query": self.text, "variables": variables}


def offered(actor: Actor, language: str) -> list[dict[str, str]]:
    """Return what GraphiQL offers to a reader, in their language."""
    every = (each.offered(actor, language) for each in ready_queries())
    return [query for query in every if query is not None]


@cache
def ready_queries() -> tuple[ReadyQuery, ...]:
    """Read the files of this folder."""
    paths = sorted(Path(__file__).parent.glob("*.graphql"))
    return tuple(_read(path.read_text(encoding="utf-8")) for path in paths)


def _read(content: str) -> ReadyQuery:
    facts = dict(_facts(content))
    text = "".join(line for line in content.splitlines(keepends=True) if not _fact(line))
    titles = {"id": facts["id"], "en": facts["en"]}
    variables = json.loads(facts.get("variables", "{}"))
    return ReadyQuery(titles, tuple(facts["roles"].split()), variables, text)


def _facts(content: str) -> Iterator[tuple[str, str]]:
    for line in content.splitlines():
        if fact := _fact(line):
            yield fact


def _fact(line: str) -> tuple[str, str] | None:
    """Return what a comment at the head of a file tells, or None for any other line."""
    name, colon, value = line.removeprefix("# ").partition(": ")
    known = line.startswith("# ") and name in ("id", "en", "roles", "variables")
    return (name, value.strip()) if known and colon else None


def _own(grant: Grant | None) -> dict[Any, str]:
    if grant is None or not grant.tenant_id:
        return {}
    unit = {"$unit": str(Key("unt", grant.tenant_id, grant.unit_id))} if grant.unit_id else {}
    return {"$city": str(Key("cty", grant.tenant_id, None)), **unit}
