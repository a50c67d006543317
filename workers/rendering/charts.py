"""Charts as shares of their height, ready to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from workers.rendering.budgets import chart_ticks
from workers.rendering.figures import rupiah_short

Series = Sequence[tuple[str, dict[int, Decimal]]]


def stacked_bars(years: Sequence[int], series: Series, language: str) -> dict[str, Any]:
    """One stacked bar per year: `parts` and `ticks` hold shares of the axis between 0 and 1."""
    sums = {
        year: sum((values.get(year, Decimal(0)) for _, values in series), Decimal(0))
        for year in years
    }
    ticks = chart_ticks(max(sums.values(), default=Decimal(0)))
    return {
        "names": [name for name, _ in series],
        "ticks": [
            {"share": float(tick / ticks[-1]), "label": rupiah_short(tick, language)}
            for tick in ticks
        ],
        "bars": [
            {
                "year": str(year),
                "label": rupiah_short(sums[year], language) if sums[year] else "",
                "parts": [float(values.get(year, Decimal(0)) / ticks[-1]) for _, values in series],
            }
            for year in years
        ],
        "alt": "; ".join(f"{year}: {rupiah_short(sums[year], language)}" for year in years),
    }
