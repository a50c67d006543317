"""The final result: stated by letter, published by decision, taken back if need be."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError
from kotacerdas.identity.policy import Permission, Role, require
from kotacerdas.identity.queries import members_with
from kotacerdas.localtime import long_moment
from kotacerdas.values import NAME_LENGTH, refusals, refuse, text_value
from tenants.cities.dates import future_date
from tenants.cities.queries import city_of
from tenants.evaluation import results
from tenants.evaluation.models import (
    Evaluation,
    EvaluationResult,
    EvaluationState,
    Objection,
    ObjectionState,
    PublishedResult,
    ResultKind,
)
from tenants.evaluation.states import instrument_for, round_of, taken
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind


class ObjectionsUnanswered(DomainError):
    """Objections that wait for their answer."""

    code = "OBJECTIONS_UNANSWERED"
    id = "Sanggahan yang belum dijawab: {items_id}. Jawab semuanya dahulu."
    en = "Objections without an answer: {items_en}. Answer all of them first."


class ObjectionWindowOpen(DomainError):
    """The city may still object."""

    code = "OBJECTION_WINDOW_OPEN"
    id = (
        "Masa sanggah masih terbuka sampai {until_id}. Tunggu, atau minta daerah menerima hasilnya."
    )
    en = "Objections are open until {until_en}. Wait, or ask the city to accept the result."


def accept(session: Session, evaluation_id: UUID, *, expected_version: int) -> Evaluation:
    """Accept the provisional result for the city: its window for objections ends now.

    Raises NotFound, Forbidden, StaleVersion or EvaluationWrongState.
    """
    require(session, Permission.EVALUATION_WRITE)
    row = taken(
        session, evaluation_id, EvaluationState.PROVISIONAL, expected_version=expected_version
    )
    before, row.objections_until = row.objections_until, datetime.now(UTC)
    audit.record(
        session,
        "evaluation.accept",
        "evaluation",
        row.id,
        before={"until": before},
        after={"until": row.objections_until},
    )
    return row


def settle(
    session: Session,
    evaluation_id: UUID,
    *,
    letter_number: str,
    letter_date: date,
    expected_version: int,
) -> Evaluation:
    """State the final result to the city by letter; nobody else sees it yet.

    Raises NotFound, Forbidden, StaleVersion, EvaluationWrongState, or together
    ObjectionsUnanswered, ObjectionWindowOpen, DateInFuture and Invalid.
    """
    require(session, Permission.COHORT_MANAGE)
    row = taken(
        session, evaluation_id, EvaluationState.PROVISIONAL, expected_version=expected_version
    )
    refuse(
        [
            *_unsettled(session, row),
            *refusals(lambda: _number(letter_number)),
            *future_date(city_of(session), letter_date, path=("letterDate",)),
        ]
    )
    used, scores = instrument_for(session, row), results.assessed_scores(session, row)
    why = results.reasons(session, row)
    kept = results.keep(session, row, ResultKind.FINAL, used, scores, why)
    row.state = EvaluationState.PRIVATE
    row.letter_number, row.letter_date = _number(letter_number), letter_date
    after = {"state": row.state, "index": kept.index, "letter": row.letter_number}
    audit.record(session, "evaluation.settle", "evaluation", row.id, after=after)
    _tell_final(session, row)
    return row


def publish(session: Session, evaluation_id: UUID, *, expected_version: int) -> Evaluation:
    """Let everybody read the final result: index and parts, without the working papers.

    Raises NotFound, Forbidden, StaleVersion or EvaluationWrongState.
    """
    require(session, Permission.COHORT_MANAGE)
    row = taken(session, evaluation_id, EvaluationState.PRIVATE, expected_version=expected_version)
    copy = _published(session, row) or PublishedResult(
        tenant_id=row.tenant_id, id=uuid7(), evaluation_id=row.id
    )
    final = _final(session, row)
    copy.year, copy.index = round_of(session, row).year, final.index
    copy.content = {name: final.content[name] for name in ("maximum", "parts")}
    copy.published_at, copy.withdrawn_at = datetime.now(UTC), None
    session.add(copy)
    row.state = EvaluationState.PUBLISHED
    after = {"state": row.state, "index": final.index}
    audit.record(session, "evaluation.publish", "evaluation", row.id, after=after)
    return row


def withdraw(session: Session, evaluation_id: UUID, *, expected_version: int) -> Evaluation:
    """Take a published result back: it is private again.

    Raises NotFound, Forbidden, StaleVersion or EvaluationWrongState.
    """
    require(session, Permission.COHORT_MANAGE)
    row = taken(
        session, evaluation_id, EvaluationState.PUBLISHED, expected_version=expected_version
    )
    copy = _published(session, row)
    if copy is not None:
        copy.withdrawn_at = datetime.now(UTC)
    row.state = EvaluationState.PRIVATE
    audit.record(session, "evaluation.withdraw", "evaluation", row.id, after={"state": row.state})
    return row


def _unsettled(session: Session, row: Evaluation) -> list[DomainError]:
    errors: list[DomainError] = []
    waiting = select(Objection.item).where(
        Objection.tenant_id == row.tenant_id,
        Objection.evaluation_id == row.id,
        Objection.state == ObjectionState.OPEN,
    )
    open_items = set(session.scalars(waiting))
    if open_items:
        used = instrument_for(session, row)
        items_id, items_en = used.named(i for i in used.items() if i.key in open_items)
        errors.append(ObjectionsUnanswered(items_id=items_id, items_en=items_en))
    until = row.objections_until
    if until is not None and datetime.now(UTC) < until:
        zone = city_of(session).zone
        moments = (long_moment(until, zone, "id"), long_moment(until, zone, "en"))
        errors.append(ObjectionWindowOpen(until_id=moments[0], until_en=moments[1]))
    return errors


def _tell_final(session: Session, row: Evaluation) -> None:
    tell(
        session,
        NotificationKind.EVALUATION_FINAL,
        subject_id=row.id,
        data={
            "year": str(round_of(session, row).year),
            "number": row.letter_number or "",
            "occurred_on": row.letter_date.isoformat() if row.letter_date else "",
        },
        people=members_with(session, [Role.CITY_ADMIN, Role.BAPPEDA, Role.REGION_HEAD]),
        key="",
    )


def _number(text: str) -> str:
    return text_value(text, path=("letterNumber",), maximum=NAME_LENGTH, required=True, lines=False)


def _published(session: Session, row: Evaluation) -> PublishedResult | None:
    mine = select(PublishedResult).filter_by(tenant_id=row.tenant_id, evaluation_id=row.id)
    return session.scalar(mine)


def _final(session: Session, row: Evaluation) -> EvaluationResult:
    mine = select(EvaluationResult).filter_by(
        tenant_id=row.tenant_id, evaluation_id=row.id, kind=ResultKind.FINAL
    )
    return session.scalars(mine.order_by(EvaluationResult.number.desc()).limit(1)).one()
