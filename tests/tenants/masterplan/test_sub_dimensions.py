"""A programme's part of its pillar: the edition's, where the edition divides the pillar."""

from __future__ import annotations

import pytest

from tenants.cities.workflow import Stage
from tenants.masterplan import programmes
from tenants.masterplan.completeness.rule import missing
from tests.tenants.masterplan.cohorts import make_cohort
from tests.tenants.masterplan.planning import Planning, codes, whole

PARTS = {
    "mobility": {"traffic": "Lalu lintas", "parking": "Parkir"},
    "living": {"health": "Kesehatan"},
}
"""Parts of the pillars that the edition divides."""


@pytest.fixture(scope="session")
def divided(database):
    return make_cohort(database, parts=PARTS)


@pytest.fixture
def planning(database, make_city, divided):
    return Planning(database, make_city(), divided, Stage.MENTORED)


def change(planning, programme, **fields):
    return planning.run(
        programmes.update_programme, programme.id, expected_version=programme.version, **fields
    )


@pytest.mark.parametrize("written", ["Parkir", " parkir ", "Parking", "PARKING"])
def test_a_parts_name_or_code_means_the_part(planning, written):
    programme = planning.programme(planning.plan().id, "mobility", sub_dimension=written)
    assert programme.sub_dimension_id == planning.parts["parking"]
    assert programme.sub_dimension == "Parkir"


def test_the_id_decides_over_the_former_words(planning):
    programme = planning.programme(planning.plan().id, "mobility", sub_dimension="Parkir")
    moved = change(planning, programme, sub_dimension_id=planning.parts["traffic"])
    assert (moved.sub_dimension_id, moved.sub_dimension) == (
        planning.parts["traffic"],
        "Lalu lintas",
    )
    named = change(planning, moved, sub_dimension="parking")
    assert named.sub_dimension_id == planning.parts["parking"]
    cleared = change(planning, named, sub_dimension_id=None)
    assert (cleared.sub_dimension_id, cleared.sub_dimension) == (None, "")


def test_an_undivided_pillar_keeps_the_citys_own_words(planning):
    programme = planning.programme(planning.plan().id, "government", sub_dimension="Pelayanan")
    assert (programme.sub_dimension_id, programme.sub_dimension) == (None, "Pelayanan")


REFUSED = [
    ("mobility", {"sub_dimension": "Kapal"}, "SUB_DIMENSION_NOT_IN_PILLAR", "subDimension"),
    ("mobility", {"sub_dimension_id": "health"}, "SUB_DIMENSION_NOT_IN_PILLAR", "subDimensionId"),
    ("economy", {"sub_dimension_id": "health"}, "PILLAR_UNDIVIDED", "subDimensionId"),
]


@pytest.mark.parametrize(("pillar", "fields", "code", "path"), REFUSED)
def test_a_part_of_another_pillar_is_refused_with_the_fitting_ones(
    planning, pillar, fields, code, path
):
    plan_id = planning.plan().id
    if "sub_dimension_id" in fields:
        fields = {"sub_dimension_id": planning.parts[fields["sub_dimension_id"]]}
    errors = planning.refused(
        programmes.create_programme,
        plan_id,
        dimension_id=planning.pillars[pillar],
        name="Program",
        lead_unit_id=planning.unit_id,
        **whole(),
        **fields,
    )
    assert (codes(errors), errors[0].path) == ([code], (path,))
    assert ("Lalu lintas, Parkir" in errors[0].text("id")) is (pillar == "mobility")


def test_a_programme_without_a_part_of_a_divided_pillar_is_named_as_advice(planning):
    plan_id = planning.complete()
    named = [item for item in planning.run(missing, plan_id) if not item.blocks]
    assert {item.error.code for item in named} == {"SUB_DIMENSION_MISSING"}
    assert [item.error.path[0] for item in named] == ["programmes"] * 2
    assert {item.owner.unit_id for item in named} == {planning.unit_id}
    for item in named:
        pillar = "parking" if "mobility" in item.error.fields["programme"] else "health"
        planning.run(
            programmes.update_programme,
            item.place.programme_id,
            expected_version=1,
            sub_dimension_id=planning.parts[pillar],
        )
    assert planning.run(missing, plan_id) == []
