"""The states of an innovation and the steps between them; pure data."""

from __future__ import annotations

from enum import StrEnum


class InnovationState(StrEnum):
    """Where an innovation stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ENDORSED = "endorsed"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PLACED = "placed"


S = InnovationState
NEXT: dict[InnovationState, tuple[InnovationState, ...]] = {
    S.DRAFT: (S.SUBMITTED,),
    S.SUBMITTED: (S.ENDORSED, S.RETURNED),
    S.ENDORSED: (S.IN_REVIEW,),
    S.IN_REVIEW: (S.ACCEPTED, S.RETURNED, S.REJECTED),
    S.RETURNED: (S.SUBMITTED,),
    S.ACCEPTED: (S.PLACED,),
    S.REJECTED: (),
    S.PLACED: (),
}
"""The unit's head submits, the city endorses or returns, an expert gives the verdict."""

EDITABLE = frozenset({S.DRAFT, S.RETURNED})
"""States in which the unit may change the working copy."""
