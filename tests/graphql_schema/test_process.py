"""What a participation waits for and who missed a session, as the API shows it."""

from __future__ import annotations

import pytest

from graphql_schema.ids import Key
from tenants.bimtek.attendance import Line, record_attendance
from tests.tenants.participating import ensure_reference, invited, scheduled
from tests.tenants.refusals import run

WAITING = """query($id: ID!) { node(id: $id) { ... on Participation {
  missing(stage: COMMITTED) { code message owner unitId } next: missing { code }
  certificateCandidates { name attended held eligible } } } }"""
SESSIONS = """query($id: ID!) { node(id: $id) { ... on Participation {
  workshops { ordinal absentUnits { name } attendances { name presence } }
  outputs { name state } } } }"""


@pytest.fixture
def journey(database, city, ministry):
    ensure_reference(database)
    return invited(database, city, ministry)


def test_missing_things_and_absent_departments_are_read_together(data, database, city, journey):
    came, away = city.unit("Dinas Kesehatan"), city.unit("Dinas Sosial")
    row = scheduled(database, journey)
    listed = [Line(came, "Ani")]
    run(
        database,
        journey.city,
        lambda s: record_attendance(s, row.id, lines=listed, expected_version=row.version),
    )
    key = str(Key("par", city.id, journey.id))
    seen = data(WAITING, journey.city, id=key)["node"]
    (gap,) = seen["missing"]
    assert (gap["code"], gap["owner"], gap["unitId"]) == ("COMMITMENT_MISSING", "CITY_ADMIN", None)
    assert gap["message"].startswith("Nota kesepakatan belum dicatat.")
    assert seen["next"] == []
    assert seen["certificateCandidates"] == []
    seen = data(SESSIONS, journey.city, id=key)["node"]
    (session,) = seen["workshops"]
    assert session["absentUnits"] == [{"name": "Dinas Sosial"}], away
    assert session["attendances"] == [{"name": "Ani", "presence": "PRESENT"}]
    assert {each["state"] for each in seen["outputs"]} == {"OPEN"}
    assert data(SESSIONS, journey.ministry, id=key)["node"]["workshops"] == seen["workshops"]


def test_a_department_that_came_to_another_session_is_absent_from_this_one(
    data, database, city, journey
):
    unit = city.unit("Dinas Sosial")
    first, second = scheduled(database, journey), scheduled(database, journey, ordinal=2)
    come = lambda s: record_attendance(  # noqa: E731
        s, first.id, lines=[Line(unit, "Ani")], expected_version=first.version
    )
    run(database, journey.city, come)
    key = str(Key("par", city.id, journey.id))
    seen = data(SESSIONS, journey.city, id=key)["node"]["workshops"]
    assert second.id != first.id
    assert [each["absentUnits"] for each in seen] == [[], [{"name": "Dinas Sosial"}]]


def test_another_city_sees_no_participation(data, journey, make_city):
    key = str(Key("par", journey.tenant_id, journey.id))
    assert data(WAITING, make_city().scope(), id=key) == {"node": None}
