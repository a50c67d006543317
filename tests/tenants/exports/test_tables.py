"""The columns of every kind of export."""

from __future__ import annotations

from enum import StrEnum

import pytest
from sqlalchemy import Enum

from tenants.exports.labels import LABELS, label
from tenants.exports.models import ExportKind
from tenants.exports.tables.registry import TABLES
from tenants.exports.texts import WORKBOOKS
from tests.predicate.statements import faults


def test_every_kind_has_its_table():
    assert set(TABLES) | set(WORKBOOKS) == set(ExportKind)
    assert not set(TABLES) & set(WORKBOOKS)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.kind.value)
def test_columns_are_told_apart_in_json_and_in_both_languages(table):
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    for language in ("id", "en"):
        headings = [column.title(language) for column in table.columns]
        assert len(set(headings)) == len(headings)
        assert all(headings)
        assert len(table.title[language == "en"]) <= 28  # a sheet's name and a number


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.kind.value)
def test_a_city_reads_its_own_rows_in_one_order(table):
    statement = table.statement(7, {}, "id")
    assert faults(str(statement)) == []
    assert faults(str(table.count(7, {}))) == []
    assert statement._order_by_clauses


@pytest.mark.parametrize("kind", LABELS, ids=lambda kind: kind.__name__)
def test_every_value_has_words_in_both_languages(kind: type[StrEnum]):
    assert all(label(value, language) for value in kind for language in ("id", "en"))


def test_every_enum_in_a_column_has_words():
    kinds = {
        column.sql("id").type.enum_class
        for table in TABLES.values()
        for column in table.columns
        if isinstance(column.sql("id").type, Enum)
    }
    assert kinds <= set(LABELS)
