"""What a maintainer does about a change, before it is released."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum

from graphql import BreakingChangeType as Breaking
from graphql import DangerousChangeType as Dangerous
from graphql import GraphQLSchema, resolve_schema_coordinate

REMOVED = {
    Breaking.TYPE_REMOVED_FROM_UNION,
    Breaking.VALUE_REMOVED_FROM_ENUM,
    Breaking.IMPLEMENTED_INTERFACE_REMOVED,
    Breaking.FIELD_REMOVED,
    Breaking.ARG_REMOVED,
    Breaking.DIRECTIVE_REMOVED,
    Breaking.DIRECTIVE_ARG_REMOVED,
    Breaking.DIRECTIVE_REPEATABLE_REMOVED,
    Breaking.DIRECTIVE_LOCATION_REMOVED,
}
CHANGED = {Breaking.TYPE_CHANGED_KIND, Breaking.FIELD_CHANGED_KIND, Breaking.ARG_CHANGED_KIND}
REQUIRED = {
    Breaking.REQUIRED_INPUT_FIELD_ADDED,
    Breaking.REQUIRED_ARG_ADDED,
    Breaking.REQUIRED_DIRECTIVE_ARG_ADDED,
}
NEWCOMER = "Clients that list all of them meet one more: say it in the CHANGELOG."
REGENERATED = "Typed clients may have to be generated anew: say it in the CHANGELOG."
DEFAULT = "Who leaves it out gets something else: say it in the CHANGELOG."
TEXTS: dict[Enum, str] = {
    Dangerous.VALUE_ADDED_TO_ENUM: NEWCOMER,
    Dangerous.TYPE_ADDED_TO_UNION: NEWCOMER,
    Dangerous.IMPLEMENTED_INTERFACE_ADDED: NEWCOMER,
    Dangerous.OPTIONAL_INPUT_FIELD_ADDED: REGENERATED,
    Dangerous.OPTIONAL_ARG_ADDED: REGENERATED,
    Dangerous.ARG_DEFAULT_VALUE_CHANGE: DEFAULT,
    Dangerous.INPUT_FIELD_DEFAULT_VALUE_CHANGE: DEFAULT,
}
REMOVAL = re.compile(r"Removal not before (\d{4}-\d{2}-\d{2})\.")


def advice(kind: Enum, coordinate: str, before: GraphQLSchema, today: date | None = None) -> str:
    """Return what to do about a change of this kind; empty for one that harms nobody."""
    if kind is Breaking.TYPE_REMOVED:
        return "A type goes with the last field that yields it: label both removals."
    if kind in REMOVED:
        return _removal(coordinate, before, today or date.today())
    if kind in CHANGED:
        return "Add it anew under another name and deprecate this one; else label the change."
    if kind in REQUIRED:
        return "Give it a default or let it be left out; else label the change."
    return TEXTS.get(kind, "")


def _removal(coordinate: str, before: GraphQLSchema, today: date) -> str:
    """Removing needs a deprecation whose day has come."""
    announced = REMOVAL.search(_deprecation(coordinate, before) or "")
    if announced is None:
        return (
            "It was never deprecated: keep it, deprecated for six months; else label the removal."
        )
    day = date.fromisoformat(announced.group(1))
    if today < day:
        return f"Its removal was announced for {day}: keep it until then; else label the removal."
    return f"Its removal was announced for {day}, which has come: label the removal."


def _deprecation(coordinate: str, schema: GraphQLSchema) -> str | None:
    found = resolve_schema_coordinate(schema, coordinate)
    for part in ("field_argument", "directive_argument", "input_field", "enum_value", "field"):
        reason = getattr(getattr(found, part, None), "deprecation_reason", None)
        if reason:
            return str(reason)
    return None
