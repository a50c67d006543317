"""What follows from a decision for each city: its verdict, its stage, and a notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.identity.policy import Role
from kotacerdas.identity.queries import members_with
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from tenants.assessment.faults import OPEN
from tenants.assessment.models import Decision, SelectionVerdict, VerdictKind
from tenants.cities.models import Participation
from tenants.cities.queries import city_of
from tenants.cities.steps import enter, last_date
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind

STAGES = {
    VerdictKind.SELECTED: Stage.SELECTED,
    VerdictKind.RESERVE: Stage.RESERVE,
    VerdictKind.NOT_SELECTED: Stage.NOT_SELECTED,
}
NOTICES = {
    VerdictKind.SELECTED: NotificationKind.VERDICT_SELECTED,
    VerdictKind.RESERVE: NotificationKind.VERDICT_RESERVE,
    VerdictKind.NOT_SELECTED: NotificationKind.VERDICT_NOT_SELECTED,
}


@dataclass(frozen=True)
class Letter:
    """A decision as one reads it to apply it."""

    id: UUID
    year: int
    number: str
    day: date
    publish_scores: bool
    lines: list[dict[str, Any]]


def pending(session: Session, decision_id: UUID) -> Letter | None:
    """Return a decision that is not applied yet; None for one that is."""
    row = session.get(Decision, decision_id)
    if row is None or row.applied_at is not None:
        return None
    year = session.get_one(Cohort, row.cohort_id).year
    return Letter(
        row.id, year, row.letter_number, row.letter_date, row.publish_scores, row.verdicts
    )


def apply_line(session: Session, letter: Letter, line: dict[str, Any]) -> bool:
    """Let one city's participation follow, in its tenant; False where it has left meanwhile.

    Doing it again does nothing.
    """
    row = locked(session, Participation, UUID(line["participation_id"]))
    verdict = VerdictKind(line["verdict"])
    kept = _verdict_of(session, row.id)
    if row.stage not in OPEN or (kept is not None and kept.letter_number == letter.number):
        return False
    _keep(session, row, kept, letter, line)
    if row.stage is not STAGES[verdict]:
        row.stage = STAGES[verdict]
        day = max(filter(None, [letter.day, last_date(session, row.id)]))
        enter(session, row, row.stage, day, document_number=letter.number)
    after = {"verdict": verdict, "letter": letter.number}
    audit.record(session, "selection.apply", "participation", row.id, after=after)
    facts = {
        "city": city_of(session).name,
        "year": str(letter.year),
        "letter": letter.number,
        "letter_on": letter.day.isoformat(),
    }
    people = members_with(session, [Role.CITY_ADMIN])
    key = f"verdict:{letter.id}"
    tell(session, NOTICES[verdict], subject_id=row.id, data=facts, people=people, key=key)
    return True


def finish(session: Session, decision_id: UUID) -> datetime | None:
    """Note that every city's participation has followed; further decisions may be made."""
    done = update(Decision).where(Decision.id == decision_id, Decision.applied_at.is_(None))
    return session.scalar(done.values(applied_at=func.now()).returning(Decision.applied_at))


def _verdict_of(session: Session, participation_id: UUID) -> SelectionVerdict | None:
    mine = select(SelectionVerdict).where(
        SelectionVerdict.tenant_id == tenant_of(session),
        SelectionVerdict.participation_id == participation_id,
    )
    return session.scalar(mine)


def _keep(
    session: Session,
    row: Participation,
    kept: SelectionVerdict | None,
    letter: Letter,
    line: dict[str, Any],
) -> None:
    verdict = kept or SelectionVerdict(tenant_id=row.tenant_id, id=uuid7(), participation_id=row.id)
    verdict.verdict = VerdictKind(line["verdict"])
    verdict.letter_number, verdict.letter_date = letter.number, letter.day
    verdict.reserve_rank = line["reserve_rank"]
    verdict.score = Decimal(line["score"]) if line["score"] else None
    verdict.place = line["place"]
    verdict.is_published = letter.publish_scores
    session.add(verdict)
