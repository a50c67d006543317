"""What changed between two schemas, in plain words, with what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from graphql import (
    BreakingChangeType,
    DangerousChangeType,
    GraphQLSchema,
    SafeChangeType,
    SchemaChange,
    build_schema,
    find_schema_changes,
    parse,
)

from graphql_schema.evolution.advice import advice
from graphql_schema.evolution.applied import applied

ENDS_WITH_IT = {
    BreakingChangeType.TYPE_REMOVED_FROM_UNION,
    DangerousChangeType.TYPE_ADDED_TO_UNION,
    DangerousChangeType.IMPLEMENTED_INTERFACE_ADDED,
}
"""Changes whose sentence names the type that changed last, not first."""
LOST = "Whoever lacks it reads null or is refused from now on: say in the CHANGELOG who that is."
COORDINATE = re.compile(r"@?[A-Za-z]\w*(?:\.\w+)?(?:\(\w+:\))?")
LEAD = re.compile(
    r"^(?:A required |An optional |Standard |Repeatable flag was \w+ (?:from|to) )?"
    r"(?:Field|field|Argument|argument|Enum value|Directive|scalar|[A-Z_]+ was \w+ (?:from|to))? ?"
)


class Severity(StrEnum):
    """What a change does to the documents that clients hold."""

    BREAKING = "breaking"
    DANGEROUS = "dangerous"
    SAFE = "safe"


@dataclass(frozen=True)
class Change:
    """One difference: where it is, what happened, and what to do (empty for what is safe)."""

    severity: Severity
    coordinate: str
    text: str
    to_do: str


def changes(old: str, new: str) -> list[Change]:
    """Return what changed from one SDL to another, worst first; new words of texts are none."""
    before, after = build_schema(old), build_schema(new)
    found = [*_structural(before, after), *_permissions(old, new)]
    order = list(Severity)
    return sorted(found, key=lambda each: (order.index(each.severity), each.coordinate))


def _structural(before: GraphQLSchema, after: GraphQLSchema) -> Iterator[Change]:
    for change in find_schema_changes(before, after):
        if change.type is not SafeChangeType.DESCRIPTION_CHANGED:
            coordinate = coordinate_of(change)
            yield Change(
                _severity(change),
                coordinate,
                change.description,
                advice(change.type, coordinate, before),
            )


def _permissions(old: str, new: str) -> Iterator[Change]:
    """Yield which parts of both schemas ask for other rights: graphql-core looks past it."""
    former, present = (applied(parse(sdl), "requires") for sdl in (old, new))
    for coordinate in sorted(former.keys() & present.keys()):
        then, now = former[coordinate], present[coordinate]
        if then != now:
            fewer = bool(now) and not (then and then <= now)
            yield Change(
                Severity.DANGEROUS if fewer else Severity.SAFE,
                coordinate,
                f"{coordinate} asks for {_words(now)} instead of {_words(then)}.",
                LOST if fewer else "",
            )


def _words(permissions: frozenset[str]) -> str:
    return " or ".join(sorted(permissions)) or "no permission"


def coordinate_of(change: SchemaChange) -> str:
    """Return where a change of graphql-core's is, as a schema coordinate."""
    if change.type in ENDS_WITH_IT:
        return change.description.rstrip(".").rpartition(" ")[2]
    found = COORDINATE.match(LEAD.sub("", change.description, count=1))
    if found is None:
        raise LookupError(f"no coordinate in: {change.description}")
    return found.group()


def _severity(change: SchemaChange) -> Severity:
    match change.type:
        case BreakingChangeType():
            return Severity.BREAKING
        case DangerousChangeType():
            return Severity.DANGEROUS
        case SafeChangeType():
            return Severity.SAFE
