"""Enums of the assessment: what each value means."""

from __future__ import annotations

from enum import Enum

from tenants.assessment.models import AssessmentState, Certainty, VerdictKind

MEANINGS: dict[type[Enum], dict[str, str]] = {
    AssessmentState: {
        "DRAFT": "The assessor still writes.",
        "SUBMITTED": "Handed in; its score counts.",
        "RELEASED": "The assessor was released before handing it in; it counts for nothing.",
    },
    Certainty: {
        "CONFIRMED": "Two independent sources, or the ministry's own statement.",
        "REPORTED": "One source, or sources that differ in a detail.",
        "RECALLED": "From memory, without a source.",
    },
    VerdictKind: {
        "SELECTED": "The city takes part.",
        "RESERVE": "It follows when a place becomes free, in the order of the reserve list.",
        "NOT_SELECTED": "It does not take part in this cohort.",
    },
}
