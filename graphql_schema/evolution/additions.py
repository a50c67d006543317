"""Fields that came after a release and do not say so."""

from __future__ import annotations

from graphql import SafeChangeType, build_schema, find_schema_changes, parse

from graphql_schema.evolution.applied import applied
from graphql_schema.evolution.changes import coordinate_of


def undated(old: str, new: str) -> list[str]:
    """Return the coordinates of fields that the old schema's types had not, without `@since`.

    A type that came as a whole is told by the field that yields it.
    """
    dated = {coordinate for coordinate, said in applied(parse(new), "since").items() if said}
    added = (
        coordinate_of(change)
        for change in find_schema_changes(build_schema(old), build_schema(new))
        if change.type is SafeChangeType.FIELD_ADDED
    )
    return sorted(set(added) - dated)
