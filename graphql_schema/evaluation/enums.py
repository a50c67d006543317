"""Enums of the evaluation: what each value means."""

from __future__ import annotations

from enum import Enum

from tenants.evaluation.models import EvaluationState, FindingKind, ObjectionState, ResultKind

MEANINGS: dict[type[Enum], dict[str, str]] = {
    EvaluationState: {
        "SELF_SCORING": "The city scores itself.",
        "ASSESSING": "Assessors score it.",
        "PROVISIONAL": "The result is stated to the city, which may object.",
        "PRIVATE": "The final result is stated to the city alone.",
        "PUBLISHED": "Everybody may read the final result.",
    },
    ResultKind: {
        "SELF": "Of the city's own scores.",
        "PROVISIONAL": "Of the assessors' scores, before objections.",
        "FINAL": "Of the assessors' scores, after objections.",
    },
    FindingKind: {
        "STRENGTH": "What the city does well.",
        "WEAKNESS": "What it lacks.",
        "RECOMMENDATION": "What it should do.",
    },
    ObjectionState: {
        "OPEN": "It awaits its answer.",
        "UPHELD": "A new score was decided.",
        "DISMISSED": "The score stays.",
    },
}
