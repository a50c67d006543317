"""The chain of a tenant's audit entries: whole when written, broken by a change of any column."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest

from kotacerdas import audit
from kotacerdas.scope import Door, Scope
from tests.scratch import superuser_url, url_text

CHANGES = {
    "id": "gen_random_uuid()",
    "at": "at + interval '1 second'",
    "person_id": "gen_random_uuid()",
    "action": "'innovation.accept'",
    "entity": "'goal'",
    "entity_id": "gen_random_uuid()",
    "before": """'{"name": "B"}'""",
    "after": """'{"name": "B"}'""",
    "request_id": "'other'",
    "previous_hash": r"'\x00'",
    "hash": r"'\x00'",
}


@pytest.fixture
def entries(database, city) -> int:
    """Three changes of a city, in two transactions."""
    for count in (1, 2):
        with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
            for _ in range(count):
                audit.record(session, "unit.rename", "unit", uuid4(), after={"name": "A"})
    return 3


def verified(database, city) -> audit.Verdict:
    with database.unit_of_work(Scope(Door.MINISTRY, city.id)) as session:
        return audit.verify(session)


def test_an_untouched_chain_is_whole(database, city, entries):
    assert verified(database, city) == audit.Verdict(city.id, entries, None)


@pytest.mark.parametrize("column", CHANGES)
def test_a_change_of_any_column_is_found_at_its_entry(database, settings, city, entries, column):
    altered = f"update audit_entry set {column} = {CHANGES[column]}"
    with psycopg.connect(url_text(superuser_url(settings))) as connection:
        connection.execute(f"{altered} where tenant_id = %s and sequence = 2", [city.id])
    assert verified(database, city) == audit.Verdict(city.id, 2, 2)


@pytest.mark.parametrize("sequence", [1, 2, 3])
def test_a_removed_entry_is_found(database, settings, city, entries, sequence):
    with psycopg.connect(url_text(superuser_url(settings))) as connection:
        removed = "delete from audit_entry where tenant_id = %s and sequence = %s"
        connection.execute(removed, [city.id, sequence])
    assert verified(database, city).broken_at == sequence
