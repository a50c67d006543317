"""The plan under review, and the stages of its participation in which remarks are exchanged."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.errors import NotFound, WrongState
from kotacerdas.scope import tenant_of
from tenants.cities.models import Participation
from tenants.cities.texts import STAGES
from tenants.cities.workflow import Stage
from tenants.masterplan.models import Masterplan
from tenants.reviews.models import ReviewRound

REVIEWABLE = frozenset(
    {Stage.COMMITTED, Stage.INSTITUTED, Stage.MENTORED, Stage.PRESENTED, Stage.REVISION}
)
"""From the first draft with the mentors to the last round of revision."""


class ReviewClosed(WrongState):
    """The masterplan is not, or no longer, under review."""

    code = "PLAN_REVIEW_CLOSED"
    id = (
        "Masterplan ini tidak sedang ditelaah: keikutsertaannya pada tahap {state_id}. Catatan"
        " ditulis, dijawab dan diselesaikan dari tahap berkomitmen sampai perbaikan."
        " Tunggu tahap itu."
    )
    en = (
        "This masterplan is not under review: its participation is in stage {state_en}. Remarks are"
        " written, answered and settled from the stage committed to revision. Wait for it."
    )


def plan_named(session: Session, masterplan_id: UUID, *path: str) -> Masterplan:
    """Return a plan of the session's city; raises NotFound at the input field `path`."""
    plan = session.get(Masterplan, (tenant_of(session), masterplan_id))
    if plan is None:
        raise NotFound(path=path)
    return plan


def under_review(session: Session, plan: Masterplan) -> Participation:
    """Return the plan's participation, kept in its stage; raises PLAN_REVIEW_CLOSED."""
    row = kept(session, plan.participation_id)
    if row.stage not in REVIEWABLE:
        state_id, state_en = STAGES[row.stage]
        raise ReviewClosed(state_id=state_id, state_en=state_en)
    return row


def kept(session: Session, participation_id: UUID) -> Participation:
    """Return a participation that stays in its stage until the transaction ends.

    So no remark or verdict slips in beside the step that counts them.
    """
    key = (tenant_of(session), participation_id)
    return session.get_one(Participation, key, with_for_update={"read": True})


def plan_of(session: Session, row: Participation) -> Masterplan | None:
    """Return the participation's masterplan, if one was begun."""
    of = {"tenant_id": row.tenant_id, "participation_id": row.id}
    return session.scalar(select(Masterplan).filter_by(**of))


def open_round(session: Session, row: Participation) -> ReviewRound | None:
    """Return the round that is open, if one is."""
    mine = select(ReviewRound).where(
        ReviewRound.tenant_id == row.tenant_id,
        ReviewRound.participation_id == row.id,
        ReviewRound.closed_at.is_(None),
    )
    return session.scalar(mine)


def last_round(session: Session, row: Participation) -> ReviewRound | None:
    """Return the latest round, open or not, if the plan was ever presented."""
    mine = select(ReviewRound).where(
        ReviewRound.tenant_id == row.tenant_id, ReviewRound.participation_id == row.id
    )
    return session.scalar(mine.order_by(ReviewRound.number.desc()).limit(1))
