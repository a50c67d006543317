"""The analysis made ready for the template, and the numbered list of what it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import Any

from tenants.masterplan.analysis_content import (
    CitationContent,
    Citations,
    GapContent,
    ReadinessContent,
    SourceContent,
    SwotContent,
)
from tenants.masterplan.content import BookContent
from tenants.masterplan.richtext.grammar import DataSource
from workers.rendering import figures
from workers.rendering.galley import Galley

Data = dict[str, Any]

SIDES = ("strength", "weakness", "opportunity", "threat")
KINDS = ("so", "wo", "st", "wt")
LONG_TEXT = 900
PAGE = {"id": "hlm.", "en": "p."}


class References:
    """Numbers what is cited, in the order of its first use."""

    def __init__(self, content: BookContent, galley: Galley) -> None:
        self._sources, self._language = content.analysis.sources, content.language
        self._galley = galley
        self._numbers: dict[str, int] = {}
        self.entries: list[str] = []

    def cited(self, citations: Citations) -> list[Data]:
        """Return each citation as the number of its entry, and the page of a document."""
        return [self._cited(each) for each in citations]

    def _cited(self, citation: CitationContent) -> Data:
        words = self._words(citation)
        if words not in self._numbers:
            self.entries.append(words)
            self._numbers[words] = len(self.entries)
        page = self._galley.line(citation.page, "rujukan") if citation.source else ""
        where = f", {PAGE[self._language]}\u00a0{page}" if page else ""
        return {"number": str(self._numbers[words]), "page": where}

    def _words(self, citation: CitationContent) -> str:
        if citation.source is None:
            value = f": {citation.value}" if citation.value else ""
            year = f" ({citation.year})" if citation.year else ""
            return self._galley.line(f"{citation.indicator}{value}{year}", "rujukan")
        return self._galley.line(_named(self._sources[citation.source - 1]), "rujukan")


def evidence(
    content: BookContent, shown: Collection[str], galley: Galley, references: References
) -> Data:
    """Return what the books show of the analysis; what they leave out gets no references."""
    found, made = content.analysis, Data()
    if DataSource.VISION in shown:
        missions = [references.cited(each) for each in found.missions]
        goals = {each.place: references.cited(each.citations) for each in found.goals}
        vision = references.cited(found.vision)
        made["cited"] = {"vision": vision, "missions": missions, "goals": goals}
    if DataSource.READINESS in shown:
        made["readiness"] = _readiness(content, galley, references)
    if DataSource.GAP in shown:
        made["gaps"] = [
            {
                "pillar": galley.heading(pillar, "kesenjangan"),
                "rows": rows,
                "is_long": any(row["is_long"] for row in rows),
            }
            for pillar, rows in _gaps(found.gaps, galley, references)
        ]
    if DataSource.SWOT in shown:
        made["swot"] = _swot(content, galley, references)
    return made


def _readiness(content: BookContent, galley: Galley, references: References) -> Data:
    _, most = content.analysis.readiness_scale
    rows = content.analysis.readiness
    elements = [
        {
            "name": galley.heading(name, "kesiapan"),
            "parts": [_part(each, galley, references) for each in inside],
        }
        for name, inside in groupby(rows, key=lambda row: row.element_name)
    ]
    scored = [each for each in rows if each.score is not None]
    axes = [
        {"name": galley.line(each.part_name, "kesiapan"), "share": _share(each, most)}
        for each in scored
    ]
    alt = "; ".join(f"{each.part_name}: {each.score}" for each in scored)
    text = galley.line(alt, "kesiapan")
    long = _any_long(row.statement for row in rows) or _any_long(row.evidence for row in rows)
    drawn = {"axes": axes, "alt": text, "most": most}
    return {**drawn, "elements": elements, "is_long": long}


def _any_long(texts: Iterable[str]) -> bool:
    """Whether a text might fill a page, were its row not broken."""
    return any(len(text) > LONG_TEXT for text in texts)


def _share(row: ReadinessContent, most: int) -> float:
    return (row.score or 0) / most


def _part(row: ReadinessContent, galley: Galley, references: References) -> Data:
    where = f"kesiapan {row.part_name}"
    return {
        "name": galley.cell(row.part_name, where),
        "score": row.score,
        "statement": galley.prose(row.statement, where),
        "evidence": galley.prose(row.evidence, where),
        "cites": references.cited(row.citations),
    }


def _gaps(
    gaps: tuple[GapContent, ...], galley: Galley, references: References
) -> Iterator[tuple[str, list[Data]]]:
    for pillar, inside in groupby(gaps, key=lambda each: each.pillar):
        rows = []
        for each in inside:
            where = f"kesenjangan {pillar} {each.ordinal}"
            names = ("present", "wanted", "gap", "action")
            words = {name: galley.prose(getattr(each, name), where) for name in names}
            long = _any_long(getattr(each, name) for name in names)
            rows.append({**words, "is_long": long, "cites": references.cited(each.citations)})
        yield pillar, rows


def _swot(content: BookContent, galley: Galley, references: References) -> Data:
    points = {
        side: [
            _point(each, content.language, galley, references)
            for each in content.analysis.swot
            if each.kind == side
        ]
        for side in SIDES
    }
    strategies = {
        kind: [
            {
                "code": each.code,
                "text": galley.prose(each.text, each.code),
                "points": ", ".join(each.points),
            }
            for each in content.analysis.strategies
            if each.kind == kind
        ]
        for kind in KINDS
    }
    return {**points, **strategies, "any_strategy": any(strategies.values())}


def _point(row: SwotContent, language: str, galley: Galley, references: References) -> Data:
    weight = "" if row.weight is None else figures.decimal(row.weight, language)
    return {
        "code": row.code,
        "text": galley.prose(row.text, f"SWOT {row.code}"),
        "weight": weight,
        "rating": "" if row.rating is None else str(row.rating),
        "cites": references.cited(row.citations),
    }


def _named(source: SourceContent) -> str:
    """Write a document with its number and year, which its title may hold already."""
    year = str(source.year or "")
    number = source.number if source.number not in source.title else ""
    if year and (year in number or year in source.title):
        year = ""
    mark = "/".join(filter(None, (number, year)))
    return ". ".join(filter(None, (source.title, mark and f"({mark})", source.link)))
