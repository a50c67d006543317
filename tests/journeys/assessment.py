"""The assessment by the instrument, and the ministry's letter that selects the city."""

from __future__ import annotations

import time
from datetime import date

from tests.journeys.joining import Guest, join
from tests.journeys.people import Answer
from tests.journeys.submitting import step
from tests.journeys.year import CITY_NAME, COHORT, Year

INSTRUMENT = "kesiapan-2022"
LETTER = "B-412/DJAI/AI.01.05/04/2022"
SCORES = {"assessor": "3", "second assessor": "2"}
"""Both assessors give the same for every parameter, so that the score is plain to see."""
SCORE = "62.50"
PATIENCE_SECONDS = 60


def assessment(year: Year, assessed: date, selected: date) -> None:
    """Two assessors score the city by the instrument; one letter of the ministry selects it."""
    parameters = _chosen(year)
    _shown(year, parameters)
    rows = _assigned(year)
    early = year.step("ASSESSED", assessed)
    year["admin"].is_refused("FORBIDDEN", "participationAdvance", **early)
    _scored(year, "assessor", rows["assessor"], parameters)
    year["ministry"].is_refused("ASSESSMENT_UNFINISHED", "participationAdvance", **early)
    _scored(year, "second assessor", rows["second assessor"], parameters)
    year.advance(year["ministry"], "ASSESSED", assessed)
    _ranked(year)
    by_hand = year.step("SELECTED", selected, LETTER)
    year["ministry"].is_refused("VERDICT_MISSING", "participationAdvance", **by_hand)
    _decided(year, selected)
    _released(year)


def _chosen(year: Year) -> list[Answer]:
    """The ministry assesses this cohort by the shipped instrument."""
    ministry = year["ministry"]
    national = ministry.reads("selection", year=COHORT)["national"]
    (instrument,) = [
        each for each in national["instruments"]["nodes"] if each["code"] == INSTRUMENT
    ]
    assert instrument["certainty"] == "RECALLED"
    year.cohort_id = national["selections"]["nodes"][0]["cohort"]["id"]
    use = {"cohort_id": year.cohort_id, "instrument_id": instrument["id"]}
    chosen = ministry.does("cohortUseInstrument", **use)
    assert chosen["instrument"] == {"code": INSTRUMENT}
    parameters: list[Answer] = instrument["parameters"]
    return parameters


def _shown(year: Year, parameters: list[Answer]) -> None:
    for each in parameters[:2]:
        year["admin"].does(
            "assessmentEvidenceWrite",
            participation_id=year.participation["id"],
            parameter_id=each["id"],
            text=f"{each['evidenceNeeded']}; {year.canary}",
            expected_version=0,
        )


def _assigned(year: Year) -> dict[str, Answer]:
    ministry, participation = year["ministry"], year.participation["id"]
    guests = [
        Guest(name, f"Asesor {place}", f"asesor{place}@pakar.example", "EXPERT")
        for place, name in enumerate(SCORES, start=1)
    ]
    join(year, ministry, year.city_id, CITY_NAME, guests)
    rows = {}
    for guest in guests:
        assessor = f"per_{year[guest.key].person_id().hex}"
        asked = {"participation_id": participation, "assessor_id": assessor}
        rows[guest.key] = ministry.does("assessmentAssign", **asked)
        ministry.is_refused("ASSESSOR_ASSIGNED", "assessmentAssign", **asked)
        year.post.expects("assessment_assigned", [guest.email], city=CITY_NAME, year=COHORT)
    return rows


def _scored(year: Year, name: str, row: Answer, parameters: list[Answer]) -> None:
    assessor = year[name]
    step = {"id": row["id"], "expected_version": row["version"]}
    answers = [
        {"parameterId": each["id"], "score": SCORES[name], "evidence": each["evidenceNeeded"]}
        for each in parameters
    ]
    row = assessor.does("assessmentWrite", **step, answers=answers)
    row = assessor.does("assessmentSubmit", id=row["id"], expected_version=row["version"])
    seen = assessor.reads("assessed", id=year.participation["id"])["node"]["assessments"]
    hidden = [each for each in seen if each["score"] is None]
    assert len(hidden) == sum(each["state"] == "DRAFT" for each in seen), seen


def _ranked(year: Year) -> None:
    (selection,) = year["ministry"].reads("selection", year=COHORT)["national"]["selections"][
        "nodes"
    ]
    (standing,) = selection["standings"]
    assert (standing["cityName"], standing["place"]) == (CITY_NAME, 1)
    assert (standing["score"], standing["spread"], standing["assessors"]) == (SCORE, "25.00", 2)


def _decided(year: Year, selected: date) -> None:
    """The letter decides; a job lets the stage follow, and the city is told."""
    verdict = {"participationId": year.participation["id"], "verdict": "SELECTED"}
    letter = {"cohort_id": year.cohort_id, "letter_number": LETTER, "verdicts": [verdict]}
    letter |= {"letter_date": selected.isoformat(), "publish_scores": True}
    year["ministry"].makes("selectionDecide", **letter)
    year.post.expects("verdict_selected", [year["admin"].email], city=CITY_NAME, year=COHORT)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        found: Answer = year["admin"].reads("assessed", id=year.participation["id"])["node"]
        if found["stage"] == "SELECTED":
            break
        assert time.monotonic() < deadline, "the stage did not follow the letter"
        time.sleep(0.25)
    told = found["verdict"]
    assert (told["letterNumber"], told["score"], told["place"]) == (LETTER, "62.5", 1)
    year.participation |= {"stage": "SELECTED", "version": found["version"]}


def _released(year: Year) -> None:
    """Whoever assessed the city does not stay to advise it."""
    rows = year["ministry"].reads("assignments")["national"]["assignments"]["nodes"]
    mine = [each for each in rows if each["city"]["id"] == year.city_id and not each["endedAt"]]
    assert [each["part"] for each in mine] == ["ASSESSOR"] * len(SCORES), rows
    for row in mine:
        year["ministry"].does("expertRelease", **step(row))
    people = [year[name].email for name in SCORES]
    year.post.expects("expert_released", people, city=CITY_NAME, year=COHORT)
