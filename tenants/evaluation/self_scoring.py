"""The city scores itself, item by item, with evidence."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError
from kotacerdas.identity.policy import Permission, Role, require
from kotacerdas.identity.queries import members_with
from kotacerdas.values import collect, link_value, refuse, text_value
from tenants.evaluation import results, scores, scoring
from tenants.evaluation.instruments import Instrument
from tenants.evaluation.models import (
    Evaluation,
    EvaluationRound,
    EvaluationState,
    ResultKind,
    SelfScore,
)
from tenants.evaluation.states import instrument_for, round_of, taken
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind


class SelfScoresMissing(DomainError):
    """Items without a self score."""

    code = "SELF_SCORES_MISSING"
    id = "Belum dinilai: {items_id}. Isi nilai dan buktinya, lalu kirim lagi."
    en = "Not scored yet: {items_en}. Enter a score with its evidence, then submit again."


class PrefilledUnconfirmed(DomainError):
    """Items that still hold last year's score, which nobody has looked at."""

    code = "PREFILLED_UNCONFIRMED"
    id = "Masih salinan tahun lalu: {items_id}. Periksa dan simpan setiap butir itu."
    en = "Still copied from last year: {items_en}. Check and save each of these items."


class NothingToPrefill(DomainError):
    """No earlier evaluation of the city shares an item with this one that is still empty."""

    code = "NOTHING_TO_PREFILL"
    id = "Tidak ada nilai tahun lalu untuk butir yang masih kosong. Isi nilainya satu per satu."
    en = "No earlier scores fit the items that are still empty. Enter the scores one by one."


def score_item(
    session: Session,
    evaluation_id: UUID,
    *,
    item: str,
    score: Decimal,
    evidence: str,
    link: str | None = None,
    expected_version: int,
) -> SelfScore:
    """Give the city's own score for an item; `expected_version` is 0 where there is none yet.

    Raises NotFound, Forbidden, EvaluationWrongState, ItemUnknown, StaleVersion, or Invalid.
    """
    require(session, Permission.EVALUATION_WRITE)
    row = taken(session, evaluation_id, EvaluationState.SELF_SCORING)
    used = instrument_for(session, row)
    found = used.item(item)
    values = collect(
        {
            "score": lambda: used.score(score, ("score",)),
            "evidence": lambda: text_value(evidence, path=("evidence",), required=True),
            "link": lambda: link_value(link, path=("link",)),
        }
    )
    return scores.write(
        session,
        SelfScore,
        row,
        {"item": found.key},
        values | {"prefilled": False},
        dimension_id=used.dimension_id(found),
        expected_version=expected_version,
    )


def prefill(session: Session, evaluation_id: UUID, *, expected_version: int) -> Evaluation:
    """Copy the scores and evidence of the city's last evaluation into the items still empty.

    Each copy waits to be confirmed by saving it. Raises NotFound, Forbidden, StaleVersion,
    EvaluationWrongState or NothingToPrefill.
    """
    require(session, Permission.EVALUATION_WRITE)
    row = taken(
        session, evaluation_id, EvaluationState.SELF_SCORING, expected_version=expected_version
    )
    used, known = instrument_for(session, row), results.self_scores(session, row)
    empty = {item.key: item for item in used.items() if item.key not in known}
    copies = [
        (empty[former.item], former)
        for former in _former(session, row)
        if former.item in empty and former.score <= used.maximum
    ]
    if not copies:
        raise NothingToPrefill
    for item, former in copies:
        copy = _new(row, used, item)
        copy.score, copy.evidence, copy.link = former.score, former.evidence, former.link
        copy.prefilled = True
        session.add(copy)
    after = {"items": sorted(item.key for item, _ in copies)}
    audit.record(session, "evaluation.prefill", "evaluation", row.id, after=after)
    return row


def submit(session: Session, evaluation_id: UUID, *, expected_version: int) -> Evaluation:
    """Hand the self scores to the assessors, and keep what they come to.

    Raises NotFound, Forbidden, StaleVersion, EvaluationWrongState, or together SelfScoresMissing
    and PrefilledUnconfirmed, which name the items.
    """
    require(session, Permission.EVALUATION_WRITE)
    row = taken(
        session, evaluation_id, EvaluationState.SELF_SCORING, expected_version=expected_version
    )
    used, given = instrument_for(session, row), results.self_scores(session, row)
    refuse(_incomplete(session, row, used, given))
    kept = results.keep(session, row, ResultKind.SELF, used, given)
    row.state, row.self_submitted_at = EvaluationState.ASSESSING, datetime.now(UTC)
    after = {"state": row.state, "index": kept.index}
    audit.record(session, "evaluation.submit", "evaluation", row.id, after=after)
    tell(
        session,
        NotificationKind.EVALUATION_SUBMITTED,
        subject_id=row.id,
        data={"year": str(round_of(session, row).year)},
        people=members_with(session, [Role.EXPERT]),
        key="",
    )
    return row


def _incomplete(
    session: Session, row: Evaluation, used: Instrument, given: dict[str, Decimal]
) -> list[DomainError]:
    errors: list[DomainError] = []
    if empty := scoring.missing(used.parts, given):
        items_id, items_en = used.named(empty)
        errors.append(SelfScoresMissing(items_id=items_id, items_en=items_en))
    copied = set(
        session.scalars(
            select(SelfScore.item).where(
                SelfScore.tenant_id == row.tenant_id,
                SelfScore.evaluation_id == row.id,
                SelfScore.prefilled,
            )
        )
    )
    if copied:
        items_id, items_en = used.named(item for item in used.items() if item.key in copied)
        errors.append(PrefilledUnconfirmed(items_id=items_id, items_en=items_en))
    return errors


def _new(row: Evaluation, used: Instrument, item: scoring.Item) -> SelfScore:
    return SelfScore(
        tenant_id=row.tenant_id,
        id=uuid7(),
        evaluation_id=row.id,
        item=item.key,
        dimension_id=used.dimension_id(item),
    )


def _former(session: Session, row: Evaluation) -> list[SelfScore]:
    """Return the self scores of the city's last evaluation before this one's year."""
    year = round_of(session, row).year
    last = (
        select(Evaluation.id)
        .join(EvaluationRound, EvaluationRound.id == Evaluation.round_id)
        .where(Evaluation.tenant_id == row.tenant_id, EvaluationRound.year < year)
        .order_by(EvaluationRound.year.desc())
        .limit(1)
    )
    mine = select(SelfScore).where(
        SelfScore.tenant_id == row.tenant_id, SelfScore.evaluation_id == last.scalar_subquery()
    )
    return list(session.scalars(mine.order_by(SelfScore.item)))
