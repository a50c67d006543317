"""The catalogue half of the proof: tables, keys, policies, rights, roles are as expected."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from kotacerdas.database import migration_engine
from kotacerdas.migration import is_modelled
from kotacerdas.tenancy import Model, tenant_tables
from tests.isolation import catalogue
from tests.isolation.expected import NAMES

CHECKS = [
    catalogue.relations,
    catalogue.protection,
    catalogue.keys,
    catalogue.references,
    catalogue.machinery,
    catalogue.policies,
    catalogue.grants,
    catalogue.closed_doors,
    catalogue.roles,
    catalogue.memberships,
    catalogue.functions,
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_catalogue_is_as_written_by_hand(scratch, check):
    with scratch.superuser() as connection:
        assert list(check(connection)) == []


def test_every_tenant_table_is_in_hash_partitions(scratch):
    with scratch.superuser() as connection:
        assert list(catalogue.partitioning(connection, scratch.settings.partitions)) == []


def test_every_tenant_table_of_the_models_is_written_down():
    assert tenant_tables() == NAMES


def test_the_models_are_the_database(scratch):
    options = {"include_object": is_modelled, "compare_type": True}
    with migration_engine(scratch.settings).connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Model.metadata) == []
