"""What may be wrong with a decision: its letter, its verdicts, their order, the quota."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError, NotFound
from kotacerdas.values import NAME_LENGTH, refusals, text_value
from tenants.assessment.models import VerdictKind
from tenants.assessment.reserve import reserve_list
from tenants.cities.dates import DateInFuture
from tenants.cities.models import City, Participation
from tenants.cities.texts import STAGES
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort

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


@dataclass(frozen=True)
class Candidate:
    """A participation of the cohort, of which the ministry may decide."""

    tenant_id: int
    city: str
    stage: Stage


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
    id = "{city} pada tahap “{stage_id}”. Pilih daerah yang sudah dinilai atau cadangan."
    en = "{city} is in stage “{stage_en}”. Choose cities that are assessed or in reserve."


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


class VerdictsNone(DomainError):
    """A letter decides on at least one city."""

    code = "VERDICTS_NONE"
    id = "Belum ada daerah yang diputuskan. Sebutkan paling sedikit satu."
    en = "Nothing is decided. Name at least one city."


def candidates(session: Session, cohort_id: UUID) -> dict[UUID, Candidate]:
    """Return the participations of a cohort by id. For the ministry's door."""
    rows = session.execute(
        select(Participation.id, City.id, City.name, Participation.stage)
        .join(City, City.id == Participation.tenant_id)
        .where(Participation.cohort_id == cohort_id)
    )
    return {row[0]: Candidate(*row[1:]) for row in rows}


def letter_faults(number: str, day: date) -> list[DomainError]:
    """Return what is wrong with a letter's number and date."""
    path = ("letterNumber",)
    errors = refusals(
        lambda: text_value(number, path=path, maximum=NAME_LENGTH, required=True, lines=False)
    )
    today = datetime.now(ZoneInfo(CAPITAL)).date()
    if day > today:
        errors.append(DateInFuture(path=("letterDate",), given=day, today=today))
    return errors


def verdict_faults(
    verdicts: Sequence[VerdictInput], known: dict[UUID, Candidate]
) -> list[DomainError]:
    """Return what is wrong with each verdict by itself."""
    errors: list[DomainError] = [] if verdicts else [VerdictsNone(path=("verdicts",))]
    counts = Counter(each.participation_id for each in verdicts)
    for place, each in enumerate(verdicts):
        at = ("verdicts", str(place), "participationId")
        row = known.get(each.participation_id)
        if row is None:
            errors.append(NotFound(path=at))
        elif row.stage not in OPEN:
            stage_id, stage_en = STAGES[row.stage]
            names = {"city": row.city, "stage_id": stage_id, "stage_en": stage_en}
            errors.append(VerdictUntimely(path=at, **names))
        elif counts[each.participation_id] > 1:
            errors.append(VerdictTwice(path=at, city=row.city))
    return errors


def order_faults(
    session: Session,
    cohort_id: UUID,
    verdicts: Sequence[VerdictInput],
    known: dict[UUID, Candidate],
) -> list[DomainError]:
    """Return who of the reserve list would be selected before somebody who precedes them."""
    waiting = reserve_list(session, cohort_id)
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


def quota_faults(
    cohort: Cohort, verdicts: Sequence[VerdictInput], known: dict[UUID, Candidate]
) -> list[DomainError]:
    """Return by how many cities the quota would be exceeded."""
    taken = sum(row.stage not in SEATLESS for row in known.values())
    wanted = sum(each.verdict is VerdictKind.SELECTED for each in verdicts)
    over = taken + wanted - cohort.quota
    if over <= 0 or not wanted:
        return []
    numbers = {"quota": cohort.quota, "taken": taken, "wanted": wanted, "over": over}
    return [QuotaExceeded(path=("verdicts",), year=cohort.year, **numbers)]
