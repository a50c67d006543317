"""Shapes of the reference files, strict: an unknown or missing field is an error."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from tenants.editions.rules import Content

FOLDER = files("tenants.cities") / "reference"
PILLARS = ("government", "people", "mobility", "living", "economy", "environment")
Certainty = Literal["confirmed", "reported", "recalled"]
Text = Annotated[str, Field(min_length=1)]
Money = Annotated[Decimal, Field(gt=0, decimal_places=2)]
Label = Literal["SKPD", "OPD", "PD"]
S = TypeVar("S", bound="Shape")


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Names(Shape):
    id: Text
    en: Text


class Editions(Shape):
    editions: list[Content]


class Fact(Shape):
    field: Literal["quota", "repeats", "signed", "finished", "edition", "theme", "target_date"]
    certainty: Certainty
    source: Text


class Cohort(Shape):
    year: int
    edition: str
    theme: str | None
    quota: int
    repeats: int | None
    signed: int | None
    finished: int | None
    target_date: date | None
    target_precision: Literal["day", "month"] | None
    facts: list[Fact]


class Total(Shape):
    through_year: int
    participations: int
    regions: int
    certainty: Certainty
    source: Text


class Cohorts(Shape):
    certainties: dict[Certainty, Text]
    cohorts: list[Cohort]
    announced_totals: list[Total]


class Unit(Shape):
    name: Text
    short_name: Text
    kind: Literal["sekretariat", "inspektorat", "dinas", "badan", "kecamatan", "lainnya"]


class Units(Shape):
    demo: Literal[True]
    label: Label
    units: list[Unit]


class Person(Shape):
    role: Literal["city_admin", "bappeda", "unit_operator", "unit_head"]
    unit: str
    local_part: Annotated[str, Field(pattern=r"^[a-z0-9.-]+$")]
    display_name: Text


class People(Shape):
    demo: Literal[True]
    people: list[Person]


class City(Shape):
    region_code: str
    name: str
    slug: Annotated[str, Field(pattern=r"^[a-z-]+$")]
    zone: str
    unit_label: Label
    cohort_year: int
    edition: str


class DemoCity(City):
    demo: Literal[True]


class OtherCity(City):
    note: Text


class Mission(Shape):
    text: Text
    goals: Annotated[list[Text], Field(min_length=2, max_length=3)]


class Plan(Shape):
    title: Text
    period_start: int
    period_end: int
    vision: Text
    missions: list[Mission]


class SectionText(Shape):
    book: int
    chapter: Text
    body: dict[str, Any]


class SectionTexts(Shape):
    demo: Literal[True]
    sections: list[SectionText]


class DemoPlan(Plan):
    demo: Literal[True]


class Budget(Shape):
    year: int
    source: Literal["APBD", "APBN", "DAK", "CSR", "KPBU", "OTHER"]
    amount_rupiah: Money


class Programme(Shape):
    sub_dimension: str
    permendagri_code: str
    goal: Text
    activity: Text
    supporting_units: Annotated[list[str], Field(min_length=1)]
    partners: Text
    indicator: Text
    indicator_unit: Text
    baseline: Decimal
    targets: dict[int, Decimal]
    place: Text
    budgets: Annotated[list[Budget], Field(min_length=1)]
    horizon: Literal["SHORT", "MEDIUM", "LONG"]
    is_new: bool
    is_quick_win: bool
    sdgs: Annotated[list[int], Field(min_length=1)]


class RemarkText(Shape):
    field: str
    text: Text
    blocking: Literal[True]


class Innovation(Shape):
    key: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
    unit: str
    dimension: str
    name: Annotated[str, Field(min_length=1, max_length=200)]
    kind: Literal["DIGITAL", "NON_DIGITAL", "TECHNOLOGY"]
    maturity: Literal["IDEA", "TRIAL", "APPLIED"]
    problem: Text
    solution: Text
    benefit: Text
    uniqueness: Text
    partners: Text
    replication: Text
    sustainability: Text
    risks: Text
    resources: Text
    budget_rupiah: Money
    programme: Programme | None = None
    journey: Literal["returned", "rejected"] | None = None
    remark: RemarkText | None = None
    revision: dict[str, Text] | None = None
    reason: Text | None = None


class Innovations(Shape):
    demo: Literal[True]
    dimension: str
    innovations: list[Innovation]


class Speaker(Shape):
    name: Text
    part: Text
    certainty: Certainty


class Event(Shape):
    key: str
    kind: Literal["assessment", "memorandum", "bimtek", "commitment", "target"]
    date: date
    precision: Literal["day", "month", "before"]
    name: Names
    place: str | None
    certainty: Certainty
    sources: Annotated[list[Text], Field(min_length=1)]
    note: str | None = None
    people: list[Speaker] = []


class Events(Shape):
    demo: Literal[False]
    events: list[Event]


class SecondCity(Shape):
    demo: Literal[True]
    city: OtherCity
    units: list[Unit]
    people: list[Person]
    plan: Plan
    innovations: list[Innovation]


def read(shape: type[S], path: str) -> S:
    return shape.model_validate(json.loads((FOLDER / path).read_text(encoding="utf-8")))
