"""A city reads its own verdict, and its score once the ministry publishes it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from graphql_schema.ids import Key
from kotacerdas.scope import Door, Scope
from tenants.assessment.models import SelectionVerdict, VerdictKind
from tests.tenants.participating import ensure_reference, invited

VERDICT = """query($id: ID!) { node(id: $id) { ... on Participation {
  verdict { verdict letterNumber letterDate reserveRank isPublished score place } } } }"""


@pytest.fixture
def journey(database, city, ministry):
    ensure_reference(database)
    return invited(database, city, ministry)


def _decided(database, city, journey, *, is_published):
    with database.unit_of_work(Scope(Door.WORKER, city.id)) as session:
        session.add(
            SelectionVerdict(
                tenant_id=city.id,
                participation_id=journey.id,
                verdict=VerdictKind.RESERVE,
                letter_number="B-7/2022",
                letter_date=date(2022, 3, 1),
                reserve_rank=2,
                score=Decimal("71.25"),
                place=9,
                is_published=is_published,
            )
        )


def _seen(data, scope, city, journey):
    node = data(VERDICT, scope, id=str(Key("par", city.id, journey.id)))["node"]
    return node and node["verdict"]


def test_there_is_no_verdict_before_the_letter(data, city, journey):
    assert _seen(data, journey.city, city, journey) is None


@pytest.mark.parametrize(
    ("is_published", "score", "place"), [(False, None, None), (True, "71.25", 9)]
)
def test_a_city_reads_its_verdict_and_letter_and_its_score_once_published(
    data, database, city, journey, is_published, score, place
):
    _decided(database, city, journey, is_published=is_published)
    seen = _seen(data, journey.city, city, journey)
    assert seen == {
        "verdict": "RESERVE",
        "letterNumber": "B-7/2022",
        "letterDate": "2022-03-01",
        "reserveRank": 2,
        "isPublished": is_published,
        "score": score,
        "place": place,
    }
    assert _seen(data, journey.ministry, city, journey) == seen


def test_another_city_finds_nothing(data, database, city, journey, make_city):
    _decided(database, city, journey, is_published=True)
    other = make_city()
    assert _seen(data, other.scope(), city, journey) is None
