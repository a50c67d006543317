"""Assessing a city through the API: who reads what, and what is refused."""

from __future__ import annotations

from graphql_schema.ids import CITY, Key
from kotacerdas.identity.policy import Role
from tests.graphql_schema.assessment.board import GAPS, SEEN, write


def test_a_stage_names_who_has_not_finished_and_what_is_left(board, instrument, candidate):
    city = candidate()
    code = lambda: board.refuses("participationAdvance", **city.move("ASSESSED"))  # noqa: E731
    assert code() == [("ASSESSORS_MISSING", ["to"])]
    city.expert()
    assert code() == [("ASSESSMENT_UNFINISHED", ["to"])]
    (gap,) = board.data(GAPS, board.ministry, id=city.id)["node"]["missing"]
    assert gap["message"] == (
        "Asesmen oleh Ir. Asesor belum dikirim; belum dinilai: policy, network."
    )
    assert gap["owner"] == "EXPERT"
    ready = candidate("Kota Siap").assessed(instrument, "2")
    assert board.refuses("participationAdvance", **ready.move("SELECTED")) == [
        ("VERDICT_MISSING", ["to"])
    ]


def test_no_assessor_reads_anothers_scores_before_handing_in(board, instrument, candidate):
    city = candidate()
    first, row = city.expert()
    second, other = city.expert()
    row = write(board, first, row, instrument, "3")
    assert (row["note"], row["answers"][0]["reason"]) == ("Siap.", "Lengkap")
    step = {"id": row["id"], "expectedVersion": row["version"]}
    done = board.does("assessmentSubmit", first, **step)
    assert (done["state"], done["score"]) == ("SUBMITTED", "75")
    seen = lambda scope: [  # noqa: E731
        (each["score"], each["note"], len(each["answers"]))
        for each in board.data(SEEN, scope, id=city.id)["node"]["assessments"]
    ]
    blind, own = (None, None, 0), ("75", "Siap.", 2)
    assert seen(second) == [blind, blind]
    assert seen(first) == [own, blind]
    assert seen(board.ministry) == [own, blind]
    other = write(board, second, other, instrument, "1")
    assert seen(second) == [blind, (None, "Siap.", 2)]
    assert seen(first) == [own, blind]
    step = {"id": other["id"], "expectedVersion": other["version"]}
    board.does("assessmentSubmit", second, **step)
    assert seen(second) == seen(first) == [own, ("25", "Siap.", 2)]
    admin = city.city.scope(Role.CITY_ADMIN)
    assert board.data(SEEN, admin, id=city.id)["node"]["assessments"] is None
    node = "query($id: ID!) { node(id: $id) { id } }"
    assert board.data(node, admin, id=row["id"]) == {"node": None}
    assert board.refuses("assessmentSubmit", second, **step)[0][0] == "ASSESSMENT_SUBMITTED"
    assert board.refuses("assessmentSubmit", first, **step) == [("NOT_FOUND", [])]


def test_the_ministry_releases_and_gives_back(board, instrument, candidate):
    city = candidate()
    scope, row = city.expert()
    step = {"id": row["id"], "expectedVersion": row["version"]}
    assert board.does("assessmentRelease", **step)["state"] == "RELEASED"
    scope, row = city.expert()
    row = write(board, scope, row, instrument, "4")
    step = {"id": row["id"], "expectedVersion": row["version"]}
    row = board.does("assessmentSubmit", scope, **step)
    step = {"id": row["id"], "expectedVersion": row["version"]}
    back = board.does("assessmentReturn", **step, reason="Bukti keliru.")
    assert (back["state"], back["score"]) == ("DRAFT", None)


def test_the_city_shows_evidence_to_its_assessors(board, instrument, candidate):
    city = candidate()
    admin = city.city.scope(Role.CITY_ADMIN)
    place = {"participationId": city.id, "parameterId": instrument["parameters"][0]["id"]}
    shown = board.does(
        "assessmentEvidenceWrite", admin, **place, text="Perwali 12/2021", expectedVersion=0
    )
    assert shown["parameter"] == {"code": "policy"}
    again = {**place, "text": "Perwali 14/2022", "expectedVersion": 0}
    assert board.refuses("assessmentEvidenceWrite", admin, **again)[0][0] == "STALE_VERSION"
    again["expectedVersion"] = shown["version"]
    board.does("assessmentEvidenceWrite", admin, **again)
    scope, _ = city.expert()
    assert board.data(SEEN, scope, id=city.id)["node"]["evidence"] == [{"text": "Perwali 14/2022"}]


def test_assessments_are_listed_by_state_assessor_cohort_and_city(board, instrument, candidate):
    city = candidate()
    city.expert()
    candidate("Kota Lain").assessed(instrument, "3")
    document = """query($filter: AssessmentFilter) { national {
      assessments(filter: $filter) { nodes { state city { slug } } } } }"""
    listed = lambda **given: board.data(document, board.ministry, filter=given)["national"][  # noqa: E731
        "assessments"
    ]["nodes"]
    cohort = {"cohortId": {"eq": board.id}}
    assert len(listed(**cohort)) == 2
    draft = {"state": "DRAFT", "city": {"slug": city.city.slug}}
    assert listed(**cohort, state={"eq": "DRAFT"}) == [draft]
    assert listed(cityId={"eq": str(Key(CITY, city.city.id, None))}) == [draft]
