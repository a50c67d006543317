"""Who is told what of a masterplan's review: once a day and round, not once for each remark."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.identity.policy import Role, acting
from kotacerdas.identity.queries import members_with, still_members
from kotacerdas.scope import tenant_of
from tenants.experts.models import Assignment, ExpertPart
from tenants.masterplan.books.owners import Owner, people_of
from tenants.masterplan.models import Masterplan
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind as Kind
from tenants.remarks.models import Remark
from tenants.reviews.models import ReviewRound, RoundVerdict, RoundVerdictKind

VERDICTS: dict[RoundVerdictKind, Kind] = {
    RoundVerdictKind.ACCEPTED: Kind.ROUND_ACCEPTED,
    RoundVerdictKind.WITH_REMARKS: Kind.ROUND_WITH_REMARKS,
    RoundVerdictKind.REVISE: Kind.ROUND_REVISE,
}
CITY = (Role.CITY_ADMIN, Role.BAPPEDA, Role.REGION_HEAD)


def tell_remark(session: Session, plan: Masterplan, row: Remark, owner: Owner) -> None:
    """Tell the owner of a place that there are new remarks."""
    _tell(session, Kind.PLAN_REMARK, plan, row, people_of(session, owner), text=row.text)


def tell_reopened(session: Session, plan: Masterplan, row: Remark, owner: Owner) -> None:
    """Tell the owner that the answer was not enough yet; each time, for each is a task."""
    key = f"{row.id}:v{row.version}"
    people = people_of(session, owner)
    _tell(session, Kind.REMARK_REOPENED, plan, row, people, key=key, text=row.reply)


def tell_settled(session: Session, plan: Masterplan, row: Remark, owner: Owner) -> None:
    """Tell the owner that remarks were settled."""
    _tell(session, Kind.REMARKS_SETTLED, plan, row, people_of(session, owner))


def tell_answered(session: Session, plan: Masterplan, row: Remark) -> None:
    """Tell who wrote the remark, or the city's experts where that person has left the city."""
    people = still_members(session, [row.written_by]) or members_with(session, [Role.EXPERT])
    _tell(session, Kind.REMARKS_ANSWERED, plan, row, people, text=row.answer or "")


def tell_round(session: Session, title: str, held: ReviewRound) -> None:
    """Tell the city's assessors that the plan was presented and waits for their verdict."""
    data = {"name": title, "number": str(held.number)}
    people = _assessors(session) or members_with(session, [Role.EXPERT])
    tell(session, Kind.ROUND_OPENED, subject_id=held.id, data=data, people=people, key="")


def tell_verdict(session: Session, title: str, held: ReviewRound, row: RoundVerdict) -> None:
    """Tell the city what an assessor says of the plan."""
    data = {"name": title, "number": str(held.number), "reason": row.comment}
    tell(
        session,
        VERDICTS[row.verdict],
        subject_id=held.id,
        data=data,
        people=members_with(session, CITY),
        key=f"{row.id}:v{row.version}",
    )


def _assessors(session: Session) -> list[UUID]:
    mine = select(Assignment.person_id).where(
        Assignment.tenant_id == tenant_of(session),
        Assignment.part == ExpertPart.ASSESSOR,
        Assignment.ended_at.is_(None),
    )
    return list(session.scalars(mine.distinct()))


def _tell(
    session: Session,
    kind: Kind,
    plan: Masterplan,
    row: Remark,
    people: list[UUID],
    *,
    key: str = "",
    **data: str,
) -> None:
    facts = {"name": plan.title, "subject": row.subject_name, **data}
    others = [each for each in people if each != acting(session)]
    today = key or f"{row.round_id}:{datetime.now(UTC).date()}"
    tell(session, kind, subject_id=plan.id, data=facts, people=others, key=today)
