"""September: Bappeda writes the masterplan, places every accepted innovation, and it is frozen."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from tests.journeys.people import Answer
from tests.journeys.submitting import step
from tests.journeys.year import Year, innovations, plan
from tests.tenants.reference_files import Budget, Innovation, Programme

FROZEN = date(2022, 9, 23)


def writing(year: Year) -> None:
    """Bappeda opens the plan of 2023 to 2027 and writes vision, missions and goals."""
    bappeda, words = year["bappeda"], plan()
    made = bappeda.makes(
        "masterplanCreate",
        participation_id=year.participation["id"],
        title=words.title,
        period_start=words.period_start,
        period_end=words.period_end,
    )
    seen = bappeda.does("masterplanUpdate", **step(made), vision=words.vision)
    missions = [{"text": each.text, "goals": each.goals} for each in words.missions]
    bappeda.is_refused("STALE_VERSION", "missionsWrite", **step(made), missions=missions)
    year.plan = bappeda.does("missionsWrite", **step(seen), missions=missions)


def placement(year: Year) -> Answer:
    """Every accepted innovation becomes a programme; return the last, which lacks its money."""
    bappeda = year["bappeda"]
    goals = {goal["text"]: goal["id"] for each in year.plan["missions"] for goal in each["goals"]}
    accepted = [idea for idea in innovations() if idea.journey != "rejected"]
    refused_placements(year, accepted[0], goals)
    for idea in accepted:
        form = programme_of(year, idea, goals)
        if idea is accepted[-1]:
            form |= {"budgets": []}
        placed = bappeda.makes("innovationPlace", **form)
        year.programmes += 1
    return placed


def refused_placements(year: Year, idea: Innovation, goals: dict[str, str]) -> None:
    """Years outside the period, ambiguous money, a neighbour's department: nothing is placed."""
    bappeda, form = year["bappeda"], programme_of(year, idea, goals)
    first = form["budgets"][0]
    for code, path, change in (
        ("YEAR_OUTSIDE_PERIOD", ["budgets", "0", "year"], {"budgets": [{**first, "year": 2028}]}),
        (
            "INVALID",
            ["budgets", "0", "amountRupiah"],
            {"budgets": [{**first, "amountRupiah": "1.500"}]},
        ),
        ("NOT_FOUND", ["leadUnitId"], {"lead_unit_id": year.neighbour_unit}),
    ):
        changed = {**form, **change}
        error = bappeda.is_refused(code, "innovationPlace", **changed, idempotency_key=str(uuid4()))
        assert error["path"] == path, error


def freezing(year: Year, unfinished: Answer) -> None:
    """The first attempt names the programme without money; mended, the plan is frozen."""
    admin, bappeda = year["admin"], year["bappeda"]
    year.plan = bappeda.reads("masterplan", id=year.plan["id"])["node"]
    error = admin.is_refused("PROGRAMME_INCOMPLETE", "masterplanFreeze", **step(year.plan))
    assert error["path"] == ["programmes", unfinished["code"]], error
    assert "anggaran" in error["message"], error
    money = [_money(each) for each in _programme(_last()).budgets]
    bappeda.does("programmeUpdate", **step(unfinished), budgets=money)
    bappeda.is_refused("FORBIDDEN", "masterplanFreeze", **step(year.plan))
    year.version = admin.does("masterplanFreeze", **step(year.plan))
    assert year.version["number"] == 1
    year.post.expects("frozen", [bappeda.email, year["mayor"].email], number=1)
    admin.is_refused("NOTHING_CHANGED", "masterplanFreeze", **step(year.plan))


def programme_of(year: Year, idea: Innovation, goals: dict[str, str]) -> dict[str, Any]:
    """Return the form of a programme as Bappeda fills it in."""
    facts = _programme(idea)
    return {
        "innovation_id": year.innovations[idea.key]["id"],
        "goal_id": goals[facts.goal],
        "permendagri_code": facts.permendagri_code,
        "sub_dimension": facts.sub_dimension,
        "activity": facts.activity,
        "partners": facts.partners,
        "place": facts.place,
        "indicator": facts.indicator,
        "indicator_unit": facts.indicator_unit,
        "baseline": format(facts.baseline, "f"),
        "horizon": facts.horizon,
        "is_new": facts.is_new,
        "is_quick_win": facts.is_quick_win,
        "sdgs": facts.sdgs,
        "supporting_unit_ids": [year.units[name] for name in facts.supporting_units],
        "targets": [{"year": y, "value": format(v, "f")} for y, v in facts.targets.items()],
        "budgets": [_money(each) for each in facts.budgets],
    }


def _last() -> Innovation:
    return [idea for idea in innovations() if idea.journey != "rejected"][-1]


def _programme(idea: Innovation) -> Programme:
    assert idea.programme is not None, f"{idea.key} has no programme"
    return idea.programme


def _money(line: Budget) -> dict[str, Any]:
    return {"year": line.year, "source": line.source, "amountRupiah": str(line.amount_rupiah)}
