"""The demo's content as it lies in `tenants/cities/reference/demo/`; its tests check the shapes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kotacerdas.tenancy import Json
from tenants.cities.reference import FOLDER
from tenants.submissions.workflow import InnovationState as S

PILLARS = ("government", "people", "mobility", "living", "economy", "environment")

OPEN: dict[str, S] = {
    "terang-secukupnya": S.DRAFT,
    "wudu-kedua": S.SUBMITTED,
    "wisata-malam-ngarai": S.ENDORSED,
    "benang-kurai": S.IN_REVIEW,
    "kabar-jalan": S.ACCEPTED,
    "dermaga-kabar": S.SUBMITTED,
    "tabuik-terjaga": S.SUBMITTED,
    "lelang-pagi": S.DRAFT,
    "lari-ke-atas": S.DRAFT,
}
"""Innovations that have not come to their end, so that each step can be tried by hand."""

JOURNEYS = {"returned": S.RETURNED, "rejected": S.REJECTED}


@dataclass(frozen=True)
class DemoCity:
    """One city's content; `domain` ends its people's e-mail addresses."""

    facts: Json
    domain: str
    units: list[Json]
    people: list[Json]
    plan: Json
    sections: list[Json]
    analysis: Json
    innovations: list[Json]

    @property
    def code(self) -> str:
        """The region's code."""
        return str(self.facts["region_code"])

    def email(self, local_part: str) -> str:
        """Return the address of one of the city's people."""
        return f"{local_part}@{self.domain}"

    def email_of(self, role: str, unit: str) -> str:
        """Return the address of who holds a role in a unit."""
        holders = (one for one in self.people if (one["role"], one["unit"]) == (role, unit))
        return self.email(next(holders)["local_part"])


def destination(innovation: Json) -> S:
    """Return the state to which the demo leads an innovation."""
    journey = innovation.get("journey")
    return JOURNEYS[journey] if journey else OPEN.get(innovation["key"], S.PLACED)


def bukittinggi() -> DemoCity:
    """Read the city whose year is played."""
    folder = FOLDER / "demo" / "bukittinggi"
    return DemoCity(
        facts=_read(folder / "city.json"),
        domain="bukittinggi.demo",
        units=_read(folder / "units.json")["units"],
        people=_read(folder / "people.json")["people"],
        plan=_read(folder / "plan.json"),
        sections=_read(folder / "sections.json")["sections"],
        analysis=_read(folder / "analysis.json"),
        innovations=[
            innovation
            for pillar in PILLARS
            for innovation in _read(folder / f"innovations_{pillar}.json")["innovations"]
        ],
    )


def pariaman() -> DemoCity:
    """Read the neighbour, which has only begun."""
    content = _read(FOLDER / "demo" / "pariaman.json")
    return DemoCity(
        facts=content["city"],
        domain="pariaman.demo",
        units=content["units"],
        people=content["people"],
        plan=content["plan"],
        sections=[],
        analysis={},
        innovations=content["innovations"],
    )


def events() -> dict[str, Json]:
    """Read the public events of Bukittinggi's year by their keys."""
    content = _read(FOLDER / "demo" / "bukittinggi" / "events.json")
    return {event["key"]: event for event in content["events"]}


def _read(path: Path) -> Any:  # noqa: ANN401  (checked by the test of the files)
    return json.loads(path.read_text(encoding="utf-8"))
