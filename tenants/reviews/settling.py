"""Answering a remark, settling it, asking again: of innovations and of masterplans alike."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import Forbidden, NotFound
from kotacerdas.identity.policy import Permission, permitted, require
from kotacerdas.rows import locked, refuse_stale
from kotacerdas.scope import scope_of, tenant_of
from tenants.masterplan.books.owners import Owner
from tenants.masterplan.models import Masterplan
from tenants.remarks import steps
from tenants.remarks.models import Remark
from tenants.reviews.places import BAPPEDA, subject_of
from tenants.reviews.standing import plan_named, under_review
from tenants.reviews.telling import tell_answered, tell_reopened, tell_settled
from tenants.submissions import remarks as of_innovation

NOBODYS = UUID(int=0)
"""No unit has it: whoever is bound to one does not answer for the city."""


def answer(session: Session, remark_id: UUID, *, answer: str, expected_version: int) -> Remark:
    """Answer a remark, by the unit that owns its place or by the city's planners.

    Raises NotFound, Forbidden, ForbiddenUnit, StaleVersion, RemarkSettled, Invalid for the answer,
    and where the innovation or the plan is not under review InnovationWrongState or
    PLAN_REVIEW_CLOSED.
    """
    _require_any(session, Permission.INNOVATION_WRITE, Permission.SECTION_WRITE)
    plan = _plan_of(session, remark_id)
    if plan is None:
        return of_innovation.answer_remark(
            session, remark_id, answer=answer, expected_version=expected_version
        )
    under_review(session, plan)
    row = locked(session, Remark, remark_id)
    unit_id = _owner(session, plan, row).unit_id or NOBODYS
    require(session, Permission.SECTION_WRITE, unit_id=unit_id)
    refuse_stale(row, expected_version)
    steps.note_answer(session, row, answer)
    tell_answered(session, plan, row)
    return row


def settle(session: Session, remark_id: UUID, *, expected_version: int) -> Remark:
    """Agree that a remark is done with, by an expert or the ministry; raises as `answer` does."""
    _require_any(session, Permission.INNOVATION_REVIEW, Permission.MASTERPLAN_REVIEW)
    plan = _plan_of(session, remark_id)
    if plan is None:
        return of_innovation.settle_remark(session, remark_id, expected_version=expected_version)
    row = _to_review(session, plan, remark_id, expected_version)
    steps.note_settled(session, row)
    tell_settled(session, plan, row, _owner(session, plan, row))
    return row


def reopen(session: Session, remark_id: UUID, *, reply: str, expected_version: int) -> Remark:
    """Ask again where the answer is not enough, and tell the owner what is still lacking.

    Raises RemarkOpen, and else as `answer` does.
    """
    _require_any(session, Permission.INNOVATION_REVIEW, Permission.MASTERPLAN_REVIEW)
    plan = _plan_of(session, remark_id)
    if plan is None:
        return of_innovation.reopen_remark(
            session, remark_id, reply=reply, expected_version=expected_version
        )
    row = _to_review(session, plan, remark_id, expected_version)
    steps.note_reopened(session, row, reply)
    session.flush()  # each reopening is told once, by the version that it makes
    tell_reopened(session, plan, row, _owner(session, plan, row))
    return row


def _require_any(session: Session, *permissions: Permission) -> None:
    scope = scope_of(session)
    held = next((each for each in permissions if permitted(scope, each)), permissions[0])
    require(session, held)


def _plan_of(session: Session, remark_id: UUID) -> Masterplan | None:
    """Return the plan that a remark belongs to; None where it belongs to an innovation."""
    row = session.get(Remark, (tenant_of(session), remark_id))
    if row is None:
        raise NotFound
    return plan_named(session, row.masterplan_id) if row.masterplan_id else None


def _to_review(
    session: Session, plan: Masterplan, remark_id: UUID, expected_version: int
) -> Remark:
    if not permitted(scope_of(session), Permission.MASTERPLAN_REVIEW):
        raise Forbidden(permission=Permission.MASTERPLAN_REVIEW.value)
    under_review(session, plan)
    return locked(session, Remark, remark_id, expected_version=expected_version)


def _owner(session: Session, plan: Masterplan, row: Remark) -> Owner:
    """Whoever owns the place now; Bappeda where it is gone."""
    subject = subject_of(session, plan, row.about, row.subject_id)
    return subject.owner if subject else BAPPEDA
