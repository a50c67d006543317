"""Ranking, letters and the reserve list through the API."""

from __future__ import annotations

import pytest

from kotacerdas.identity.policy import Role
from tests.graphql_schema.assessment.board import RANKING, SEEN, follow, key


def test_the_ranking_is_the_nations_and_tells_each_parameters_part(board, instrument, candidate):
    best = candidate("Kota Unggul").assessed(instrument, "4")
    rest = candidate("Kota Lain").assessed(instrument, "1")
    told = board.ranking()
    assert told["cohort"]["instrument"] == {"code": instrument["code"]}
    lines = [(each["citySlug"], each["place"], each["score"]) for each in told["standings"]]
    assert lines == [(best.city.slug, 1, "100.00"), (rest.city.slug, 2, "25.00")]
    assert told["standings"][1]["parts"] == [
        {"code": "policy", "answer": "1.00", "points": "15.00"},
        {"code": "network", "answer": "1.00", "points": "10.00"},
    ]
    assert board.data(RANKING, best.city.scope(), year=board.year) == {"national": None}


@pytest.fixture
def three(instrument, candidate):
    """Three assessed cities, best first, for one place."""
    return [
        candidate(f"Kota {name}").assessed(instrument, score)
        for name, score in (("A", "4"), ("B", "3"), ("C", "2"))
    ]


def letter(board, number="S-7/2022", day="2022-04-01", **more):
    more.setdefault("idempotencyKey", key())
    return {"cohortId": board.id, "letterNumber": number, "letterDate": day, **more}


def verdicts(*pairs):
    return [{"participationId": each.id, "verdict": verdict} for each, verdict in pairs]


def test_more_cities_than_places_are_refused(board, three):
    both = verdicts((three[0], "SELECTED"), (three[1], "SELECTED"))
    refused = board.refuses("selectionDecide", **letter(board, verdicts=both))
    assert refused == [("QUOTA_EXCEEDED", ["verdicts"])]


def test_a_letter_tells_what_it_decides_and_is_made_once(board, three):
    a, b, c = three
    lines = verdicts((a, "SELECTED"), (c, "RESERVE"), (b, "RESERVE"))
    given = letter(board, verdicts=lines, publishScores=True)
    made = board.does("selectionDecide", **given)
    assert board.does("selectionDecide", **given)["id"] == made["id"]
    assert made["cohort"] == {"year": board.year}
    assert made["lines"][1] == {
        "participationId": c.id,
        "verdict": "RESERVE",
        "reserveRank": 1,
        "score": "50",
        "place": 3,
        "city": {"slug": c.city.slug},
    }
    pending = board.refuses("selectionPromote", **letter(board))
    assert pending == [("DECISION_PENDING", [])]


def test_the_reserve_is_promoted_in_its_order_when_a_city_withdraws(board, three):
    a, b, c = three
    lines = verdicts((a, "SELECTED"), (c, "RESERVE"), (b, "RESERVE"))
    follow(board, board.does("selectionDecide", **letter(board, verdicts=lines)))
    told = board.ranking()
    assert told["placesTaken"] == 1
    assert [each["city"]["slug"] for each in told["reserve"]] == [c.city.slug, b.city.slug]
    admin = a.city.scope(Role.CITY_ADMIN)
    assert board.data(SEEN, admin, id=a.id)["node"]["verdict"] == {"verdict": "SELECTED"}
    full = board.refuses("selectionPromote", **letter(board, day="2022-04-02"))
    assert full == [("QUOTA_EXCEEDED", ["verdicts"])]
    move = a.move("WITHDRAWN") | {"occurredOn": "2022-04-02"}
    board.does("participationAdvance", admin, **move)
    promotion = letter(board, "S-9/2022", "2022-05-01")
    follow(board, board.does("selectionPromote", **promotion))
    told = board.ranking()
    assert [each["city"]["slug"] for each in told["reserve"]] == [b.city.slug]
    assert [each["letterNumber"] for each in told["letters"]] == ["S-9/2022", "S-7/2022"]


def test_a_city_decides_nothing(board, instrument, candidate):
    city = candidate().assessed(instrument, "3")
    admin = city.city.scope(Role.CITY_ADMIN)
    given = letter(board, verdicts=verdicts((city, "SELECTED")))
    assert board.refuses("selectionDecide", admin, **given)[0][0] == "FORBIDDEN"
    read = "query($id: ID!) { node(id: $id) { id } }"
    made = board.does("selectionDecide", **given)
    assert board.data(read, admin, id=made["id"]) == {"node": None}
    assert board.data(read, board.ministry, id=made["id"]) == {"node": {"id": made["id"]}}
