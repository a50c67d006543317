"""Remarks on single fields: the expert writes and settles them, the unit answers."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, NotFound
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, acting, require
from kotacerdas.rows import locked, refuse_stale
from kotacerdas.scope import tenant_of
from kotacerdas.values import text_value
from tenants.editions.models import Dimension
from tenants.notifications.models import NotificationKind
from tenants.remarks.models import Remark, RemarkAbout
from tenants.remarks.steps import note_answer, note_reopened, note_settled
from tenants.submissions.content import ANCHORS, PATHS, content_of
from tenants.submissions.models import Innovation, Review
from tenants.submissions.people import tell_reviewer, tell_unit
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
            about=RemarkAbout.INNOVATION,
            subject_id=innovation.id,
            subject_name=innovation.name,
            quote=_standing(session, innovation, field),
            written_by=acting(session),
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
    row, innovation = _of_innovation(session, remark_id)
    require(session, Permission.INNOVATION_WRITE, unit_id=innovation.unit_id)
    refuse_stale(row, expected_version)
    refuse_state(innovation, ANSWERABLE)
    note_answer(session, row, answer)
    review = session.get_one(Review, (row.tenant_id, row.review_id))
    tell_reviewer(session, innovation, review, row)
    return row


def settle_remark(session: Session, remark_id: UUID, *, expected_version: int) -> Remark:
    """Agree that a remark is done with, by an expert while the innovation is in review.

    Raises NotFound, Forbidden, StaleVersion, RemarkSettled or InnovationWrongState.
    """
    require(session, Permission.INNOVATION_REVIEW)
    row = _in_review(session, remark_id, expected_version)
    note_settled(session, row)
    return row


def reopen_remark(
    session: Session, remark_id: UUID, *, reply: str, expected_version: int
) -> Remark:
    """Ask again where an answer is not enough, by an expert while the innovation is in review.

    Raises NotFound, Forbidden, StaleVersion, RemarkOpen, InnovationWrongState, or Invalid.
    """
    require(session, Permission.INNOVATION_REVIEW)
    row = _in_review(session, remark_id, expected_version)
    note_reopened(session, row, reply)
    return row


def _in_review(session: Session, remark_id: UUID, expected_version: int) -> Remark:
    row, innovation = _of_innovation(session, remark_id)
    refuse_stale(row, expected_version)
    refuse_state(innovation, [InnovationState.IN_REVIEW])
    return row


def _of_innovation(session: Session, remark_id: UUID) -> tuple[Remark, Innovation]:
    """Return a remark and its innovation, locked; a masterplan's remark is not found here."""
    row = locked(session, Remark, remark_id)
    if row.innovation_id is None:
        raise NotFound
    return row, locked(session, Innovation, row.innovation_id)


def _standing(session: Session, row: Innovation, field: str) -> str:
    """What the field says now, as a revision keeps it."""
    pillar = session.get_one(Dimension, row.dimension_id)
    return str(content_of(row, pillar.code)[field])


def _anchor(name: str) -> str:
    field = _BY_PATH.get(name, name)
    if field not in ANCHORS:
        fields_id, fields_en = field_names(ANCHORS)
        raise AnchorUnknown(path=("anchor",), fields_id=fields_id, fields_en=fields_en)
    return field


def _tell(session: Session, innovation: Innovation, row: Remark) -> None:
    tell_unit(
        session,
        NotificationKind.REMARK,
        innovation,
        key=str(row.review_id),  # once for each review
        anchor=row.anchor,
        text=row.text,
    )
