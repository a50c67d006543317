"""The ministry's decision on a cohort: one letter for many cities, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.jobs import Kind, Queue, enqueue
from kotacerdas.rows import locked_national
from kotacerdas.scope import scope_of
from kotacerdas.values import refuse
from tenants.assessment.faults import (
    Candidate,
    VerdictInput,
    candidates,
    letter_faults,
    order_faults,
    quota_faults,
    verdict_faults,
)
from tenants.assessment.models import Decision, SelectionVerdict, VerdictKind
from tenants.assessment.ranking import Standing, ranking
from tenants.assessment.reserve import is_published, reserve_list
from tenants.cities.models import Participation
from tenants.editions.models import Cohort

APPLY = Kind("selection.apply", Queue.BULK)
"""The job that lets each city's stage follow from a decision; its subject is the decision."""


@dataclass(frozen=True)
class LetterInput:
    """The ministry's letter in which a decision stands."""

    number: str
    day: date
    publish_scores: bool = False


class ReserveEmpty(DomainError):
    """Nobody waits on the reserve list."""

    code = "RESERVE_EMPTY"
    id = "Daftar cadangan angkatan {year} kosong. Undang daerah lain bila masih ada tempat."
    en = "The reserve list of the cohort {year} is empty. Invite another city if there is room."


class DecisionPending(DomainError):
    """The cities' stages have not followed from the letter before yet."""

    code = "DECISION_PENDING"
    id = "Putusan sebelumnya masih diterapkan. Ulangi sebentar lagi."
    en = "The decision before is still being applied. Repeat this in a moment."
    retryable = True


def decide(
    session: Session,
    cohort_id: UUID,
    *,
    letter: LetterInput,
    verdicts: Sequence[VerdictInput],
    idempotency_key: str | None = None,
) -> Decision:
    """Decide on many cities of a cohort by one letter; their stages follow by a job.

    The order of the reserve list is that of `verdicts`. For the ministry's door, in the nation's
    tenant. Raises DecisionPending, or together all of VerdictsNone, VerdictTwice, VerdictUntimely,
    ReserveSkipped, QuotaExceeded, NotFound, and Invalid for the letter's number or date.
    """
    require(session, Permission.COHORT_MANAGE)
    cohort = locked_national(session, Cohort, cohort_id)
    asked = [(str(each.participation_id), each.verdict.value) for each in verdicts]
    request = {"do": "selection.decide", "cohort": cohort.id, "letter": letter, "verdicts": asked}
    made = once(
        session, idempotency_key, request, lambda: _decide(session, cohort, letter, verdicts).id
    )
    return session.get_one(Decision, made)


def promote(
    session: Session, cohort_id: UUID, *, letter: LetterInput, idempotency_key: str | None = None
) -> Decision:
    """Select the first city of the reserve list, where a place has become free.

    Its score is shown to the city if it was before. Raises ReserveEmpty and what `decide` raises.
    """
    require(session, Permission.COHORT_MANAGE)
    cohort = locked_national(session, Cohort, cohort_id)
    request = {"do": "selection.promote", "cohort": cohort.id, "letter": letter}

    def select_first() -> UUID:
        _refuse_pending(session, cohort.id)
        waiting = reserve_list(session, cohort.id)
        if not waiting:
            raise ReserveEmpty(year=cohort.year)
        first = VerdictInput(waiting[0], VerdictKind.SELECTED)
        shown = letter.publish_scores or is_published(session, waiting[0])
        told = LetterInput(letter.number, letter.day, shown)
        return _decide(session, cohort, told, [first]).id

    return session.get_one(Decision, once(session, idempotency_key, request, select_first))


def _decide(
    session: Session, cohort: Cohort, letter: LetterInput, verdicts: Sequence[VerdictInput]
) -> Decision:
    _refuse_pending(session, cohort.id)
    known = candidates(session, cohort.id)
    refuse(
        letter_faults(letter.number, letter.day)
        + verdict_faults(verdicts, known)
        + order_faults(session, cohort.id, verdicts, known)
        + quota_faults(cohort, verdicts, known)
    )
    standings = {row.participation_id: row for row in ranking(session, cohort.id)}
    row = Decision(
        id=uuid7(),
        cohort_id=cohort.id,
        letter_number=letter.number.strip(),
        letter_date=letter.day,
        publish_scores=letter.publish_scores,
        verdicts=_lines(session, cohort.id, verdicts, known, standings),
        person_id=scope_of(session).person_id,
    )
    session.add(row)
    enqueue(session, APPLY, row.id)
    after = {"cohort": cohort.year, "letter": row.letter_number, "verdicts": row.verdicts}
    audit.record(session, "selection.decide", "selection_decision", row.id, after=after)
    return row


def _refuse_pending(session: Session, cohort_id: UUID) -> None:
    waiting = exists().where(Decision.cohort_id == cohort_id, Decision.applied_at.is_(None))
    if session.scalar(select(waiting)):
        raise DecisionPending


def _lines(
    session: Session,
    cohort_id: UUID,
    verdicts: Sequence[VerdictInput],
    known: dict[UUID, Candidate],
    standings: dict[UUID, Standing],
) -> list[dict[str, Any]]:
    last = session.scalar(
        select(func.max(SelectionVerdict.reserve_rank))
        .join(Participation, Participation.id == SelectionVerdict.participation_id)
        .where(Participation.tenant_id == SelectionVerdict.tenant_id)
        .where(Participation.cohort_id == cohort_id)
    )
    lines, rank = [], last or 0
    for each in verdicts:
        standing = standings.get(each.participation_id)
        in_reserve = each.verdict is VerdictKind.RESERVE
        rank += in_reserve
        lines.append(
            {
                "tenant_id": known[each.participation_id].tenant_id,
                "participation_id": str(each.participation_id),
                "verdict": each.verdict.value,
                "reserve_rank": rank if in_reserve else None,
                "score": str(standing.score) if standing else None,
                "place": standing.place if standing else None,
            }
        )
    return lines
