"""The year after: the city scores itself, is assessed, objects, and follows up."""

from __future__ import annotations

from datetime import date

from tests.journeys.people import Answer
from tests.journeys.submitting import step
from tests.journeys.year import CITY, CITY_NAME, Year, units

EVALUATED = date(2023, 12, 4)
ROUND = 2023
ITEMS = ["baseline", "output", "outcome", "quick_win"] + [
    f"impact.{pillar}"
    for pillar in ("government", "people", "mobility", "living", "economy", "environment")
]
OBJECTED = "outcome"


def evaluation(year: Year) -> None:
    """Play the round of 2023 from the ministry's word to a department's follow-up."""
    row = _self_scored(year, _joined(year))
    row = _assessed(year, row)
    row = _objected(year, row)
    _settled(year, row)
    _followed_up(year, row)


def _joined(year: Year) -> Answer:
    held = year["ministry"].does(
        "evaluationRoundOpen",
        year=ROUND,
        edition_code="pilar-2022",
        scale_maximum="5",
        self_score_due_at="2023-08-31T23:59:00+07:00",
        objection_days=7,
    )
    joins = {"city_id": year.city_id, "round_id": held["id"]}
    row = year["ministry"].does("evaluationTakePart", **joins)
    year["ministry"].is_refused("ALREADY_EVALUATED", "evaluationTakePart", **joins)
    year.post.expects("evaluation_opened", _office(year), year=ROUND, city=CITY_NAME)
    waiting = year["admin"].reads("cityTasks", slug=CITY, mine=True)["city"]["tasks"]
    assert {"SELF_SCORE"} <= {task["kind"] for task in waiting}
    return row


def _self_scored(year: Year, row: Answer) -> Answer:
    admin = year["admin"]
    admin.is_refused("SELF_SCORES_MISSING", "evaluationSubmit", **step(row))
    for item in ITEMS:
        score = {"evaluation_id": row["id"], "item": item, "score": "3.5", "expected_version": 0}
        admin.does("selfScoreWrite", **score, evidence=f"Laporan {item}; {year.canary}")
    year.post.expects("evaluation_submitted", [year["expert"].email], year=ROUND, city=CITY_NAME)
    return admin.does("evaluationSubmit", **step(row))


def _assessed(year: Year, row: Answer) -> Answer:
    expert = year["expert"]
    for item in ITEMS:
        score = {"evaluation_id": row["id"], "item": item, "score": "3", "expected_version": 0}
        year["admin"].is_refused("FORBIDDEN", "assessorScoreWrite", **score, reason="x")
        expert.does("assessorScoreWrite", **score, reason="Bukti sebagian.")
    for kind in ("STRENGTH", "WEAKNESS", "RECOMMENDATION"):
        expert.makes("findingWrite", evaluation_id=row["id"], kind=kind, text="Layanan daring.")
    year.post.expects("evaluation_provisional", _office(year), year=ROUND, city=CITY_NAME)
    return year["ministry"].does("evaluationConclude", **step(row))


def _objected(year: Year, row: Answer) -> Answer:
    admin = year["admin"]
    asked = {"evaluation_id": row["id"], "item": OBJECTED, "wanted_score": "3.5"}
    objection = admin.makes("objectionWrite", **asked, text="Bukti ada di lampiran.")
    year.post.expects("objection_written", [year["expert"].email], city=CITY_NAME, name="Outcome")
    upheld = {"uphold": True, "answer": "Bukti diterima.", "decided_score": "3.4"}
    year["expert"].does("objectionAnswer", **step(objection), **upheld)
    year.post.expects("objection_answered", _office(year), name="Outcome")
    return admin.does("evaluationAccept", **step(row))


def _settled(year: Year, row: Answer) -> None:
    letter = {"letter_number": "B-1204/2023", "letter_date": EVALUATED.isoformat()}
    done = year["ministry"].does("evaluationSettle", **step(row), **letter)
    readers = [*_office(year), year["mayor"].email]
    year.post.expects("evaluation_final", readers, year=ROUND, city=CITY_NAME)
    assert done["state"] == "PRIVATE"
    results = year["admin"].reads("evaluation", id=row["id"])["node"]["results"]
    assert [each["kind"] for each in results] == ["SELF", "PROVISIONAL", "FINAL"]
    assert [each["index"] for each in results] == ["3.5", "3", "3.12"]
    assert results[-1]["items"][0]["item"] == OBJECTED


def _followed_up(year: Year, row: Answer) -> None:
    admin, unit = year["admin"], units().units[0]
    found = admin.reads("evaluation", id=row["id"])["node"]["findings"]
    (advice,) = [each for each in found if each["kind"] == "RECOMMENDATION"]
    plan = {"unit_id": year.units[unit.short_name], "action": "Buka loket daring"}
    work = admin.makes("followUpPlan", finding_id=advice["id"], **plan, due_on="2024-03-28")
    people = [p.email for name, p in year.people.items() if name.endswith(f" of {unit.short_name}")]
    year.post.expects("follow_up_planned", people, unit=unit.name)
    done = {"outcome": "Loket dibuka.", "done_on": "2024-03-20"}
    assert admin.does("followUpFinish", **step(work), **done)["doneOn"] == "2024-03-20"


def _office(year: Year) -> list[str]:
    return [year["admin"].email, year["bappeda"].email]
