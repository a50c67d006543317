"""A column of a table is shown by the API, or hidden on purpose."""

from __future__ import annotations

import re

import strawberry
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from graphql_schema.reader.declaration import column, key, one, reads
from graphql_schema.reader.wiring import wire
from graphql_schema.schema import core
from tests.graphql_schema.exposure import columns, exposed
from tests.graphql_schema.hidden_columns import HIDDEN, WHY


class Apart(DeclarativeBase):
    """Tables that no subject knows."""


class Plain(Apart):
    __tablename__ = "tests_of_columns"
    id: Mapped[int] = mapped_column(primary_key=True)
    shown: Mapped[str]
    hidden: Mapped[str]
    other_id: Mapped[int]


@reads(Plain, "pln", description="A row.")
class Row:
    id: strawberry.ID = key()
    shown: str = column(Plain.shown, "Shown.")
    other: Row | None = one("Row", Plain.other_id, "Another.")


def test_every_column_is_shown_or_hidden_on_purpose():
    assert columns() - exposed(core) - HIDDEN.keys() == set()


def test_nothing_is_listed_as_hidden_that_is_shown_or_gone():
    assert HIDDEN.keys() - (columns() - exposed(core)) == set()


def test_a_column_is_listed_once_and_each_reason_is_a_sentence():
    assert sum(map(len, WHY.values())) == len(HIDDEN)
    assert all(re.fullmatch(r"[A-Z].{20,}\.", reason) for reason in WHY)


def test_a_column_that_no_field_reads_is_not_taken_for_shown():
    @strawberry.type
    class Query:
        row: Row | None = None

    found = exposed(wire(strawberry.Schema(query=Query)))
    assert found == {f"tests_of_columns.{name}" for name in ("id", "shown", "other_id")}
