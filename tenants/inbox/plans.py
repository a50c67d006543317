"""What waits of masterplans under review: answers to settle, and rounds to judge."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, or_

from kotacerdas.identity.models import Membership
from kotacerdas.identity.policy import Role
from tenants.cities.models import Participation
from tenants.masterplan.models import Masterplan
from tenants.remarks.models import Remark, RemarkState
from tenants.reviews.models import ReviewRound, RoundVerdict
from tenants.reviews.standing import REVIEWABLE


def to_settle(columns: Select[Any], tenant_id: int, person_id: UUID) -> Select[Any]:
    """Confine to answered remarks on a plan under review that are the person's to follow.

    Their own, and those of people who are no experts here any more.
    """
    writer_stays = exists().where(
        Membership.tenant_id == tenant_id,
        Membership.person_id == Remark.written_by,
        Membership.role == Role.EXPERT,
        Membership.ended_at.is_(None),
    )
    return columns.where(
        Remark.tenant_id == tenant_id,
        Remark.state == RemarkState.ANSWERED,
        or_(Remark.written_by == person_id, ~writer_stays),
        Masterplan.tenant_id == tenant_id,
        Masterplan.id == Remark.masterplan_id,
        Participation.tenant_id == tenant_id,
        Participation.id == Masterplan.participation_id,
        Participation.stage.in_(REVIEWABLE),
    )


def to_judge(columns: Select[Any], tenant_id: int, person_id: UUID) -> Select[Any]:
    """Confine to open rounds in which the person has given no verdict."""
    given = exists().where(
        RoundVerdict.tenant_id == tenant_id,
        RoundVerdict.round_id == ReviewRound.id,
        RoundVerdict.person_id == person_id,
    )
    return columns.where(
        ReviewRound.tenant_id == tenant_id,
        ReviewRound.closed_at.is_(None),
        Masterplan.tenant_id == tenant_id,
        Masterplan.participation_id == ReviewRound.participation_id,
        ~given,
    )
