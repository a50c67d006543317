"""The city's year: who takes part, what they have made so far, and the line told of each act."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from kotacerdas.localtime import long_date
from kotacerdas.settings import Settings
from tests.journeys.people import Answer, Person
from tests.journeys.post import Post
from tests.journeys.product import Running
from tests.tenants.reference_files import (
    PILLARS,
    DemoPlan,
    Innovation,
    Innovations,
    Plan,
    SectionText,
    SectionTexts,
    Units,
    read,
)

CITY, NEIGHBOUR, EAST = "kota-bukittinggi", "kota-pariaman", "kabupaten-raja-ampat"
CITY_NAME, NEIGHBOUR_NAME = "Kota Bukittinggi", "Kota Pariaman"
EAST_NAME = "Kabupaten Raja Ampat"
COHORT = 2022
FOLDER = "demo/bukittinggi"


def units() -> Units:
    """The city's departments."""
    return read(Units, f"{FOLDER}/units.json")


def innovations() -> list[Innovation]:
    """What the departments have thought up, pillar by pillar."""
    files = [f"{FOLDER}/innovations_{pillar}.json" for pillar in PILLARS]
    return [each for file in files for each in read(Innovations, file).innovations]


def plan() -> Plan:
    """The masterplan's words."""
    return read(DemoPlan, f"{FOLDER}/plan.json")


def section_texts() -> list[SectionText]:
    """The texts of the books' sections."""
    return read(SectionTexts, f"{FOLDER}/sections.json").sections


@dataclass
class Year:
    """Everybody and everything of the story, by names that people use."""

    running: Running
    post: Post
    slug: str = CITY
    name: str = CITY_NAME
    head: str = "Wali Kota"
    canary: str = field(default_factory=lambda: f"kenari{uuid4().hex}")
    """Written into what is never published; whoever else reads it has seen too much."""
    people: dict[str, Person] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    dimensions: dict[str, str] = field(default_factory=dict)
    innovations: dict[str, Answer] = field(default_factory=dict)
    city_id: str = ""
    neighbour_id: str = ""
    cohort_id: str = ""
    neighbour_unit: str = ""
    participation: Answer = field(default_factory=dict)
    target: Answer = field(default_factory=dict)
    plan: Answer = field(default_factory=dict)
    version: Answer = field(default_factory=dict)
    book: Answer = field(default_factory=dict)
    publication: Answer = field(default_factory=dict)
    pages: int = 0
    programmes: int = 0
    foreign_rows: int = 0

    @property
    def settings(self) -> Settings:
        """Settings of the running product."""
        return self.running.settings

    def person(self, name: str, *, token: str | None = None) -> Person:
        """Return somebody new with a connection of their own, known by this name from now on."""
        self.people[name] = Person(self.settings.base_url, name, token=token)
        return self.people[name]

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def advance(self, who: Person, to: str, day: date, number: str | None = None) -> None:
        """Let somebody take the participation's next step."""
        self.participation = who.does("participationAdvance", **self.step(to, day, number))
        assert self.participation["stage"] == to

    def step(self, to: str, day: date, number: str | None = None) -> dict[str, object]:
        """Return the input of a step of the participation."""
        return {
            "id": self.participation["id"],
            "expected_version": self.participation["version"],
            "to": to,
            "occurred_on": day.isoformat(),
            "document_number": number,
        }

    def close(self) -> None:
        """Everybody leaves."""
        for person in self.people.values():
            person.close()
        self.post.close()


def told(day: date, text: str) -> None:
    """Print one line of the story."""
    print(f"{long_date(day, 'en'):>30}  {text}", flush=True)
