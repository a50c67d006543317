"""Stored conditions as SQL, held against rows."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from sqlalchemy import Boolean, Column, Integer, MetaData, Numeric, Table, Text, Uuid
from sqlalchemy.dialects import postgresql

from kotacerdas.filtering import OPERATORS, criterion
from kotacerdas.tenancy import text_enum
from tenants.cities.models import UnitKind

ROWS = Table(
    "sample",
    MetaData(),
    Column("name", Text),
    Column("kind", text_enum(UnitKind)),
    Column("amount", Numeric(20, 2)),
    Column("year", Integer),
    Column("done", Boolean),
    Column("owner", Uuid),
)
ID = "0196b2f0-0000-7000-8000-000000000001"


def sql(conditions: dict) -> tuple[str, dict]:
    built = criterion(ROWS, conditions).compile(dialect=postgresql.dialect())
    return re.sub(r"sample\.|::\w+(\(.*?\))?", "", str(built)), built.params


def test_values_are_read_by_the_type_of_their_column():
    _, values = sql({"kind": {"eq": "dinas"}, "amount": {"gte": "1500000.50"}, "owner": {"eq": ID}})
    assert values["kind_1"] is UnitKind.AGENCY
    assert values["amount_1"] == Decimal("1500000.50")
    assert str(values["owner_1"]) == ID
    assert sql({"kind": {"in": ["dinas", "badan"]}})[1]["kind_1"] == [
        UnitKind.AGENCY,
        UnitKind.BOARD,
    ]


def test_conditions_join_and_nest():
    text, values = sql(
        {
            "year": {"gt": 2022, "lte": 2027},
            "or": [
                {"name": {"contains": "50%"}},
                {"not": {"year": {"eq": 1}, "done": {"eq": True}}},
            ],
        }
    )
    assert text == (
        "year > %(year_1)s AND year <= %(year_2)s AND"
        " ((name ILIKE '%%' || %(name_1)s || '%%' ESCAPE '/')"
        " OR NOT (year = %(year_3)s AND done = true))"
    )
    assert (values["year_1"], values["name_1"]) == (2022, "50/%")


@pytest.mark.parametrize(
    "conditions", [{}, {"name": {}}, {"and": []}, {"or": [{}, {"not": {}}]}, {"not": {"or": []}}]
)
def test_what_says_nothing_is_no_condition(conditions):
    assert sql(conditions)[0] == "true"


def test_whether_there_is_a_value_is_asked_of_any_column():
    assert sql({"owner": {"isNull": True}})[0] == "owner IS NULL"
    assert sql({"amount": {"isNull": False}, "done": {"eq": False}})[0] == (
        "amount IS NOT NULL AND done = false"
    )


@pytest.mark.parametrize("conditions", [{"secret": {"eq": 1}}, {"name": {"like": "x"}}])
def test_what_is_not_there_is_a_defect(conditions):
    with pytest.raises(KeyError):
        criterion(ROWS, conditions)


def test_every_operator_is_known():
    assert set(OPERATORS) == {"eq", "in", "gt", "gte", "lt", "lte", "contains", "isNull"}
