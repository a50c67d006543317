"""From one expert to the next: notes, and the change in one step."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.errors import Forbidden, Invalid
from kotacerdas.identity.policy import Permission, acting, require
from kotacerdas.values import text_value
from tenants.experts.assigning import (
    begin,
    current,
    finish,
    named,
    open_reviews,
    tell_assigned,
    tell_released,
)
from tenants.experts.models import Assignment


def reassign(
    session: Session, assignment_id: UUID, *, successor_id: UUID, expected_version: int
) -> Assignment:
    """End an assignment, give it to a successor with its open reviews, and tell both.

    Returns the successor's. Raises Forbidden, NotFound, StaleVersion, AssignmentEnded, Invalid for
    the same person, NotAnExpert, AssignmentConflict or AlreadyAssigned.
    """
    require(session, Permission.COHORT_MANAGE)
    row = current(session, assignment_id, expected_version)
    if successor_id == row.person_id:
        raise Invalid(
            "successorId",
            "pengganti harus orang lain. Pilih tenaga ahli lain.",
            "the successor must be somebody else. Choose another expert.",
        )
    predecessor = named(session, row.person_id)
    following = begin(
        session,
        successor_id,
        part=row.part,
        cycle=row.cycle,
        replaces_id=row.id,
        path="successorId",
    )
    for review in open_reviews(session, row):
        before = {"reviewer_id": review.reviewer_id}
        review.reviewer_id = successor_id
        after = {"reviewer_id": successor_id}
        audit.record(session, "review.reassign", "review", review.id, before=before, after=after)
    finish(session, row)
    tell_assigned(session, following, predecessor=predecessor)
    tell_released(session, row, successor=named(session, successor_id))
    return following


def write_handover(
    session: Session, assignment_id: UUID, *, text: str, expected_version: int
) -> Assignment:
    """Keep what a successor has to know; its writer, the successor and the ministry read it.

    Raises Forbidden unless the assignment is the actor's, NotFound, StaleVersion, AssignmentEnded,
    or Invalid for the text.
    """
    require(session, Permission.INNOVATION_REVIEW)
    row = current(session, assignment_id, expected_version)
    if row.person_id != acting(session):
        raise Forbidden(permission=Permission.INNOVATION_REVIEW.value)
    words = text_value(text, path=("text",))
    before, row.handover = {"handover": row.handover}, words
    after = {"handover": words}
    audit.record(session, "assignment.handover", "assignment", row.id, before=before, after=after)
    return row
