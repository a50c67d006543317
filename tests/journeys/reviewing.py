"""August to October: the expert reads every innovation, and the masterplan as presented."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from tests.journeys.people import Answer
from tests.journeys.sections import sections_of, shelves
from tests.journeys.submitting import endorse, step, submit
from tests.journeys.year import CITY, CITY_NAME, Year, innovations, plan
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
    year.post.expects("remarks_answered", [year["expert"].email], name=idea.name)
    return answered


def round_of_plan(year: Year) -> None:
    """Remarks on a section and on a programme's target are answered, settled, and judged."""
    (held,) = _rounds(year)["reviewRounds"]
    section, target = _section_remark(year), _target_remark(year)
    _refused_early(year)
    unit = _answered(year, section, target)
    expert = year["expert"]
    waits = {each["subjectId"] for each in expert.reads("ownInbox")["viewer"]["reviewInbox"]}
    assert {held["id"], section["id"], target["id"]} <= waits
    for remark in _rounds(year)["remarks"]["nodes"]:
        assert (remark["state"], remark["orphaned"], remark["round"]) == (
            "ANSWERED",
            False,
            {"id": held["id"]},
        )
        assert expert.does("remarkSettle", **step(remark))["state"] == "SETTLED"
    bappeda = year["bappeda"].email
    year.post.expects("remarks_settled", [bappeda], subject=section["subjectName"])
    year.post.expects("remarks_settled", unit, subject=target["subjectName"])
    judged = {"verdict": "WITH_REMARKS", "comment": "Kuat; jaga sumber datanya."}
    expert.does("reviewRoundJudge", id=held["id"], **judged)
    city = [year["admin"].email, bappeda, year["mayor"].email]
    year.post.expects("round_with_remarks", city, city=CITY_NAME)


def _section_remark(year: Year) -> Answer:
    """The expert quotes the first words of the introduction."""
    section = sections_of(shelves(year, "expert"))[1, "introduction"]
    block = next(each for each in section["body"]["blocks"] if each["type"] == "paragraph")
    quote = " ".join(block["content"][0]["text"].split()[:4])
    asked = {"masterplan_id": year.plan["id"], "subject_id": section["id"], "quote": quote}
    words = {"text": f"Sebutkan sumber dan tahunnya. {year.canary}", "blocking": True}
    year["admin"].is_refused("FORBIDDEN", "masterplanRemarkAdd", **asked, **words, **_key())
    lost = {**asked, "quote": "kata yang tidak ada"}
    year["expert"].is_refused("QUOTE_NOT_FOUND", "masterplanRemarkAdd", **lost, **words, **_key())
    made = year["expert"].makes("masterplanRemarkAdd", **asked, **words)
    assert (made["quote"], made["excerpt"], made["orphaned"]) == (quote, True, False)
    year.post.expects("plan_remark", [year["bappeda"].email], subject=made["subjectName"])
    return made


def _target_remark(year: Year) -> Answer:
    programme = _programme(year)
    target = programme["targets"][0]
    made = year["expert"].makes(
        "masterplanRemarkAdd",
        masterplan_id=year.plan["id"],
        subject_id=programme["id"],
        field="TARGETS",
        year=target["year"],
        text="Apa dasar target ini?",
        blocking=True,
    )
    assert made["subjectName"].startswith(programme["code"])
    unit = _people(year, programme["leadUnit"]["shortName"])
    year.post.expects("plan_remark", unit, subject=made["subjectName"])
    return made


def _refused_early(year: Year) -> None:
    """Acceptance names both remarks and the verdict that is lacking."""
    lacking = year["admin"].reads("lacking", id=year.participation["id"])["node"]["missing"]
    assert sorted(each["code"] for each in lacking) == [
        "PLAN_REMARK_UNSETTLED",
        "PLAN_REMARK_UNSETTLED",
        "PLAN_VERDICT_MISSING",
    ]


def _answered(year: Year, section: Answer, target: Answer) -> list[str]:
    """Bappeda answers for the book, the lead unit for its programme; return the unit's people."""
    name = _programme(year)["leadUnit"]["shortName"]
    operator = year[f"operator of {name}"]
    operator.is_refused("FORBIDDEN_UNIT", "remarkAnswer", **step(section), answer="Bukan kami.")
    year["bappeda"].does("remarkAnswer", **step(section), answer="Sumbernya RPJMD 2021-2026.")
    operator.does("remarkAnswer", **step(target), answer="Dihitung dari capaian tahun lalu.")
    year.post.expects("remarks_answered", [year["expert"].email], name=plan().title)
    return _people(year, name)


def _rounds(year: Year) -> Answer:
    found: Answer = year["expert"].reads("rounds", id=year.plan["id"])["node"]
    return found


def _programme(year: Year) -> Answer:
    city = year["expert"].reads("wholePlan", slug=CITY)["city"]
    plans = [each["masterplan"] for each in city["participations"]["nodes"]]
    found: Answer = plans[0]["programmes"]["nodes"][0]
    return found


def _people(year: Year, unit: str) -> list[str]:
    return [year[f"operator of {unit}"].email, year[f"head of {unit}"].email]


def _key() -> dict[str, str]:
    return {"idempotency_key": str(uuid4())}


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
    return _people(year, idea.unit)
