"""August and September: the expert reads every innovation; one comes back, one is rejected."""

from __future__ import annotations

from datetime import date

from tests.journeys.people import Answer
from tests.journeys.submitting import endorse, step, submit
from tests.journeys.year import Year, innovations
from tests.tenants.reference_files import Innovation

REVIEWED = date(2022, 9, 9)


def reviews(year: Year) -> None:
    """The expert takes up each innovation and gives the verdict that it deserves."""
    for idea in innovations():
        review = _start(year, idea)
        match idea.journey:
            case "returned":
                _return_and_accept(year, idea, review)
            case "rejected":
                reason = f"{idea.reason} {year.canary}"
                year["expert"].is_refused(
                    "REASON_MISSING", "reviewDecide", **step(review), verdict="REJECTED"
                )
                _decide(year, idea, review, "REJECTED", reason)
            case None:
                _decide(year, idea, review, "ACCEPTED")


def _return_and_accept(year: Year, idea: Innovation, review: Answer) -> None:
    """A blocking remark keeps the innovation from acceptance until the unit has revised it."""
    expert = year["expert"]
    remark = _remark(year, idea, review)
    accepting = {**step(review), "verdict": "ACCEPTED"}
    expert.is_refused("REMARKS_UNSETTLED", "reviewDecide", **accepting)
    _decide(year, idea, review, "RETURNED")
    head = year[f"head of {idea.unit}"]
    returned = year.innovations[idea.key]
    head.is_refused("REMARKS_UNANSWERED", "innovationSubmit", **step(returned))
    answered = _revise(year, idea, remark)
    submit(year, idea)
    endorse(year, idea)
    second = _start(year, idea)
    accepting = {**step(second), "verdict": "ACCEPTED"}
    expert.is_refused("REMARKS_UNSETTLED", "reviewDecide", **accepting)
    settled = expert.does("remarkSettle", **step(answered))
    assert settled["state"] == "SETTLED"
    _decide(year, idea, second, "ACCEPTED")


def _start(year: Year, idea: Innovation) -> Answer:
    return year["expert"].does("reviewStart", **step(year.innovations[idea.key]))


def _remark(year: Year, idea: Innovation, review: Answer) -> Answer:
    assert idea.remark is not None
    remark = year["expert"].makes(
        "remarkAdd",
        review_id=review["id"],
        anchor=idea.remark.field.upper(),
        text=idea.remark.text,
        blocking=idea.remark.blocking,
    )
    year.post.expects("remark", _unit(year, idea), name=idea.name)
    return remark


def _revise(year: Year, idea: Innovation, remark: Answer) -> Answer:
    """The operator answers the remark and rewrites the fields that it is about."""
    assert idea.revision is not None
    operator = year[f"operator of {idea.unit}"]
    answered = operator.does(
        "remarkAnswer", **step(remark), answer="Penanggung jawab, biaya dan jadwal sudah ditulis."
    )
    year.innovations[idea.key] = operator.does(
        "innovationUpdate", **step(year.innovations[idea.key]), **idea.revision
    )
    return answered


def _decide(year: Year, idea: Innovation, review: Answer, verdict: str, words: str = "") -> None:
    decided = year["expert"].does("reviewDecide", **step(review), verdict=verdict, comment=words)
    assert decided["verdict"] == verdict
    year.innovations[idea.key] = _innovation(year, idea)
    year.post.expects(verdict.lower(), _unit(year, idea), name=idea.name)


def _innovation(year: Year, idea: Innovation) -> Answer:
    """Read an innovation anew, as its department sees it after a verdict."""
    found: Answer = year[f"head of {idea.unit}"].reads(
        "innovation", id=year.innovations[idea.key]["id"]
    )["node"]
    return found


def _unit(year: Year, idea: Innovation) -> list[str]:
    return [year[f"operator of {idea.unit}"].email, year[f"head of {idea.unit}"].email]
