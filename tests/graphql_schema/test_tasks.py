"""Tasks through the API."""

from __future__ import annotations

from graphql_schema.ids import CITY, Key
from kotacerdas.identity.policy import Role
from tenants.submissions.workflow import InnovationState
from tests.graphql_schema.places import innovation

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
