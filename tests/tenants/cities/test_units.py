"""Departments: named, and told apart by their short names."""

from __future__ import annotations

from uuid_utils.compat import uuid7

from kotacerdas.identity.policy import Role
from tenants.cities.models import UnitKind
from tenants.cities.units import create_unit, update_unit
from tests.tenants.refusals import refused, run


def unit(name="Dinas Kesehatan", short_name="Dinkes", kind=UnitKind.AGENCY, **options):
    return lambda s: create_unit(s, name=name, short_name=short_name, kind=kind, **options)


def test_a_unit_is_created_with_tidy_names(database, city):
    row = run(database, city.scope(), unit(" Dinas Kesehatan ", "Dinkes"))
    assert (row.name, row.short_name, row.version) == ("Dinas Kesehatan", "Dinkes", 1)


def test_a_short_name_tells_units_of_one_city_apart(database, make_city):
    one, other = make_city(), make_city()
    run(database, one.scope(), unit())
    (error,) = refused(database, one.scope(), unit("Dinas Lain"), "UNIT_SHORT_NAME_TAKEN")
    assert error.path == ("shortName",)
    assert run(database, other.scope(), unit()).short_name == "Dinkes"


def test_a_repeated_call_with_one_key_makes_one_unit(database, city):
    scope = city.scope()
    ids = {run(database, scope, unit(idempotency_key="one-unit")).id for _ in range(3)}
    assert len(ids) == 1
    refused(
        database, scope, unit("Lain", "L", idempotency_key="one-unit"), "IDEMPOTENCY_KEY_REUSED"
    )


def test_both_names_are_checked_at_once(database, city):
    errors = refused(database, city.scope(), unit(" ", "x" * 41), "INVALID", "INVALID")
    assert [error.path for error in errors] == [("name",), ("shortName",)]


def test_a_unit_is_renamed_by_whoever_saw_its_version(database, city):
    scope = city.scope()
    row = run(database, scope, unit())
    changed = run(
        database,
        scope,
        lambda s: update_unit(s, row.id, expected_version=1, name="Dinas Kesehatan Kota"),
    )
    assert (changed.name, changed.short_name, changed.version) == (
        "Dinas Kesehatan Kota",
        "Dinkes",
        2,
    )
    refused(
        database,
        scope,
        lambda s: update_unit(s, row.id, expected_version=1, name="X"),
        "STALE_VERSION",
    )


def test_a_rename_does_not_take_anothers_short_name(database, city):
    scope = city.scope()
    run(database, scope, unit())
    row = run(database, scope, unit("Dinas Sosial", "Dinsos"))
    refused(
        database,
        scope,
        lambda s: update_unit(
            s, row.id, expected_version=1, short_name="Dinkes", kind=UnitKind.BOARD
        ),
        "UNIT_SHORT_NAME_TAKEN",
    )


def test_foreign_and_missing_units_look_the_same(database, make_city):
    one, other = make_city(), make_city()
    foreign = other.unit()
    for unit_id in (foreign, uuid7()):
        refused(
            database,
            one.scope(),
            lambda s, i=unit_id: update_unit(s, i, expected_version=1, name="X"),
            "NOT_FOUND",
        )


def test_a_units_head_does_not_manage_units(database, city):
    refused(database, city.scope(Role.UNIT_HEAD, city.unit()), unit(), "FORBIDDEN")
