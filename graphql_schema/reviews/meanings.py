"""Enums of reviews: what each value means."""

from __future__ import annotations

from enum import Enum

from tenants.remarks.anchors import LABELS, RemarkField
from tenants.remarks.models import RemarkAbout, RemarkState
from tenants.reviews.models import RoundVerdictKind


def _field(field: RemarkField) -> str:
    return f"What the form calls “{LABELS[field][0]}”: {LABELS[field][1]}."


REVIEWS: dict[type[Enum], dict[str, str]] = {
    RemarkField: {field.name: _field(field) for field in RemarkField},
    RemarkAbout: {
        "INNOVATION": "An innovation of a department.",
        "SECTION": "A section of one of the books.",
        "PROGRAMME": "A programme with its targets and budgets.",
        "VISION": "The vision of the plan.",
        "MISSION": "One of the missions.",
        "GOAL": "A goal (sasaran) of a mission.",
        "READINESS": "A statement of readiness.",
        "GAP": "A gap between present and wanted state.",
        "SWOT": "A strength, weakness, opportunity or threat.",
        "STRATEGY": "A strategy from the SWOT points.",
    },
    RemarkState: {
        "OPEN": "The unit has yet to answer.",
        "ANSWERED": "The unit answered; the expert has yet to agree.",
        "SETTLED": "The expert agreed.",
    },
    RoundVerdictKind: {
        "ACCEPTED": "Good as it was presented.",
        "WITH_REMARKS": "Good, with remarks that the city still follows.",
        "REVISE": "To be revised and presented again.",
    },
}
