"""June to August: every department drafts its innovations, its head submits, the city endorses."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from tests.journeys.people import Answer
from tests.journeys.year import Year, innovations
from tests.tenants.reference_files import Innovation

DRAFTED, SUBMITTED = date(2022, 7, 15), date(2022, 8, 12)
"""The articles tell June to September; the days are made up."""

TEXTS = (
    *("problem", "solution", "benefit", "uniqueness", "partners"),
    *("replication", "sustainability", "risks", "resources"),
)


def fields_of(year: Year, idea: Innovation) -> dict[str, Any]:
    """Return the form of an innovation as its operator fills it in."""
    texts = {name: getattr(idea, name) for name in TEXTS}
    if idea.journey == "rejected":
        texts["risks"] += f" {year.canary}"
    return {
        "participation_id": year.participation["id"],
        "unit_id": year.units[idea.unit],
        "dimension_id": year.dimensions[idea.dimension],
        "name": idea.name,
        "kind": idea.kind,
        "maturity": idea.maturity,
        "budget_rupiah": str(idea.budget_rupiah),
        **texts,
    }


def step(thing: Answer) -> dict[str, Any]:
    """Return the input that names a thing in the version last read."""
    return {"id": thing["id"], "expected_version": thing["version"]}


def mistakes(year: Year) -> None:
    """An operator's first evening: ambiguous money, a double click, a step above their rank."""
    idea = innovations()[0]
    operator, head = year[f"operator of {idea.unit}"], year[f"head of {idea.unit}"]
    form = fields_of(year, idea)
    error = operator.is_refused(
        "INVALID",
        "innovationCreate",
        **{**form, "budget_rupiah": "1.500"},
        idempotency_key=str(uuid4()),
    )
    assert error["path"] == ["budgetRupiah"], error
    stranger = {**form, "unit_id": next(iter(set(year.units.values()) - {form["unit_id"]}))}
    once = {"idempotency_key": str(uuid4())}
    operator.is_refused("FORBIDDEN_UNIT", "innovationCreate", **stranger, **once)
    key = str(uuid4())
    first = operator.does("innovationCreate", **form, idempotency_key=key)
    again = operator.does("innovationCreate", **form, idempotency_key=key)
    assert first["id"] == again["id"], "one idempotency key made two innovations"
    operator.is_refused("FORBIDDEN", "innovationSubmit", **step(first))
    edited = operator.does("innovationUpdate", **step(first), budget_rupiah="1,5 M")
    head.is_refused("STALE_VERSION", "innovationSubmit", **step(first))
    cost = str(idea.budget_rupiah)
    year.innovations[idea.key] = head.does("innovationUpdate", **step(edited), budget_rupiah=cost)


def drafts(year: Year) -> None:
    """Operators draft what is not there yet; one draft stays in the drawer, with the canary."""
    for idea in innovations():
        if idea.key not in year.innovations:
            made = year[f"operator of {idea.unit}"].makes(
                "innovationCreate", **fields_of(year, idea)
            )
            year.innovations[idea.key] = made
    idea = innovations()[-1]
    unfinished = {**fields_of(year, idea), "name": "Belum matang", "problem": year.canary}
    year[f"operator of {idea.unit}"].makes("innovationCreate", **unfinished)


def submissions(year: Year) -> None:
    """Each head submits; the city's administrator and Bappeda are told and endorse by turns."""
    endorsers = [year["admin"], year["bappeda"]]
    for number, idea in enumerate(innovations()):
        submit(year, idea)
        endorse(year, idea, by=endorsers[number % 2].name)


def submit(year: Year, idea: Innovation) -> None:
    """Let the head of the department hand an innovation in."""
    head = year[f"head of {idea.unit}"]
    sent = head.does("innovationSubmit", **step(year.innovations[idea.key]))
    assert sent["state"] == "SUBMITTED", sent
    year.innovations[idea.key] = sent
    city = [year["admin"].email, year["bappeda"].email]
    year.post.expects("submitted", city, name=idea.name)


def endorse(year: Year, idea: Innovation, *, by: str = "admin") -> None:
    """Let the city pass an innovation on to the expert."""
    endorsed = year[by].does("innovationEndorse", **step(year.innovations[idea.key]))
    assert endorsed["state"] == "ENDORSED", endorsed
    year.innovations[idea.key] = endorsed
    year.post.expects("endorsed", [year["expert"].email], name=idea.name)
