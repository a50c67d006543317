"""The analysis behind a plan as frozen content: sources, readiness, gaps, SWOT, goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class SourceContent:
    """A document that statements cite, as it was called when the version was frozen."""

    kind: str
    title: str
    number: str
    year: int | None
    link: str


@dataclass(frozen=True)
class CitationContent:
    """A page of source number `source`, counted from 1; or an indicator's value in a year."""

    source: int | None
    page: str
    indicator: str
    value: str
    year: int | None


Citations = tuple[CitationContent, ...]


@dataclass(frozen=True)
class GoalContent:
    """A goal by its place ("2.1": the first of mission 2) with the indicator that shows it."""

    place: str
    text: str
    indicator: str
    indicator_unit: str
    baseline: Decimal | None
    target: Decimal | None
    target_year: int | None
    citations: Citations


@dataclass(frozen=True)
class ReadinessContent:
    """How ready the city is in a part of an element; names are the edition's, in Indonesian."""

    element: str
    element_name: str
    part: str
    part_name: str
    score: int | None
    statement: str
    evidence: str
    citations: Citations


@dataclass(frozen=True)
class GapContent:
    """What lies between the present and the wanted state of a pillar."""

    pillar: str
    ordinal: int
    present: str
    wanted: str
    gap: str
    action: str
    citations: Citations


@dataclass(frozen=True)
class SwotContent:
    """A point by its code (S1, W2); `kind` is strength, weakness, opportunity or threat."""

    code: str
    kind: str
    text: str
    weight: Decimal | None
    rating: int | None
    citations: Citations


@dataclass(frozen=True)
class StrategyContent:
    """A strategy by its code (SO-1), and the codes of the points that it comes from."""

    code: str
    kind: str
    text: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class AnalysisContent:
    """Everything that the plan rests on.

    `missions` holds the citations of each mission, in order; scores lie on `readiness_scale`.
    """

    sources: tuple[SourceContent, ...] = ()
    vision: Citations = ()
    missions: tuple[Citations, ...] = ()
    goals: tuple[GoalContent, ...] = ()
    readiness_scale: tuple[int, int] = (1, 5)
    readiness: tuple[ReadinessContent, ...] = ()
    gaps: tuple[GapContent, ...] = ()
    swot: tuple[SwotContent, ...] = ()
    strategies: tuple[StrategyContent, ...] = ()


def analysis_from(value: Mapping[str, Any]) -> AnalysisContent:
    """Read an analysis from plain JSON data; raises KeyError or TypeError for another shape."""
    least, most = value["readiness_scale"]
    return AnalysisContent(
        sources=tuple(SourceContent(**each) for each in value["sources"]),
        vision=_citations(value["vision"]),
        missions=tuple(_citations(each) for each in value["missions"]),
        goals=tuple(_goal(each) for each in value["goals"]),
        readiness_scale=(least, most),
        readiness=tuple(ReadinessContent(**_cited(each)) for each in value["readiness"]),
        gaps=tuple(GapContent(**_cited(each)) for each in value["gaps"]),
        swot=tuple(_point(each) for each in value["swot"]),
        strategies=tuple(
            StrategyContent(**{**each, "points": tuple(each["points"])})
            for each in value["strategies"]
        ),
    )


def _goal(value: Mapping[str, Any]) -> GoalContent:
    numbers = {name: _decimal(value[name]) for name in ("baseline", "target")}
    return GoalContent(**{**_cited(value), **numbers})


def _point(value: Mapping[str, Any]) -> SwotContent:
    return SwotContent(**{**_cited(value), "weight": _decimal(value["weight"])})


def _cited(value: Mapping[str, Any]) -> dict[str, Any]:
    return {**value, "citations": _citations(value["citations"])}


def _citations(value: list[Mapping[str, Any]]) -> Citations:
    return tuple(CitationContent(**each) for each in value)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
