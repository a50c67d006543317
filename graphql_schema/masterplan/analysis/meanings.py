"""What the values of the analysis's enums mean."""

from __future__ import annotations

from enum import Enum

from tenants.masterplan.analysis.models import SourceKind, StrategyKind, SwotKind

ANALYSIS: dict[type[Enum], dict[str, str]] = {
    SourceKind: {
        "RPJMD": "The region's five-year development plan.",
        "RKPD": "The region's yearly work plan.",
        "RENSTRA": "A department's strategic plan.",
        "RTRW": "The region's spatial plan.",
        "BPS": "A publication of Statistics Indonesia.",
        "REGULATION": "A law, regulation or decree.",
        "OTHER": "Any further document.",
    },
    SwotKind: {
        "STRENGTH": "Helpful, and the city's own (kekuatan).",
        "WEAKNESS": "Harmful, and the city's own (kelemahan).",
        "OPPORTUNITY": "Helpful, from outside (peluang).",
        "THREAT": "Harmful, from outside (ancaman).",
    },
    StrategyKind: {
        "SO": "Strengths that use opportunities.",
        "WO": "Weaknesses overcome by opportunities.",
        "ST": "Strengths that avert threats.",
        "WT": "Weaknesses kept from threats.",
    },
}
