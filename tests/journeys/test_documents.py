"""What keeps the journey from growing old: its documents and its strangers know the whole API."""

from __future__ import annotations

from graphql import parse, validate

from graphql_schema.schema import schema
from tests.journeys.foreign_steps import FOREIGN
from tests.journeys.people import DOCUMENTS


def test_every_operation_of_the_journey_fits_the_schema():
    for name, document in DOCUMENTS.items():
        assert validate(schema._schema, parse(document)) == [], name


def test_strangers_try_every_mutation():
    assert FOREIGN.keys() == schema._schema.mutation_type.fields.keys()


def test_every_mutation_has_an_operation_of_its_name():
    assert FOREIGN.keys() <= DOCUMENTS.keys()
