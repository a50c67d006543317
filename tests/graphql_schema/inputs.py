"""An input of any mutation, with all that it needs, made from the schema."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    is_required_input_field,
)

from graphql_schema.schema import core

Ids = Callable[[str], str]
"""Gives an opaque id of a type by its prefix."""

PREFIXES = {
    "missionIds": "mis", "goalIds": "gol",
    "cityId": "cty", "participationId": "par", "unitId": "unt", "dimensionId": "dim",
    "reviewId": "rev", "innovationId": "inn", "masterplanId": "mpl", "versionId": "ver",
    "by": "unt", "institutionId": "ins", "editionId": "edi",
    "participationIds": "par",
    "roundId": "evr", "evaluationId": "evl", "findingId": "fnd",
    "expertId": "per", "successorId": "per",
    "sectionId": "sec", "sectionIds": "sec", "chapterId": "chp",
    "draftId": "sdr", "regulationId": "reg",
    "cohortId": "coh", "instrumentId": "ist", "assessorId": "per", "parameterId": "ipr",
    "uploadId": "upl",
    "subjectId": "sec",
    "itemId": "pit",
}  # fmt: skip
"""What an input field's id is of; `id` is of the mutation's own object."""
OTHERS = {
    "reviewStart": "inn", "masterplanFreeze": "mpl", "sectionRemove": "sec",
    "readinessDelete": "rdy", "gapDelete": "gap", "swotPointDelete": "swp",
    "swotStrategyDelete": "sst", "reviewRoundJudge": "rnd",
}  # fmt: skip
"""Mutations whose `id` is of another type than the object that they answer."""
SAMPLES: dict[str, Any] = {
    "String": "Teks", "Int": 2023, "Boolean": True, "Decimal": "1", "Rupiah": "1000",
    "JSON": {"blocks": []}, "Date": "2022-04-21", "DateTime": "2099-04-21T00:00:00+07:00",
}  # fmt: skip


def input_of(mutation: str, ids: Ids) -> dict[str, Any]:
    """Return an input with all fields that must be there."""
    given = core.mutation_type.fields[mutation].args["input"].type
    own = OTHERS.get(mutation) or prefix_of(mutation)
    made: dict[str, Any] = _value("input", given, lambda name: ids(PREFIXES.get(name, own)))
    return made


def prefix_of(mutation: str) -> str:
    """Return the prefix of the object that a mutation answers, of one row or of many."""
    payload = get_named_type(core.mutation_type.fields[mutation].type)
    origin = payload.extensions["strawberry-definition"].origin
    prefix: str = origin.result.prefix if hasattr(origin, "result") else origin.prefix
    return prefix


def _value(name: str, kind: GraphQLInputType, ids: Ids) -> Any:
    match kind:
        case GraphQLNonNull():
            return _value(name, kind.of_type, ids)
        case GraphQLList():
            return [_value(name, kind.of_type, ids)]
        case GraphQLEnumType():
            return next(iter(kind.values))
        case GraphQLInputObjectType() if kind.is_one_of:
            first, field = next(iter(kind.fields.items()))
            return {first: _value(first, field.type, ids)}
        case GraphQLInputObjectType():
            needed = {n: f for n, f in kind.fields.items() if is_required_input_field(f)}
            return {n: _value(n, field.type, ids) for n, field in needed.items()}
    return _plain(name, kind.name, ids)


def _plain(name: str, scalar: str, ids: Ids) -> Any:
    if scalar == "ID":
        return ids(name)
    if name == "idempotencyKey":
        return str(uuid4())
    if name == "email":
        return f"{uuid4().hex}@uji.example"
    return 1 if name == "expectedVersion" else SAMPLES[scalar]
