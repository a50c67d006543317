"""Tasks through the API."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from graphql_schema.ids import CITY, Key
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import Door, Scope
from tenants.cities.models import Deadline
from tenants.submissions.workflow import InnovationState
from tests.graphql_schema.places import YEAR, innovation, participation

TASKS = """query($id: ID!, $mine: Boolean) { city(by: {id: $id}) {
  tasks(mine: $mine) { kind owner unitId title overdue dueAt message subjectId }
  taskCounts { owner unitId open overdue } } }"""


def test_a_city_reads_what_it_has_to_do_and_opens_it(data, database, city):
    unit = city.unit()
    row = innovation(database, city, name="A", state=InnovationState.RETURNED, unit_id=unit)
    key, unit_key = str(Key(CITY, city.id, None)), str(Key("unt", city.id, unit))
    found = data(TASKS, city.scope(), id=key)["city"]
    (task,) = [each for each in found["tasks"] if each["kind"] != "STAGE"]
    assert task == {
        "kind": "REVISE",
        "owner": "UNIT_HEAD",
        "unitId": unit_key,
        "title": "A",
        "overdue": False,
        "dueAt": None,
        "message": None,
        "subjectId": str(Key("inn", city.id, row)),
    }
    assert {"owner": "UNIT_HEAD", "unitId": unit_key, "open": 1, "overdue": 0} in found[
        "taskCounts"
    ]
    mine = data(TASKS, city.scope(Role.EXPERT), id=key, mine=True)["city"]["tasks"]
    assert [each for each in mine if each["kind"] != "STAGE"] == []


def test_outside_the_city_tasks_are_null(data, city, make_city):
    key = str(Key(CITY, city.id, None))
    for scope in (None, make_city().scope()):
        assert data(TASKS, scope, id=key)["city"] == {"tasks": None, "taskCounts": None}


MINE = "{ viewer { tasks { kind title due citySlug subjectId } } }"


def test_a_person_of_several_cities_has_one_list_of_their_own_work(data, database, city, make_city):
    other = make_city()
    late, soon = (
        deadline(database, each, datetime(*day, 16, 59, tzinfo=UTC))
        for each, day in ((other, (2022, 10, 31)), (city, (2031, 10, 31)))
    )
    innovation(database, city, name="Bukan tugas saya", state=InnovationState.RETURNED)
    person = city.person(Role.CITY_ADMIN)
    grants = tuple(Grant(each.id, Role.CITY_ADMIN) for each in (city, other))
    found = data(MINE, Scope(Door.CITY, None, person, grants))["viewer"]["tasks"]
    assert [task for task in found if task["kind"] != "STAGE"] == [
        {
            "kind": "DEADLINE",
            "title": "Buku 1",
            "due": f"{day} pukul 23.59 WIB",
            "citySlug": each.slug,
            "subjectId": str(Key("ddl", each.id, row)),
        }
        for each, row, day in (
            (other, late, "Senin, 31 Oktober 2022"),
            (city, soon, "Jumat, 31 Oktober 2031"),
        )
    ]


NATIONAL = """{ national {
  cohortTasks { cohort { year } owner open overdue cities lateCities }
  cityTasks { city { slug } cohort { year } owner open overdue } } }"""


def test_the_ministry_sees_open_and_overdue_tasks_by_city_and_cohort(
    data, database, city, make_city, ministry
):
    def counted():
        found = data(NATIONAL, ministry(role=Role.MINISTRY_READER))["national"]
        (row,) = [
            each
            for each in found["cohortTasks"]
            if each["cohort"]["year"] == YEAR and each["owner"] == "CITY_ADMIN"
        ] or [None]
        return row, found["cityTasks"]

    before, _ = counted()
    before = before or {"open": 0, "overdue": 0, "cities": 0, "lateCities": 0}
    other = make_city()
    deadline(database, city, datetime(2022, 10, 31, tzinfo=UTC))
    deadline(database, city, datetime(2031, 10, 31, tzinfo=UTC))
    deadline(database, other, datetime(2031, 10, 31, tzinfo=UTC))
    after, cities = counted()
    grown = {name: after[name] - before[name] for name in ("open", "overdue", "cities")}
    assert grown | {"late": after["lateCities"] - before["lateCities"]} == {
        "open": 3,
        "overdue": 1,
        "cities": 2,
        "late": 1,
    }
    mine = [each for each in cities if each["city"]["slug"] in (city.slug, other.slug)]
    assert sorted((each["city"]["slug"], each["open"], each["overdue"]) for each in mine) == sorted(
        [(city.slug, 2, 1), (other.slug, 1, 0)]
    )
    assert {(each["cohort"]["year"], each["owner"]) for each in mine} == {(YEAR, "CITY_ADMIN")}


def test_a_city_does_not_see_the_nations_tasks(data, city):
    assert data(NATIONAL, city.scope()) == {"national": None}


def deadline(database, city, due_at: datetime) -> UUID:
    place = participation(database, city)
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        row = Deadline(
            tenant_id=city.id, id=uuid7(), participation_id=place, name="Buku 1", due_at=due_at
        )
        session.add(row)
        return row.id
