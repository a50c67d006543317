"""What the values of the enums of editions and cohorts mean."""

from __future__ import annotations

from enum import Enum

from tenants.assessment.models import VerdictKind
from tenants.cities.models import ParticipationMode
from tenants.editions.models import EditionState

EDITIONS: dict[type[Enum], dict[str, str]] = {
    ParticipationMode: {
        "INVITATION": "The ministry invited the region.",
        "SELECTION": "It answered an open call.",
        "OWN_INITIATIVE": "It takes part by its own means.",
    },
    VerdictKind: {
        "SELECTED": "The city takes part.",
        "RESERVE": "It follows when a place becomes free, in the order of the reserve list.",
        "NOT_SELECTED": "It does not take part in this cohort.",
    },
    EditionState: {
        "DRAFT": "The ministry writes it; no cohort may follow it yet.",
        "ACTIVE": "Complete; cohorts may follow it.",
    },
}
