"""An expert's review of one revision, from its start to its verdict."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, WrongState
from kotacerdas.identity.policy import Permission, acting, require
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from kotacerdas.values import text_value
from tenants.notifications.models import NotificationKind
from tenants.remarks.models import RemarkState
from tenants.submissions.models import Innovation, Review, Verdict
from tenants.submissions.people import tell_unit
from tenants.submissions.queries import remark_anchors
from tenants.submissions.states import in_state, refuse_step
from tenants.submissions.texts import field_names
from tenants.submissions.workflow import InnovationState

OUTCOMES: dict[Verdict, tuple[InnovationState, NotificationKind]] = {
    Verdict.ACCEPTED: (InnovationState.ACCEPTED, NotificationKind.ACCEPTED),
    Verdict.RETURNED: (InnovationState.RETURNED, NotificationKind.RETURNED),
    Verdict.REJECTED: (InnovationState.REJECTED, NotificationKind.REJECTED),
}
"""What a verdict makes of the innovation, and what its unit is told."""


class ReviewClosed(WrongState):
    """The review has its verdict."""

    code = "REVIEW_CLOSED"
    id = "Telaah ini sudah diputus; inovasinya berstatus {state_id}. Langkah berikutnya: {next_id}."
    en = "This review has its verdict; the innovation is {state_en}. What comes next: {next_en}."


class RemarksUnsettled(DomainError):
    """Accepting needs every blocking remark settled."""

    code = "REMARKS_UNSETTLED"
    id = (
        "{count} catatan wajib belum selesai ({fields_id})."
        " Nyatakan selesai, atau kembalikan usulan ini."
    )
    en = (
        "{count} blocking remarks are not settled ({fields_en})."
        " Settle them, or return the innovation."
    )


class ReasonMissing(DomainError):
    """The unit must learn why."""

    code = "REASON_MISSING"
    id = "Penolakan memerlukan alasan. Isi komentarnya."
    en = "A rejection needs its reason. Fill in the comment."


class NothingToRevise(DomainError):
    """The unit must learn what to revise."""

    code = "NOTHING_TO_REVISE"
    id = "Belum ada catatan terbuka maupun komentar. Tulis apa yang perlu diperbaiki."
    en = "There is neither an open remark nor a comment. Write what has to be revised."


def start_review(session: Session, innovation_id: UUID, *, expected_version: int) -> Review:
    """Take an endorsed innovation into review; a revision has one review.

    Raises NotFound, Forbidden, StaleVersion or InnovationWrongState.
    """
    require(session, Permission.INNOVATION_REVIEW)
    row = locked(session, Innovation, innovation_id, expected_version=expected_version)
    refuse_step(row, InnovationState.IN_REVIEW)
    row.state = InnovationState.IN_REVIEW
    review = Review(
        tenant_id=tenant_of(session),
        id=uuid7(),
        innovation_id=row.id,
        revision=row.revision,
        reviewer_id=acting(session),
    )
    session.add(review)
    after = {"innovation_id": row.id, "revision": row.revision}
    audit.record(session, "review.start", "review", review.id, after=after)
    return review


def decide(
    session: Session, review_id: UUID, *, verdict: Verdict, comment: str, expected_version: int
) -> Review:
    """Close a review with its verdict and tell the unit.

    Raises NotFound, Forbidden, StaleVersion, ReviewClosed, Invalid for the comment, and
    RemarksUnsettled, NothingToRevise or ReasonMissing where the verdict lacks its ground.
    """
    require(session, Permission.INNOVATION_REVIEW)
    review, row = open_review(session, review_id, expected_version=expected_version)
    words = text_value(comment, path=("comment",))
    _refuse_groundless(session, row, verdict, words)
    state, kind = OUTCOMES[verdict]
    refuse_step(row, state)
    review.verdict, review.comment, review.closed_at = verdict, words, datetime.now(UTC)
    row.state = state
    after = {"verdict": verdict, "comment": words, "innovation_id": row.id}
    audit.record(session, "review.decide", "review", review.id, after=after)
    tell_unit(session, kind, row, reason=words)
    return review


def open_review(
    session: Session, review_id: UUID, *, expected_version: int | None = None
) -> tuple[Review, Innovation]:
    """Return a review without a verdict and its innovation, both locked.

    Raises NotFound, StaleVersion or ReviewClosed.
    """
    review = locked(session, Review, review_id, expected_version=expected_version)
    row = locked(session, Innovation, review.innovation_id)
    if review.closed_at is not None:
        raise in_state(ReviewClosed, row)
    return review, row


def _refuse_groundless(session: Session, row: Innovation, verdict: Verdict, comment: str) -> None:
    match verdict:
        case Verdict.ACCEPTED:
            _refuse_unsettled(session, row)
        case Verdict.RETURNED:
            if not comment and not remark_anchors(session, row.id, [RemarkState.OPEN]):
                raise NothingToRevise(path=("comment",))
        case Verdict.REJECTED:
            if not comment:
                raise ReasonMissing(path=("comment",))


def _refuse_unsettled(session: Session, row: Innovation) -> None:
    pending = [RemarkState.OPEN, RemarkState.ANSWERED]
    anchors = remark_anchors(session, row.id, pending, blocking_only=True)
    if anchors:
        fields_id, fields_en = field_names(anchors)
        raise RemarksUnsettled(
            path=("verdict",), count=len(anchors), fields_id=fields_id, fields_en=fields_en
        )
