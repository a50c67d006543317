"""July: from the workshop's groups come readiness, gaps and SWOT, each resting on a source."""

from __future__ import annotations

from tests.journeys.people import Answer
from tests.journeys.submitting import step
from tests.journeys.year import COHORT, Year

SIDES = ("STRENGTH", "WEAKNESS", "OPPORTUNITY", "THREAT")
JOINED = {
    "SO": ("STRENGTH", "OPPORTUNITY"),
    "WO": ("WEAKNESS", "OPPORTUNITY"),
    "ST": ("STRENGTH", "THREAT"),
    "WT": ("WEAKNESS", "THREAT"),
}


def analysing(year: Year) -> int:
    """Write all of the analysis and cite it; return how many statements there are."""
    bappeda = year["bappeda"]
    source = bappeda.makes(
        "sourceDocumentCreate", city_id=year.city_id, kind="RPJMD", title="RPJMD 2021-2026"
    )
    cited = {"citations": [{"sourceDocumentId": source["id"], "page": "12"}]}
    of = {"masterplan_id": year.plan["id"]}
    parts = readiness(year, {**of, **cited})
    for dimension_id in year.dimensions.values():
        gap = "Data belum menyatu antar perangkat daerah."
        bappeda.makes("gapCreate", **of, **cited, dimension_id=dimension_id, gap=gap)
    points = {}
    for kind in SIDES:
        bare = {**of, "kind": kind, "text": f"Butir {kind.lower()} pertama"}
        points[kind] = bappeda.makes("swotPointCreate", **bare, **cited)["id"]
    for kind, sides in JOINED.items():
        chosen = {"kind": kind, "point_ids": [points[side] for side in sides]}
        bappeda.makes("swotStrategyCreate", **of, **chosen, text=f"Strategi {kind}")
    indicator = [{"indicator": "Indeks SPBE", "value": "2,8", "year": 2021}]
    plan = bappeda.reads("masterplan", id=year.plan["id"])["node"]
    year.plan = bappeda.does("masterplanUpdate", **step(plan), vision_citations=indicator)
    _nothing_rests_on_nothing(year)
    return parts + len(year.dimensions) + len(SIDES)


def readiness(year: Year, cited: Answer) -> int:
    """Assess every part of every element of the guide, once; return how many there are."""
    bappeda = year["bappeda"]
    elements = bappeda.reads("guide", year=COHORT)["cohorts"]["nodes"][0]["edition"][
        "readinessElements"
    ]
    places = [(each["code"], part["code"]) for each in elements for part in each["parts"]]
    for element, part in places:
        named = {"element": element, "part": part, "statement": f"Kesiapan {part} cukup"}
        bappeda.makes("readinessCreate", **cited, **named, score=3)
    again = {"element": places[0][0], "part": places[0][1]}
    bappeda.is_refused(
        "READINESS_EXISTS", "readinessCreate", **cited, **again, idempotency_key="r" * 20
    )
    return len(places)


def _nothing_rests_on_nothing(year: Year) -> None:
    """Only missions and goals still lack a citation: the analysis and the vision have theirs."""
    items = year["bappeda"].reads("shelves", id=year.plan["id"])["node"]["completeness"]["items"]
    uncited = {each["path"][0] for each in items if each["code"] == "STATEMENT_UNCITED"}
    assert uncited <= {"mission", "goal"}, uncited
