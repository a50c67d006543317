"""What a plan lacks, asked by the API."""

from __future__ import annotations

import pytest

from graphql_schema.ids import Key
from kotacerdas.identity.policy import Role
from tenants.masterplan.models import Masterplan
from tests.graphql_schema.places import participation

LACKS = """query($id: ID!) { node(id: $id) { ... on Masterplan { title completeness {
  isComplete blocking items { code message path blocks owner { role unit } programmeId } } } } }"""


@pytest.fixture
def plan(database, city):
    """A plan without anything in it, and its opaque id."""
    participation_id = participation(database, city)
    with database.unit_of_work(city.scope()) as session:
        row = Masterplan(
            tenant_id=city.id, participation_id=participation_id, title="Rencana",
            period_start=2023, period_end=2027,
        )  # fmt: skip
        session.add(row)
        session.flush()  # its id is asked for
        return str(Key("mpl", city.id, row.id))


def test_what_a_plan_lacks_is_told_in_the_readers_language(data, city, plan):
    told = data(LACKS, city.scope(Role.COUNCIL), language="en", id=plan)["node"]["completeness"]
    assert (told["isComplete"], told["blocking"]) == (False, 3)
    assert [item["code"] for item in told["items"]] == [
        "VISION_MISSING",
        "MISSIONS_MISSING",
        "PILLAR_EMPTY",
    ]
    assert told["items"][0] == {
        "code": "VISION_MISSING",
        "message": "The vision is empty. Write it, then freeze again.",
        "path": ["vision"],
        "blocks": True,
        "owner": {"role": "BAPPEDA", "unit": None},
        "programmeId": None,
    }
    said = data(LACKS, city.scope(), id=plan)["node"]["completeness"]["items"][0]["message"]
    assert said == "Visi belum diisi. Tulis visi masterplan, lalu bekukan lagi."


def test_the_ministry_sees_what_a_citys_plan_lacks(data, ministry, plan):
    told = data(LACKS, ministry(role=Role.MINISTRY_READER), id=plan)["node"]
    assert told["completeness"]["blocking"] == 3


def test_nobody_else_sees_the_plan_or_what_it_lacks(data, make_city, plan):
    assert data(LACKS, make_city().scope(), id=plan) == {"node": None}
    assert data(LACKS, None, id=plan) == {"node": None}
