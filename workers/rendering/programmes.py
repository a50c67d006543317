"""One programme as the book shows it: in its card, in the tables and on the roadmap."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tenants.masterplan.content import BookContent, ProgrammeContent
from workers.rendering import budgets as money
from workers.rendering import figures
from workers.rendering.galley import Galley

LONG_CARD = 1_200


def programme_card(
    content: BookContent, programme: ProgrammeContent, galley: Galley
) -> dict[str, Any]:
    """All strings of one programme; `is_long` lets its card break across pages."""
    code = galley.code(programme.code, "kode program")
    where = f"program {code}"
    prose = (programme.description, programme.activity, programme.partners, programme.goal)
    return {
        "code": code,
        "permendagri_code": galley.code(programme.permendagri_code, where),
        "name": galley.heading(programme.name, where),
        "name_cell": galley.cell(programme.name, where),
        "description": galley.prose(programme.description, where),
        "goal": " ".join(galley.prose(programme.goal, where)),
        "sub_dimension": galley.cell(programme.sub_dimension, where),
        "activity": galley.prose(programme.activity, where),
        "lead_unit": galley.cell(programme.lead_unit, where),
        "supporting_units": [galley.cell(unit, where) for unit in programme.supporting_units],
        "partners": " ".join(galley.prose(programme.partners, where)),
        "indicator": galley.cell(programme.indicator, where),
        "indicator_unit": galley.code(programme.indicator_unit, where),
        "place": galley.cell(programme.place, where),
        "horizon": programme.horizon,
        "is_new": programme.is_new,
        "is_quick_win": programme.is_quick_win,
        "sdgs": ", ".join(str(goal) for goal in programme.sdgs),
        "origin": galley.cell(programme.origin, where),
        "is_long": sum(map(len, prose)) > LONG_CARD,
        **_figures(content, programme),
    }


def _figures(content: BookContent, programme: ProgrammeContent) -> dict[str, Any]:
    language = content.language
    values = {target.year: target.value for target in programme.targets}
    sums = money.by_year(programme.budgets)
    busy = {year for year, amount in sums.items() if amount} | set(values)
    last = max(values, default=None)
    return {
        "baseline": _written(programme.baseline, figures.decimal, language),
        "baseline_short": _written(programme.baseline, figures.decimal_short, language),
        "targets": {
            str(year): _written(values.get(year), figures.decimal_short, language)
            for year in content.years
        },
        "last_target": "" if last is None else figures.decimal(values[last], language),
        "last_target_short": "" if last is None else figures.decimal_short(values[last], language),
        "last_year": "" if last is None else str(last),
        "by_year": {
            str(year): figures.rupiah(sums[year], language) if sums.get(year) else ""
            for year in content.years
        },
        "busy": {str(year): year in busy for year in content.years},
        "total": figures.rupiah(money.total(programme.budgets), language),
        "sources": list(money.by_source(programme.budgets)),
    }


def _written(value: Decimal | None, form: Callable[[Decimal, str], str], language: str) -> str:
    return "" if value is None else form(value, language)
