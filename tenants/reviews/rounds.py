"""Rounds of a masterplan's review: one for each presentation, and the assessors' verdicts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, NotFound, StaleVersion, WrongState
from kotacerdas.identity.policy import Permission, acting, require
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from kotacerdas.values import text_value
from tenants.cities.models import Participation
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort
from tenants.experts.assigning import refuse_other_part
from tenants.experts.models import ExpertPart
from tenants.masterplan.models import Masterplan, MasterplanVersion
from tenants.reviews.models import ReviewRound, RoundVerdict, RoundVerdictKind
from tenants.reviews.standing import kept, open_round, plan_of
from tenants.reviews.telling import tell_round, tell_verdict


class RoundClosed(WrongState):
    """The round has ended."""

    code = "ROUND_CLOSED"
    id = "Putaran {number} sudah ditutup. Beri putusan pada putaran berikutnya, setelah ekspose."
    en = "Round {number} is closed. Give your verdict in the next round, after the presentation."


class ReviseReasonMissing(DomainError):
    """The city must learn what to revise."""

    code = "REVISE_REASON_MISSING"
    id = "Putusan revisi memerlukan alasan. Isi komentarnya: apa yang harus diperbaiki."
    en = "A verdict of revision needs its reason. Write in the comment what has to be revised."


def follow(session: Session, row: Participation, occurred_on: date) -> None:
    """Open a round where the participation is presented now, and close it where it goes on."""
    held = open_round(session, row)
    if held is not None:
        held.closed_at, held.outcome = datetime.now(UTC), row.stage
        after = {"outcome": row.stage}
        audit.record(session, "review_round.close", "review_round", held.id, after=after)
    if row.stage is Stage.PRESENTED:
        _open(session, row, occurred_on)


def judge(
    session: Session,
    round_id: UUID,
    *,
    verdict: RoundVerdictKind,
    comment: str,
    expected_version: int = 0,
) -> RoundVerdict:
    """Give the acting assessor's verdict on the plan as presented, and tell the city.

    `expected_version` is that of the assessor's own verdict, 0 where there is none yet. Raises
    Forbidden, NotFound, RoundClosed, StaleVersion, ReviseReasonMissing, Invalid for the comment, or
    AssignmentConflict for who mentors the city in that cycle.
    """
    require(session, Permission.MASTERPLAN_REVIEW)
    words = text_value(comment, path=("comment",))
    participation = _presented(session, round_id)
    held = locked(session, ReviewRound, round_id)
    cycle = session.get_one(Cohort, participation.cohort_id).year
    refuse_other_part(session, part=ExpertPart.ASSESSOR, cycle=cycle)
    if held.closed_at is not None:
        raise RoundClosed(number=held.number)
    if verdict is RoundVerdictKind.REVISE and not words:
        raise ReviseReasonMissing(path=("comment",))
    row = _own(session, held, expected_version)
    before = {"verdict": row.verdict, "comment": row.comment}
    row.verdict, row.comment = verdict, words
    session.add(row)
    session.flush()  # the caller reads the version, and each verdict is told once for it
    facts = {"before": before, "after": {"verdict": verdict, "comment": words}}
    audit.record(session, "review_round.judge", "round_verdict", row.id, **facts)
    plan = plan_of(session, participation)
    tell_verdict(session, plan.title if plan else "", held, row)
    return row


def verdicts(session: Session, held: ReviewRound) -> list[RoundVerdict]:
    """Return the verdicts of a round, the first one first."""
    mine = (RoundVerdict.tenant_id == held.tenant_id) & (RoundVerdict.round_id == held.id)
    return list(session.scalars(select(RoundVerdict).where(mine).order_by(RoundVerdict.id)))


def _presented(session: Session, round_id: UUID) -> Participation:
    """The participation of a round, kept in its stage; raises NotFound."""
    mine = (ReviewRound.tenant_id == tenant_of(session)) & (ReviewRound.id == round_id)
    participation_id = session.scalar(select(ReviewRound.participation_id).where(mine))
    if participation_id is None:
        raise NotFound
    return kept(session, participation_id)


def _own(session: Session, held: ReviewRound, expected_version: int) -> RoundVerdict:
    """The actor's verdict as it stands, or a new one; the round is locked."""
    person_id = acting(session)
    mine = (RoundVerdict.tenant_id == held.tenant_id) & (RoundVerdict.round_id == held.id)
    row = session.scalar(select(RoundVerdict).where(mine, RoundVerdict.person_id == person_id))
    current = row.version if row else 0
    if current != expected_version:
        raise StaleVersion(current_version=current)
    return row or RoundVerdict(
        tenant_id=held.tenant_id, id=uuid7(), round_id=held.id, person_id=person_id
    )


def _open(session: Session, row: Participation, occurred_on: date) -> None:
    numbers = (ReviewRound.tenant_id == row.tenant_id) & (ReviewRound.participation_id == row.id)
    last = session.scalar(select(func.max(ReviewRound.number)).where(numbers))
    plan = plan_of(session, row)
    held = ReviewRound(
        tenant_id=tenant_of(session),
        id=uuid7(),
        participation_id=row.id,
        masterplan_version_id=plan and _last_version(session, plan),
        number=(last or 0) + 1,
        presented_on=occurred_on,
    )
    session.add(held)
    after = {"participation_id": row.id, "number": held.number}
    audit.record(session, "review_round.open", "review_round", held.id, after=after)
    tell_round(session, plan.title if plan else "", held)


def _last_version(session: Session, plan: Masterplan) -> UUID | None:
    mine = select(MasterplanVersion.id).where(
        MasterplanVersion.tenant_id == plan.tenant_id, MasterplanVersion.masterplan_id == plan.id
    )
    return session.scalar(mine.order_by(MasterplanVersion.number.desc()).limit(1))
