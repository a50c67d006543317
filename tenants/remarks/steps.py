"""A remark's way from open over answered to settled, and back; who may step is the subjects' rule.

Each step writes its audit entry; the caller has locked the row and checked rights and version.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.errors import WrongState
from kotacerdas.identity.policy import acting
from kotacerdas.values import text_value
from tenants.remarks.models import Remark, RemarkState


class RemarkSettled(WrongState):
    """The expert has agreed; the remark is closed."""

    code = "REMARK_SETTLED"
    id = "Catatan ini sudah selesai. Tulis catatan baru bila masih ada yang perlu diperbaiki."
    en = "This remark is settled. Write a new one if something still has to be revised."


class RemarkOpen(WrongState):
    """The remark still waits for its answer."""

    code = "REMARK_OPEN"
    id = "Catatan ini masih terbuka. Tunggu jawabannya; membukanya kembali tidak perlu."
    en = "This remark is open. Wait for its answer; it need not be reopened."


def note_answer(session: Session, row: Remark, answer: str) -> None:
    """Keep the answer; it may be bettered until the remark is settled.

    Raises RemarkSettled, or Invalid for the answer.
    """
    _refuse_settled(row)
    words = text_value(answer, path=("answer",), required=True)
    before = {"state": row.state, "answer": row.answer}
    row.state, row.answer, row.answered_by = RemarkState.ANSWERED, words, acting(session)
    after = {"state": row.state, "answer": words}
    audit.record(session, "remark.answer", "remark", row.id, before=before, after=after)


def note_settled(session: Session, row: Remark) -> None:
    """Agree that the remark is done with; raises RemarkSettled."""
    _refuse_settled(row)
    _move(session, "settle", row, RemarkState.SETTLED)


def note_reopened(session: Session, row: Remark, reply: str) -> None:
    """Ask once more and say what is still lacking; raises RemarkOpen, or Invalid for the reply."""
    if row.state is RemarkState.OPEN:
        raise RemarkOpen
    row.reply = text_value(reply, path=("reply",), required=True)
    _move(session, "reopen", row, RemarkState.OPEN, reply=row.reply)


def _refuse_settled(row: Remark) -> None:
    if row.state is RemarkState.SETTLED:
        raise RemarkSettled


def _move(session: Session, step: str, row: Remark, state: RemarkState, **after: str) -> None:
    before, row.state = row.state, state
    audit.record(
        session,
        f"remark.{step}",
        "remark",
        row.id,
        before={"state": before},
        after={"state": state, **after},
    )
