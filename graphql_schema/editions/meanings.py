"""What the values of the enums of editions and cohorts mean."""

from __future__ import annotations

from enum import Enum

from tenants.cities.models import ParticipationMode
from tenants.editions.models import CohortState, EditionState

EDITIONS: dict[type[Enum], dict[str, str]] = {
    ParticipationMode: {
        "INVITATION": "The ministry invited the region.",
        "SELECTION": "It answered an open call.",
        "OWN_INITIATIVE": "It takes part by its own means.",
    },
    EditionState: {
        "DRAFT": "The ministry writes it; no cohort may follow it yet.",
        "ACTIVE": "Complete; cohorts may follow it.",
        "RETIRED": "No further cohort may follow it; those that do go on.",
    },
    CohortState: {
        "PLANNED": "Nobody is invited yet; its edition may still be changed.",
        "OPEN": "Cities are invited; its edition stays.",
    },
}
