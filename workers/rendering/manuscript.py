"""A book's content made ready for the template: every string final, every sum done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tenants.masterplan.content import BookContent, DimensionContent, MissionContent
from workers.rendering import budgets as money
from workers.rendering import figures
from workers.rendering.charts import stacked_bars
from workers.rendering.evidence import References, evidence
from workers.rendering.fonts import coverage
from workers.rendering.galley import Galley
from workers.rendering.programmes import programme_card
from workers.rendering.shelf import MASTERPLAN, parts
from workers.rendering.shelf import shown as seen_in

YEARS_PER_TABLE = 5
HEADER_LENGTH = 50

Data = dict[str, Any]


@dataclass(frozen=True)
class Manuscript:
    """Data of the template, and what readers must be warned of."""

    data: Data
    warnings: tuple[str, ...]


def manuscript(content: BookContent, numbers: Sequence[int] = (MASTERPLAN,)) -> Manuscript:
    """Prepare the books of these numbers as one file; pure and repeatable."""
    galley = Galley(content.language, coverage())
    chosen = parts(content, numbers, galley)
    shown = {name for part in chosen for name in seen_in(part)}
    references = References(content, galley)
    proof = evidence(content, shown, galley, references)
    pillars = [
        _pillar(content, dimension, index, galley)
        for index, dimension in enumerate(content.dimensions)
    ]
    data = {
        **_front(content, galley),
        "numbers": _listed([part["number"] for part in chosen], content.language),
        "parts": chosen,
        **proof,
        "references": references.entries,
        "vision": galley.prose(content.vision, "visi"),
        "missions": [_mission(mission, galley) for mission in content.missions],
        "pillars": pillars,
        **_totals(content, pillars),
    }
    return Manuscript(data, galley.warnings)


def _front(content: BookContent, galley: Galley) -> Data:
    title = galley.heading(content.title, "judul")
    years = content.years
    groups = range(0, len(years), YEARS_PER_TABLE)
    return {
        "language": content.language,
        "title": title,
        "running_title": _shortened(title),
        "city": galley.line(content.city.name, "nama daerah"),
        "province": galley.line(content.city.province, "provinsi"),
        "region_code": galley.code(content.city.region_code, "kode wilayah"),
        "head_title": galley.line(content.city.head_title, "kepala daerah"),
        "unit_label": galley.line(content.city.unit_label, "sebutan perangkat daerah"),
        "edition": galley.line(content.edition_name, "edisi panduan"),
        "cohort_year": str(content.cohort_year),
        "years": [str(year) for year in years],
        "year_groups": [[str(y) for y in years[at : at + YEARS_PER_TABLE]] for at in groups],
        "version": str(content.version),
        "frozen_on": figures.long_date(content.frozen_on, content.language),
        "hash": content.content_hash,
    }


def _mission(mission: MissionContent, galley: Galley) -> Data:
    where = f"misi {mission.ordinal}"
    return {
        "ordinal": str(mission.ordinal),
        "text": galley.prose(mission.text, where),
        "goals": [galley.prose(goal, f"{where}, sasaran") for goal in mission.goals],
    }


def _pillar(content: BookContent, dimension: DimensionContent, index: int, galley: Galley) -> Data:
    language = content.language
    where = f"pilar {index + 1}"
    name = galley.heading(dimension.name, where)
    spent = money.budgets_of(dimension)
    sums = money.by_year(spent)
    sources = money.by_source(spent)
    series = [(source, money.by_year(group)) for source, group in sources.items()]
    return {
        "code": galley.code(dimension.code, where),
        "name": name,
        "running_name": _shortened(name),
        "name_cell": galley.cell(dimension.name, where),
        "description": galley.prose(dimension.description, where),
        "programmes": [programme_card(content, p, galley) for p in dimension.programmes],
        "units": len({programme.lead_unit for programme in dimension.programmes}),
        "quick_wins": sum(programme.is_quick_win for programme in dimension.programmes),
        "by_year": {str(year): figures.rupiah(sums[year], language) for year in content.years},
        "total": figures.rupiah(money.total(spent), language),
        "total_short": figures.rupiah_short(money.total(spent), language),
        "money_length": len(figures.rupiah(money.total(spent), language)),
        "chart": stacked_bars(content.years, series, language),
    }


def _totals(content: BookContent, pillars: list[Data]) -> Data:
    language = content.language
    spent = [budget for dimension in content.dimensions for budget in money.budgets_of(dimension)]
    series = [
        (pillar["name"], money.by_year(money.budgets_of(dimension)))
        for pillar, dimension in zip(pillars, content.dimensions, strict=True)
    ]
    rows = [
        {"source": source, **_amounts(content, money.by_year(group), money.total(group))}
        for source, group in money.by_source(spent).items()
    ]
    return {
        "by_source": rows,
        "totals": _amounts(content, money.by_year(spent), money.total(spent)),
        "total_short": figures.rupiah_short(money.total(spent), language),
        "money_length": len(figures.rupiah(money.total(spent), language)),
        "programme_count": sum(len(dimension.programmes) for dimension in content.dimensions),
        "unit_count": len({p.lead_unit for d in content.dimensions for p in d.programmes}),
        "quick_win_count": sum(p.is_quick_win for d in content.dimensions for p in d.programmes),
        "chart": stacked_bars(content.years, series, language),
    }


def _amounts(content: BookContent, sums: dict[int, Decimal], whole: Decimal) -> Data:
    language = content.language
    return {
        "by_year": {
            str(year): figures.rupiah(sums.get(year, Decimal(0)), language)
            for year in content.years
        },
        "total": figures.rupiah(whole, language),
    }


def _listed(numbers: list[str], language: str) -> str:
    """Write `1, 2, dan 3`, or `1 dan 2`."""
    *first, last = numbers
    both = {"id": "dan", "en": "and"}[language]
    comma = "," if len(first) > 1 else ""
    return f"{', '.join(first)}{comma} {both} {last}" if first else last


def _shortened(title: str) -> str:
    """Running headers have one line."""
    return title if len(title) <= HEADER_LENGTH else title[: HEADER_LENGTH - 1] + "…"
