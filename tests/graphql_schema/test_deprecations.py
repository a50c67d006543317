"""What goes away is announced six months ahead, and stays until its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLSchema,
    GraphQLSyntaxError,
    resolve_schema_coordinate,
)
from sqlalchemy import select
from strawberry.schema.config import StrawberryConfig

from graphql_schema import lists
from graphql_schema.directives.deprecated import Deprecation, earliest_removal
from graphql_schema.directives.requires import Requires
from graphql_schema.directives.since import Since
from graphql_schema.identity.types import Membership
from graphql_schema.reader.declaration import children, column, computed, listed, many, one, reads
from graphql_schema.reader.paging import Connection
from graphql_schema.scalars import SCALARS
from graphql_schema.schema import core
from kotacerdas.identity.models import Membership as MembershipRow
from kotacerdas.identity.models import Person as PersonRow

TODAY = date(2026, 11, 24)
SOON = Deprecation(use="new", announced=TODAY, removal=date(2027, 6, 1))


LATER = {"deprecation_reason": SOON, "directives": [Since(version="0.2.0")]}


def deprecated(schema: GraphQLSchema) -> Iterator[tuple[str, str]]:
    """Yield the coordinate of each deprecated part, and the reason."""
    for kind in schema.type_map.values():
        parts = {} if kind.name.startswith("__") else getattr(kind, "fields", {})
        if isinstance(kind, GraphQLEnumType) and not kind.name.startswith("__"):
            parts = kind.values
        for name, part in parts.items():
            arguments = getattr(part, "args", {}).items()
            within = [(f"{kind.name}.{name}({each}:)", given) for each, given in arguments]
            for coordinate, each in [(f"{kind.name}.{name}", part), *within]:
                if each.deprecation_reason is not None:
                    yield coordinate, each.deprecation_reason


def faults(schema: GraphQLSchema, today: date) -> list[str]:
    """Return what is wrong with the deprecations of a schema on a day."""
    found = []
    for coordinate, reason in deprecated(schema):
        owner = coordinate.partition(".")[0]
        if not isinstance(reason, Deprecation):
            found.append(f"{coordinate}: give the reason as a Deprecation")
        elif reason.removal < today:
            found.append(f"{coordinate}: its day has come: remove it, or announce a later one")
        elif not (exists(schema, reason.use) or exists(schema, f"{owner}.{reason.use}")):
            found.append(f"{coordinate}: there is no {reason.use} to use instead")
    return found


def exists(schema: GraphQLSchema, coordinate: str) -> bool:
    try:
        return resolve_schema_coordinate(schema, coordinate) is not None
    except (TypeError, GraphQLSyntaxError):  # the type is not there; or a field, which is None
        return False


def test_every_deprecation_names_what_to_use_and_a_day_that_has_not_come():
    assert faults(core, date.today()) == []


def planted(reason: str) -> GraphQLSchema:
    @strawberry.type
    class Query:
        old: int = strawberry.field(default=1, deprecation_reason=reason)
        new: int = 2

    return strawberry.Schema(Query)._schema


def test_the_reason_is_written_from_its_parts():
    assert SOON == "Use new. Removal not before 2027-06-01."
    assert faults(planted(SOON), TODAY) == []


@pytest.mark.parametrize(
    ("reason", "today", "fault"),
    [
        ("old", TODAY, "give the reason as a Deprecation"),
        ("Use new. Removal not before 2027-06-01.", TODAY, "give the reason as a Deprecation"),
        (SOON, date(2027, 6, 2), "its day has come"),
        (
            Deprecation(use="newer", announced=TODAY, removal=date(2027, 6, 1)),
            TODAY,
            "there is no newer to use instead",
        ),
    ],
)
def test_a_deprecation_that_clients_could_not_follow_is_found(reason, today, fault):
    (found,) = faults(planted(reason), today)
    assert found.startswith("Query.old: ")
    assert fault in found


@reads(PersonRow, "per", description="Somebody.")
class Somebody:
    name: str = column(PersonRow.name, "Name.", **LATER)
    twice: int | None = computed(lambda row, _: row.c.id, "Twice.", **LATER)
    other: Somebody | None = one("Somebody", PersonRow.id, "Other.", **LATER)
    others: list[Somebody] | None = listed("Somebody", lambda *_: select(PersonRow), "x", **LATER)
    roles: Connection[Membership] | None = many(
        "Membership", lists.MEMBERSHIPS, children(MembershipRow.person_id), "Roles.", **LATER
    )


def test_every_kind_of_field_can_be_dated_and_deprecated():
    @strawberry.type
    class Query:
        somebody: Somebody | None = None

    types = [Since, Requires]
    config = StrawberryConfig(scalar_map=SCALARS)
    sdl = strawberry.Schema(Query, types=types, config=config).as_str()
    for said in (f'@deprecated(reason: "{SOON}")', '@since(version: "0.2.0")'):
        assert sdl.count(said) == len(Somebody.__annotations__), said


@pytest.mark.parametrize(
    ("announced", "earliest"),
    [
        (date(2026, 11, 24), date(2027, 5, 24)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 1, 1), date(2027, 7, 1)),
    ],
)
def test_six_months_are_the_least(announced, earliest):
    assert earliest_removal(announced) == earliest
    Deprecation(use="x", announced=announced, removal=earliest)
    with pytest.raises(ValueError, match=f"not before {earliest}"):
        Deprecation(use="x", announced=announced, removal=earliest - timedelta(days=1))
