"""What the data blocks of a frozen section show of the analysis, as plain tables."""

from __future__ import annotations

from tenants.masterplan.analysis_content import CitationContent, Citations
from tenants.masterplan.content import BookContent

Table = tuple[list[str], list[list[str]]]
"""The heads of columns and the rows below them."""

SIDES = {
    "strength": "Kekuatan",
    "weakness": "Kelemahan",
    "opportunity": "Peluang",
    "threat": "Ancaman",
}
CITED = "Rujukan"


def readiness(content: BookContent) -> Table:
    """Each part of readiness with its score, statement and evidence."""
    rows = [
        [
            each.element_name,
            each.part_name,
            "" if each.score is None else str(each.score),
            each.statement,
            each.evidence,
            _cited(content, each.citations),
        ]
        for each in content.analysis.readiness
    ]
    return ["Unsur", "Bagian", "Skor", "Keadaan", "Bukti", CITED], rows


def gaps(content: BookContent) -> Table:
    """Each gap of each pillar, and what closes it."""
    rows = [
        [
            each.pillar,
            each.present,
            each.wanted,
            each.gap,
            each.action,
            _cited(content, each.citations),
        ]
        for each in content.analysis.gaps
    ]
    return ["Pilar", "Keadaan kini", "Keadaan harapan", "Kesenjangan", "Tindakan", CITED], rows


def swot(content: BookContent) -> Table:
    """Points of the four sides, then the strategies that follow from them."""
    rows = [
        [SIDES[each.kind], each.code, each.text, _cited(content, each.citations)]
        for each in content.analysis.swot
    ]
    rows += [
        [f"Strategi {each.kind.upper()}", each.code, each.text, ", ".join(each.points)]
        for each in content.analysis.strategies
    ]
    return ["Bagian", "Kode", "Isi", "Dasar"], rows


def vision(content: BookContent) -> Table:
    """Vision, missions and goals with what each rests on."""
    found = content.analysis
    goals = {each.place: each.citations for each in found.goals}
    missions = dict(enumerate(found.missions))
    rows = [["Visi", content.vision, _cited(content, found.vision)]]
    for place, mission in enumerate(content.missions):
        number = mission.ordinal
        cited = _cited(content, missions.get(place, ()))
        rows.append([f"Misi {number}", mission.text, cited])
        for ordinal, text in enumerate(mission.goals, start=1):
            goal = f"{number}.{ordinal}"
            rows.append([f"Sasaran {goal}", text, _cited(content, goals.get(goal, ()))])
    return ["Bagian", "Isi", CITED], rows


def _cited(content: BookContent, citations: Citations) -> str:
    return "; ".join(cited_text(content, each) for each in citations)


def cited_text(content: BookContent, citation: CitationContent) -> str:
    """Name what is cited: `RPJMD 2021-2026, hlm. 12`, or an indicator with its value and year."""
    if citation.source is not None:
        title = content.analysis.sources[citation.source - 1].title
        return f"{title}, hlm. {citation.page}" if citation.page else title
    value = f": {citation.value}" if citation.value else ""
    year = f" ({citation.year})" if citation.year else ""
    return f"{citation.indicator}{value}{year}"
