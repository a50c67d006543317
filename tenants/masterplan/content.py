"""One frozen book as plain data: what the hash seals, what every writer renders."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import orjson

from tenants.masterplan.analysis_content import AnalysisContent, analysis_from
from tenants.masterplan.shelf_content import ShelfBook, books_from

FIRST_FORMAT = 1
"""Of versions frozen before content told its format: no analysis, and books only where any."""

FORMAT = 2
"""Of versions that are frozen today."""


@dataclass(frozen=True)
class CityFacts:
    """The city as the book names it; `name` is the full name ("Kota Bukittinggi")."""

    name: str
    kind: str
    province: str
    region_code: str
    head_title: str
    unit_label: str


@dataclass(frozen=True)
class BudgetContent:
    """Money of one source ("apbd", "csr", ...) for a programme in one year."""

    year: int
    source: str
    amount_rupiah: Decimal


@dataclass(frozen=True)
class TargetContent:
    """The value of the programme's indicator to be reached in one year."""

    year: int
    value: Decimal


@dataclass(frozen=True)
class ProgrammeContent:
    """A programme of one pillar.

    `horizon` is short, medium or long; `origin` names the innovation it came from, if any.
    """

    code: str
    permendagri_code: str
    name: str
    description: str
    goal: str
    sub_dimension: str
    activity: str
    lead_unit: str
    supporting_units: tuple[str, ...]
    partners: str
    indicator: str
    indicator_unit: str
    baseline: Decimal | None
    targets: tuple[TargetContent, ...]
    place: str
    budgets: tuple[BudgetContent, ...]
    horizon: str
    is_new: bool
    is_quick_win: bool
    sdgs: tuple[int, ...]
    origin: str = ""


@dataclass(frozen=True)
class MissionContent:
    """A mission and the goals (sasaran) it wants to reach."""

    ordinal: int
    text: str
    goals: tuple[str, ...]


@dataclass(frozen=True)
class DimensionContent:
    """A pillar of the guide edition with the programmes placed under it."""

    code: str
    name: str
    description: str
    programmes: tuple[ProgrammeContent, ...]


@dataclass(frozen=True)
class BookContent:
    """Everything that the books show.

    `language` (id or en) chooses the labels; what the city wrote stays as written. `format` tells
    which fields the frozen JSON has: a version keeps the one that it was frozen in, and its hash.
    """

    language: str
    title: str
    city: CityFacts
    edition_name: str
    cohort_year: int
    period_start: int
    period_end: int
    version: int
    frozen_on: date
    vision: str
    missions: tuple[MissionContent, ...]
    dimensions: tuple[DimensionContent, ...]
    content_hash: str = ""
    books: tuple[ShelfBook, ...] = ()
    """Sections with their texts; versions frozen before there were any have none."""
    analysis: AnalysisContent = field(default_factory=AnalysisContent)
    format: int = FIRST_FORMAT

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the plan's period, first to last."""
        return tuple(range(self.period_start, self.period_end + 1))

    def sealed(self) -> BookContent:
        """Return the same content with its own hash filled in."""
        return replace(self, content_hash=hash_of(self))


def to_json(content: BookContent) -> bytes:
    """Write canonical JSON: sorted keys, Decimal as plain string, dates as ISO.

    Content of the first format is written as it was then, so that its hash stays.
    """
    value = asdict(content)
    if content.format == FIRST_FORMAT:
        del value["format"], value["analysis"]
        if not content.books:
            del value["books"]
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS, default=_plain)


def from_json(data: bytes | str | Mapping[str, Any]) -> BookContent:
    """Read what `to_json` wrote, or the same as an already parsed object (a jsonb column).

    Raises KeyError or TypeError for a missing or unknown field.
    """
    value: Mapping[str, Any] = data if isinstance(data, Mapping) else orjson.loads(data)
    missions = tuple(
        MissionContent(item["ordinal"], item["text"], tuple(item["goals"]))
        for item in value["missions"]
    )
    fields = {
        **value,
        "city": CityFacts(**value["city"]),
        "frozen_on": date.fromisoformat(value["frozen_on"]),
        "missions": missions,
        "dimensions": tuple(_dimension(item) for item in value["dimensions"]),
        "books": books_from(value.get("books", [])),
    }
    if "analysis" in value:
        fields["analysis"] = analysis_from(value["analysis"])
    return BookContent(**fields)


def hash_of(content: BookContent) -> str:
    """SHA-256 over everything but `content_hash` itself, as lower-case hexadecimal."""
    return hashlib.sha256(to_json(replace(content, content_hash=""))).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no place in a book's content")


def _dimension(value: Mapping[str, Any]) -> DimensionContent:
    programmes = tuple(_programme(item) for item in value["programmes"])
    return DimensionContent(**{**value, "programmes": programmes})


def _programme(value: Mapping[str, Any]) -> ProgrammeContent:
    baseline = value["baseline"]
    fields = {
        **value,
        "supporting_units": tuple(value["supporting_units"]),
        "sdgs": tuple(value["sdgs"]),
        "baseline": None if baseline is None else Decimal(baseline),
        "targets": tuple(
            TargetContent(year=item["year"], value=Decimal(item["value"]))
            for item in value["targets"]
        ),
        "budgets": tuple(
            BudgetContent(item["year"], item["source"], Decimal(item["amount_rupiah"]))
            for item in value["budgets"]
        ),
    }
    return ProgrammeContent(**fields)
