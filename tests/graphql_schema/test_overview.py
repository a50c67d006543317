"""The ministry's overview: every list of `national` beside rows that are counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from uuid_utils.compat import uuid7

from graphql_schema.reader.roots import ROOT, RootRows
from graphql_schema.schema import core
from kotacerdas import audit
from kotacerdas.identity.policy import Role
from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.models import Region
from tenants.cities.workflow import Stage
from tenants.masterplan.books.models import SectionState
from tenants.masterplan.models import BudgetSource
from tenants.submissions.workflow import InnovationState
from tests.graphql_schema.nation import Nation


@pytest.fixture
def nation(database, make_city):
    return Nation(database, make_city)


@pytest.fixture
def seen(data, ministry):
    """Return a function: what `national` answers for a selection."""
    return lambda fields: data(
        f"{{ national {{ {fields} }} }}", ministry(role=Role.MINISTRY_READER)
    )["national"]


def of(city, rows):
    """The rows of one city."""
    return [row for row in rows if row["city"]["slug"] == city.slug]


def test_participations_are_counted_by_cohort_in_the_order_of_the_stages(nation, seen):
    for stage in (Stage.IMPLEMENTING, Stage.INVITED, Stage.INVITED, Stage.MENTORED):
        nation.city(stage)
    rows = seen("stageCounts { cohort { year } stage count }")["stageCounts"]
    mine = [(r["stage"], r["count"]) for r in rows if r["cohort"]["year"] == nation.year]
    assert mine == [("INVITED", 2), ("MENTORED", 1), ("IMPLEMENTING", 1)]


def test_the_map_tells_where_a_city_is_and_whether_it_is_late(nation, seen, database, make_city):
    late, early, ended, apart = (
        nation.city(),
        nation.city(Stage.SELECTED),
        nation.city(Stage.WITHDRAWN),
        make_city(),
    )
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        place = session.get_one(Region, late.region_code)
        place.longitude, place.latitude, place.position_source = 100.5, -0.25, "approximate"
    for city in (late, ended):
        nation.deadline(city, -1)
    nation.deadline(early, 1)
    nation.deadline(early, -1, done=True)
    rows = seen(
        "map { city { slug } longitude latitude positionSource stage overdue isLate"
        " participation { cohort { year } } }"
    )["map"]
    (row,) = of(late, rows)
    assert row == {
        "city": {"slug": late.slug},
        "longitude": 100.5,
        "latitude": -0.25,
        "positionSource": "approximate",
        "stage": "MENTORED",
        "overdue": 1,
        "isLate": True,
        "participation": {"cohort": {"year": nation.year}},
    }
    told = {
        city.slug: (row["stage"], row["overdue"], row["isLate"])
        for city in (early, ended, apart)
        for row in of(city, rows)
    }
    assert told == {
        early.slug: ("SELECTED", 0, False),
        ended.slug: ("WITHDRAWN", 0, False),
        apart.slug: (None, 0, False),
    }


@pytest.mark.parametrize(
    ("stage", "late"),
    [
        (Stage.INVITED, False),
        (Stage.MENTORED, True),
        (Stage.REVISION, True),
        (Stage.ACCEPTED, False),
        (Stage.NOT_FINISHED, False),
    ],
)
def test_a_missed_target_date_is_late_until_the_plan_is_accepted(
    database, make_city, seen, stage, late
):
    nation = Nation(database, make_city, target_date=date(2020, 1, 1))
    city = nation.city(stage)
    (row,) = of(city, seen("map { city { slug } isLate overdue }")["map"])
    assert (row["isLate"], row["overdue"]) == (late, 0)


def test_overdue_cities_are_listed_with_what_waits_longest(nation, seen):
    one, two, none = nation.city(), nation.city(), nation.city()
    oldest = nation.deadline(one, -9, name="Buku 1")
    nation.deadline(one, -2, name="Buku 2")
    nation.deadline(two, -3)
    nation.deadline(none, 3)
    rows = seen("overdue { city { slug } count oldestDueAt oldestName }")["overdue"]
    assert [r["count"] for r in of(one, rows)] == [2]
    (row,) = of(one, rows)
    assert (datetime.fromisoformat(row["oldestDueAt"]), row["oldestName"]) == (oldest, "Buku 1")
    assert of(none, rows) == []
    slugs = [row["city"]["slug"] for row in rows]
    assert slugs.index(one.slug) < slugs.index(two.slug)


def test_the_last_activity_of_a_city_is_its_newest_audit_entry(nation, seen, database):
    busy, quiet = nation.city(), nation.city()
    for action in ("innovation.create", "innovation.update"):
        with database.unit_of_work(busy.scope()) as session:
            audit.record(session, action, "innovation", uuid7())
    rows = seen("activity { city { slug } at action }")["activity"]
    (row,) = of(busy, rows)
    assert row["action"] == "innovation.update"
    assert abs(datetime.fromisoformat(row["at"]) - datetime.now(UTC)) < timedelta(minutes=5)
    assert of(quiet, rows) == [{"city": {"slug": quiet.slug}, "at": None, "action": None}]


def test_innovations_are_counted_by_pillar_and_state_over_all_cities(nation, seen):
    draft, accepted = InnovationState.DRAFT, InnovationState.ACCEPTED
    nation.innovations(nation.city(), draft, draft, accepted)
    nation.innovations(nation.city(), accepted)
    rows = seen("pillarCounts { dimension { id } state count }")["pillarCounts"]
    key = f"dim_{nation.pillar.hex}"
    mine = {row["state"]: row["count"] for row in rows if row["dimension"]["id"] == key}
    assert mine == {"DRAFT": 2, "ACCEPTED": 2}


def test_money_is_summed_exactly_by_pillar_source_and_year(nation, seen):
    apbd, csr = BudgetSource.APBD, BudgetSource.CSR
    nation.plan(nation.city(), [(2023, apbd, "0.10"), (2024, csr, "5")], [(2023, apbd, "0.20")])
    nation.plan(nation.city(), [(2023, apbd, "900000000000000.05")])
    rows = seen("budgets { dimension { id } source year amountRupiah programmes }")["budgets"]
    key = f"dim_{nation.pillar.hex}"
    mine = [
        (row["year"], row["source"], row["amountRupiah"], row["programmes"])
        for row in rows
        if row["dimension"]["id"] == key
    ]
    assert mine == [(2023, "APBD", "900000000000000.35", 3), (2024, "CSR", "5", 1)]


def test_a_city_is_compared_with_the_middle_one_of_its_cohort(nation, seen):
    draft, apbd = InnovationState.DRAFT, BudgetSource.APBD
    approved, empty = SectionState.APPROVED, SectionState.EMPTY
    one, two, three = nation.city(name="A"), nation.city(name="B"), nation.city(name="C")
    nation.city(Stage.WITHDRAWN)
    nation.innovations(one, draft)
    nation.innovations(two, draft, draft, draft)
    nation.plan(two, [(2023, apbd, "7"), (2024, apbd, "3")], sections=[approved, empty, empty])
    nation.plan(three, [(2023, apbd, "4")], [], sections=[approved])
    rows = seen(
        "comparison { city { slug } cohort { year } innovations medianInnovations programmes"
        " medianProgrammes budgetRupiah medianBudgetRupiah completeness medianCompleteness }"
    )["comparison"]
    mine = [row for row in rows if row["cohort"]["year"] == nation.year]
    assert [row["city"]["slug"] for row in mine] == [one.slug, two.slug, three.slug]
    names = ("innovations", "programmes", "budgetRupiah", "completeness")
    assert [[row[name] for name in names] for row in mine] == [
        [1, 0, "0", "0"],
        [3, 1, "10", "33.33"],
        [0, 2, "4", "100"],
    ]
    middle = {tuple(row[f"median{n[0].upper()}{n[1:]}"] for n in names) for row in mine}
    assert middle == {(1, 1, "4", "33.33")}


def test_each_list_of_the_overview_is_one_statement():
    fields = core.type_map["National"].fields
    lists = ("stageCounts", "map", "overdue", "activity", "pillarCounts", "budgets", "comparison")
    assert all(isinstance(fields[name].extensions[ROOT], RootRows) for name in lists)


def test_nobody_without_the_nation_sees_the_overview(data, nation):
    city = nation.city()
    for role in Role:
        if role in (Role.OPERATOR, Role.MINISTRY_ADMIN, Role.MINISTRY_READER):
            continue
        found = data("{ national { map { isLate } } }", city.scope(role))
        assert found == {"national": None}
