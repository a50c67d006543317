"""Remarks on single fields: the expert writes and settles them, the unit answers."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, WrongState
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, acting, require
from kotacerdas.rows import locked, refuse_stale
from kotacerdas.scope import tenant_of
from kotacerdas.values import text_value
from tenants.notifications.models import NotificationKind
from tenants.submissions.content import ANCHORS, PATHS
from tenants.submissions.models import Innovation, Remark, RemarkState
from tenants.submissions.people import tell_unit
from tenants.submissions.reviewing import open_review
from tenants.submissions.states import refuse_state
from tenants.submissions.texts import field_names
from tenants.submissions.workflow import InnovationState

_BY_PATH = {path: name for name, path in PATHS.items()}
ANSWERABLE = frozenset({InnovationState.IN_REVIEW, InnovationState.RETURNED})
"""States in which the unit may answer: before it submits again."""


class AnchorUnknown(DomainError):
    """A remark points at one field of the innovation."""

    code = "ANCHOR_UNKNOWN"
    id = "Catatan harus menunjuk satu bagian formulir: {fields_id}."
    en = "A remark must point at one field of the form: {fields_en}."


class RemarkSettled(WrongState):
    """The expert has agreed; the remark is closed."""

    code = "REMARK_SETTLED"
    id = "Catatan ini sudah selesai. Tulis catatan baru bila masih ada yang perlu diperbaiki."
    en = "This remark is settled. Write a new one if something still has to be revised."


def add_remark(
    session: Session,
    review_id: UUID,
    *,
    anchor: str,
    text: str,
    blocking: bool,
    idempotency_key: str | None = None,
) -> Remark:
    """Remark on a field of the revision under review and tell the unit.

    Raises NotFound, Forbidden, ReviewClosed, AnchorUnknown, or Invalid for the text.
    """
    require(session, Permission.INNOVATION_REVIEW)
    field = _anchor(anchor)
    words = text_value(text, path=("text",), required=True)
    remark = {"anchor": field, "text": words, "blocking": blocking}
    request = {"do": "remark.add", "review": review_id, **remark}

    def create() -> UUID:
        review, innovation = open_review(session, review_id)
        row = Remark(
            tenant_id=tenant_of(session),
            id=uuid7(),
            review_id=review.id,
            innovation_id=innovation.id,
            state=RemarkState.OPEN,
            **remark,
        )
        session.add(row)
        after = {"innovation_id": innovation.id, "anchor": field, "blocking": blocking}
        audit.record(session, "remark.add", "remark", row.id, after=after)
        _tell(session, innovation, row)
        return row.id

    return locked(session, Remark, once(session, idempotency_key, request, create))


def answer_remark(
    session: Session, remark_id: UUID, *, answer: str, expected_version: int
) -> Remark:
    """Answer a remark, by the unit; an answer may be bettered until the remark is settled.

    Raises NotFound, Forbidden, StaleVersion, RemarkSettled, InnovationWrongState, or Invalid.
    """
    require(session, Permission.INNOVATION_WRITE)
    row = locked(session, Remark, remark_id)
    innovation = locked(session, Innovation, row.innovation_id)
    require(session, Permission.INNOVATION_WRITE, unit_id=innovation.unit_id)
    refuse_stale(row, expected_version)
    refuse_state(innovation, ANSWERABLE)
    _refuse_settled(row)
    words = text_value(answer, path=("answer",), required=True)
    before = {"state": row.state, "answer": row.answer}
    row.state, row.answer, row.answered_by = RemarkState.ANSWERED, words, acting(session)
    after = {"state": row.state, "answer": words}
    audit.record(session, "remark.answer", "remark", row.id, before=before, after=after)
    return row


def settle_remark(session: Session, remark_id: UUID, *, expected_version: int) -> Remark:
    """Agree that a remark is done with, by an expert while the innovation is in review.

    Raises NotFound, Forbidden, StaleVersion, RemarkSettled or InnovationWrongState.
    """
    require(session, Permission.INNOVATION_REVIEW)
    row = locked(session, Remark, remark_id, expected_version=expected_version)
    innovation = locked(session, Innovation, row.innovation_id)
    refuse_state(innovation, [InnovationState.IN_REVIEW])
    _refuse_settled(row)
    before, row.state = row.state, RemarkState.SETTLED
    audit.record(
        session,
        "remark.settle",
        "remark",
        row.id,
        before={"state": before},
        after={"state": row.state},
    )
    return row


def _anchor(name: str) -> str:
    field = _BY_PATH.get(name, name)
    if field not in ANCHORS:
        fields_id, fields_en = field_names(ANCHORS)
        raise AnchorUnknown(path=("anchor",), fields_id=fields_id, fields_en=fields_en)
    return field


def _refuse_settled(row: Remark) -> None:
    if row.state is RemarkState.SETTLED:
        raise RemarkSettled


def _tell(session: Session, innovation: Innovation, row: Remark) -> None:
    tell_unit(
        session,
        NotificationKind.REMARK,
        innovation,
        key=str(row.id),
        anchor=row.anchor,
        text=row.text,
    )
