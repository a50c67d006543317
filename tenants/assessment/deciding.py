"""The ministry's decision on a cohort: one letter for many cities, all or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, NotFound
from kotacerdas.identity.policy import Permission, require
from kotacerdas.jobs import Kind, Queue, enqueue
from kotacerdas.rows import locked_national
from kotacerdas.scope import scope_of
from kotacerdas.values import NAME_LENGTH, refusals, refuse, text_value
from tenants.assessment.models import Decision, SelectionVerdict, VerdictKind
from tenants.assessment.ranking import Standing, ranking
from tenants.assessment.reserve import is_published, reserve_list
from tenants.cities.dates import DateInFuture
from tenants.cities.models import City, Participation
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort

APPLY = Kind("selection.apply", Queue.BULK)
"""The job that lets each city's stage follow from a decision; its subject is the decision."""

CAPITAL = "Asia/Jakarta"
"""Zone of the ministry's letters."""

OPEN = frozenset({Stage.ASSESSED, Stage.RESERVE})
"""Stages of which the ministry may decide."""

SEATLESS = OPEN | {Stage.INVITED, Stage.NOT_SELECTED, Stage.WITHDRAWN}
"""Stages that take no place of the quota; who did not finish had one."""


@dataclass(frozen=True)
class VerdictInput:
    """What is decided on one participation."""

    participation_id: UUID
    verdict: VerdictKind


class QuotaExceeded(DomainError):
    """More cities would be selected than the cohort has places."""

    code = "QUOTA_EXCEEDED"
    id = (
        "Kuota angkatan {year} adalah {quota}; {taken} sudah terpilih dan {wanted} akan dipilih."
        " Kurangi {over} daerah, atau jadikan cadangan."
    )
    en = (
        "The quota of the cohort {year} is {quota}; {taken} are selected and {wanted} are to be."
        " Take {over} off, or put them on the reserve list."
    )


class VerdictUntimely(DomainError):
    """The city is not in a stage of which the ministry decides."""

    code = "VERDICT_UNTIMELY"
    id = "{city} pada tahap {stage}. Pilih daerah yang sudah dinilai atau cadangan."
    en = "{city} is in stage {stage}. Choose cities that are assessed or in reserve."


class VerdictTwice(DomainError):
    """A city has two verdicts in one letter."""

    code = "VERDICT_TWICE"
    id = "{city} disebut dua kali. Hapus salah satunya."
    en = "{city} occurs twice. Take one of them away."


class ReserveSkipped(DomainError):
    """The reserve list is called in its order."""

    code = "RESERVE_SKIPPED"
    id = "{city} belum gilirannya pada daftar cadangan. Promosikan {first} dahulu."
    en = "It is not the turn of {city} on the reserve list. Promote {first} first."


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


class VerdictsNone(DomainError):
    """A letter decides on at least one city."""

    code = "VERDICTS_NONE"
    id = "Belum ada daerah yang diputuskan. Sebutkan paling sedikit satu."
    en = "Nothing is decided. Name at least one city."


def decide(
    session: Session,
    cohort_id: UUID,
    *,
    letter_number: str,
    letter_date: date,
    verdicts: Sequence[VerdictInput],
    publish_scores: bool = False,
) -> Decision:
    """Decide on many cities of a cohort by one letter; their stages follow by a job.

    The order of the reserve list is that of `verdicts`. For the ministry's door, in the nation's
    tenant. Raises DecisionPending, or together all of VerdictsNone, VerdictTwice, VerdictUntimely,
    ReserveSkipped, QuotaExceeded, NotFound, and Invalid for the letter's number or date.
    """
    require(session, Permission.COHORT_MANAGE)
    cohort = locked_national(session, Cohort, cohort_id)
    _refuse_pending(session, cohort.id)
    known = _participations(session, cohort.id)
    refuse(
        _letter_faults(letter_number, letter_date)
        + _verdict_faults(verdicts, known)
        + _order_faults(session, verdicts, known)
        + _quota_faults(cohort, verdicts, known)
    )
    standings = {row.participation_id: row for row in ranking(session, cohort.id)}
    row = Decision(
        id=uuid7(),
        cohort_id=cohort.id,
        letter_number=letter_number.strip(),
        letter_date=letter_date,
        publish_scores=publish_scores,
        verdicts=_lines(session, cohort.id, verdicts, known, standings),
        person_id=scope_of(session).person_id,
    )
    session.add(row)
    enqueue(session, APPLY, row.id)
    after = {"cohort": cohort.year, "letter": row.letter_number, "verdicts": row.verdicts}
    audit.record(session, "selection.decide", "selection_decision", row.id, after=after)
    return row


