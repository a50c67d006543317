"""A city objects to provisional scores; each objection is answered before the result is final."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, WrongState
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, Role, require
from kotacerdas.identity.queries import members_with
from kotacerdas.localtime import long_moment
from kotacerdas.rows import locked
from kotacerdas.scope import scope_of
from kotacerdas.values import collect, text_value
from tenants.cities.queries import city_of
from tenants.evaluation.models import Evaluation, EvaluationState, Objection, ObjectionState
from tenants.evaluation.states import instrument_for, round_of, taken
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind


class ObjectionWindowClosed(WrongState):
    """The time for objections is over."""

    code = "OBJECTION_WINDOW_CLOSED"
    id = "Masa sanggah berakhir {until_id}. Hubungi kementerian bila ada kekeliruan nyata."
    en = "Objections were open until {until_en}. Write to the ministry about a plain mistake."


class ObjectionOpen(DomainError):
    """The item has an objection that waits for its answer."""

    code = "OBJECTION_OPEN"
    id = "Butir ini sudah disanggah dan menunggu jawaban. Baca sanggahan yang ada."
    en = "This item has an objection that awaits its answer. Read the one that is there."


class ObjectionAnswered(WrongState):
    """The objection has its answer."""

    code = "OBJECTION_ANSWERED"
    id = "Sanggahan ini sudah dijawab. Baca jawabannya; masa sanggah dapat dipakai lagi."
    en = "This objection is answered. Read the answer; the city may write another in time."


class DecidedScoreMissing(DomainError):
    """An objection is upheld by a new score."""

    code = "DECIDED_SCORE_MISSING"
    id = "Sanggahan yang diterima memerlukan nilai baru. Isi nilainya."
    en = "Upholding an objection needs the new score. Enter it."


def object_to(
    session: Session,
    evaluation_id: UUID,
    *,
    item: str,
    wanted_score: Decimal,
    text: str,
    idempotency_key: str | None = None,
) -> Objection:
    """Object to an item's provisional score while the window is open, and tell the assessors.

    Raises NotFound, Forbidden, EvaluationWrongState, ObjectionWindowClosed, ItemUnknown,
    ObjectionOpen, or Invalid.
    """
    require(session, Permission.EVALUATION_WRITE)
    asked = {"item": item, "wanted_score": wanted_score, "text": text}
    request = {"do": "objection.write", "of": evaluation_id} | asked

    def create() -> UUID:
        return _write(session, evaluation_id, item, wanted_score, text).id

    return locked(session, Objection, once(session, idempotency_key, request, create))


def answer(
    session: Session,
    objection_id: UUID,
    *,
    uphold: bool,
    answer: str,
    decided_score: Decimal | None = None,
    expected_version: int,
) -> Objection:
    """Uphold an objection with a new score, or dismiss it; tell the city either way.

    Raises NotFound, Forbidden, StaleVersion, ObjectionAnswered, EvaluationWrongState, or together
    DecidedScoreMissing and Invalid.
    """
    require(session, Permission.EVALUATION_ASSESS)
    row = locked(session, Objection, objection_id, expected_version=expected_version)
    evaluation = taken(session, row.evaluation_id, EvaluationState.PROVISIONAL)
    if row.state is not ObjectionState.OPEN:
        raise ObjectionAnswered
    values = collect(
        {
            "answer": lambda: text_value(answer, path=("answer",), required=True),
            "decided_score": lambda: _decided(session, evaluation, uphold, decided_score),
        }
    )
    row.state = ObjectionState.UPHELD if uphold else ObjectionState.DISMISSED
    row.answer, row.decided_score = values["answer"], values["decided_score"]
    row.answered_by = scope_of(session).person_id
    audit.record(
        session, "objection.answer", "objection", row.id, after=values | {"state": row.state}
    )
    tell(
        session,
        NotificationKind.OBJECTION_ANSWERED,
        subject_id=evaluation.id,
        data=_facts(session, evaluation, row.item) | {"text": values["answer"]},
        people=members_with(session, [Role.CITY_ADMIN, Role.BAPPEDA]),
        key=str(row.id),
    )
    return row


def _write(
    session: Session, evaluation_id: UUID, item: str, wanted_score: Decimal, text: str
) -> Objection:
    evaluation = taken(session, evaluation_id, EvaluationState.PROVISIONAL)
    _refuse_late(session, evaluation)
    used = instrument_for(session, evaluation)
    found = used.item(item)
    values = collect(
        {
            "wanted_score": lambda: used.score(wanted_score, ("wantedScore",)),
            "text": lambda: text_value(text, path=("text",), required=True),
        }
    )
    _refuse_second(session, evaluation, found.key)
    row = Objection(
        tenant_id=evaluation.tenant_id,
        id=uuid7(),
        evaluation_id=evaluation.id,
        item=found.key,
        dimension_id=used.dimension_id(found),
        state=ObjectionState.OPEN,
        **values,
    )
    session.add(row)
    audit.record(
        session, "objection.write", "objection", row.id, after=values | {"item": found.key}
    )
    tell(
        session,
        NotificationKind.OBJECTION_WRITTEN,
        subject_id=evaluation.id,
        data=_facts(session, evaluation, found.key) | {"text": values["text"]},
        people=members_with(session, [Role.EXPERT]),
        key=str(row.id),
    )
    return row


def _refuse_late(session: Session, row: Evaluation) -> None:
    until = row.objections_until
    if until is not None and datetime.now(UTC) > until:
        zone = city_of(session).zone
        raise ObjectionWindowClosed(
            until_id=long_moment(until, zone, "id"), until_en=long_moment(until, zone, "en")
        )


def _refuse_second(session: Session, row: Evaluation, item: str) -> None:
    own: dict[str, Any] = {"tenant_id": row.tenant_id, "evaluation_id": row.id, "item": item}
    waiting = select(Objection.id).filter_by(**own, state=ObjectionState.OPEN)
    if session.scalar(waiting) is not None:
        raise ObjectionOpen(path=("item",))


def _decided(
    session: Session, evaluation: Evaluation, uphold: bool, score: Decimal | None
) -> Decimal | None:
    if not uphold:
        return None
    if score is None:
        raise DecidedScoreMissing(path=("decidedScore",))
    return instrument_for(session, evaluation).score(score, ("decidedScore",))


def _facts(session: Session, row: Evaluation, item: str) -> dict[str, str]:
    used = instrument_for(session, row)
    name, _ = used.named([used.item(item)])
    return {"year": str(round_of(session, row).year), "name": name}