def promote(
    session: Session, cohort_id: UUID, *, letter_number: str, letter_date: date
) -> Decision:
    """Select the first city of the reserve list, where a place has become free.

    Raises ReserveEmpty and what `decide` raises.
    """
    require(session, Permission.COHORT_MANAGE)
    cohort = locked_national(session, Cohort, cohort_id)
    waiting = reserve_list(session, cohort.id)
    if not waiting:
        raise ReserveEmpty(year=cohort.year)
    first = VerdictInput(waiting[0], VerdictKind.SELECTED)
    return decide(
        session,
        cohort.id,
        letter_number=letter_number,
        letter_date=letter_date,
        verdicts=[first],
        publish_scores=is_published(session, waiting[0]),
    )


def _refuse_pending(session: Session, cohort_id: UUID) -> None:
    waiting = exists().where(Decision.cohort_id == cohort_id, Decision.applied_at.is_(None))
    if session.scalar(select(waiting)):
        raise DecisionPending


@dataclass(frozen=True)
class _Known:
    tenant_id: int
    city: str
    stage: Stage


def _participations(session: Session, cohort_id: UUID) -> dict[UUID, _Known]:
    rows = session.execute(
        select(Participation.id, City.id, City.name, Participation.stage)
        .join(City, City.id == Participation.tenant_id)
        .where(Participation.cohort_id == cohort_id)
    )
    return {row[0]: _Known(*row[1:]) for row in rows}


def _letter_faults(number: str, day: date) -> list[DomainError]:
    path = ("letterNumber",)
    errors = refusals(
        lambda: text_value(number, path=path, maximum=NAME_LENGTH, required=True, lines=False)
    )
    today = datetime.now(ZoneInfo(CAPITAL)).date()
    if day > today:
        errors.append(DateInFuture(path=("letterDate",), given=day, today=today))
    return errors


def _verdict_faults(
    verdicts: Sequence[VerdictInput], known: dict[UUID, _Known]
) -> list[DomainError]:
    errors: list[DomainError] = [] if verdicts else [VerdictsNone(path=("verdicts",))]
    counts = Counter(each.participation_id for each in verdicts)
    for place, each in enumerate(verdicts):
        at = ("verdicts", str(place), "participationId")
        row = known.get(each.participation_id)
        if row is None:
            errors.append(NotFound(path=at))
        elif row.stage not in OPEN:
            errors.append(VerdictUntimely(path=at, city=row.city, stage=row.stage.value))
        elif counts[each.participation_id] > 1:
            errors.append(VerdictTwice(path=at, city=row.city))
    return errors


def _order_faults(
    session: Session, verdicts: Sequence[VerdictInput], known: dict[UUID, _Known]
) -> list[DomainError]:
    """Those of the reserve list who are selected come before those who are not, in its order."""
    cohort = select(Participation.cohort_id).where(Participation.id.in_(list(known))).limit(1)
    cohort_id = session.scalar(cohort)
    waiting = reserve_list(session, cohort_id) if cohort_id else []
    decided = {each.participation_id: each.verdict for each in verdicts}
    passed: UUID | None = None
    errors: list[DomainError] = []
    for each in waiting:
        verdict = decided.get(each)
        if verdict is VerdictKind.SELECTED and passed is not None:
            names = {"city": known[each].city, "first": known[passed].city}
            errors.append(ReserveSkipped(path=("verdicts",), **names))
        if verdict in (None, VerdictKind.RESERVE) and passed is None:
            passed = each
    return errors


def _quota_faults(
    cohort: Cohort, verdicts: Sequence[VerdictInput], known: dict[UUID, _Known]
) -> list[DomainError]:
    taken = sum(row.stage not in SEATLESS for row in known.values())
    wanted = sum(each.verdict is VerdictKind.SELECTED for each in verdicts)
    over = taken + wanted - cohort.quota
    if over <= 0 or not wanted:
        return []
    numbers = {"quota": cohort.quota, "taken": taken, "wanted": wanted, "over": over}
    return [QuotaExceeded(path=("verdicts",), year=cohort.year, **numbers)]


def _lines(
    session: Session,
    cohort_id: UUID,
    verdicts: Sequence[VerdictInput],
    known: dict[UUID, _Known],
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
