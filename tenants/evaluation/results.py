"""Computing results from scores, and keeping each beside the former ones."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas.scope import scope_of
from tenants.evaluation import scoring
from tenants.evaluation.instruments import Instrument
from tenants.evaluation.models import (
    AssessorScore,
    Evaluation,
    EvaluationResult,
    Objection,
    ObjectionState,
    ResultKind,
    SelfScore,
)


def self_scores(session: Session, row: Evaluation) -> dict[str, Decimal]:
    """Return what the city gave itself, by item."""
    mine = select(SelfScore.item, SelfScore.score).where(
        SelfScore.tenant_id == row.tenant_id, SelfScore.evaluation_id == row.id
    )
    return {row.item: row.score for row in session.execute(mine)}


def assessed_scores(session: Session, row: Evaluation) -> dict[str, Decimal]:
    """Return the assessors' mean by item; an objection that was upheld decides its item."""
    given = select(AssessorScore.item, AssessorScore.score).where(
        AssessorScore.tenant_id == row.tenant_id, AssessorScore.evaluation_id == row.id
    )
    by_item: dict[str, list[Decimal]] = {}
    for item, score in session.execute(given):
        by_item.setdefault(item, []).append(score)
    upheld = select(Objection.item, Objection.decided_score).where(
        Objection.tenant_id == row.tenant_id,
        Objection.evaluation_id == row.id,
        Objection.state == ObjectionState.UPHELD,
    )
    means = {item: scoring.mean(scores) for item, scores in by_item.items()}
    return means | {item: score for item, score in session.execute(upheld) if score is not None}


def reasons(session: Session, row: Evaluation) -> dict[str, list[str]]:
    """Return why the assessors gave their scores, by item, in the order of their first writing."""
    given = select(AssessorScore.item, AssessorScore.reason).where(
        AssessorScore.tenant_id == row.tenant_id, AssessorScore.evaluation_id == row.id
    )
    by_item: dict[str, list[str]] = {}
    for item, reason in session.execute(given.order_by(AssessorScore.id)):
        by_item.setdefault(item, []).append(reason)
    return by_item


def keep(
    session: Session,
    row: Evaluation,
    kind: ResultKind,
    used: Instrument,
    scores: Mapping[str, Decimal],
    reasons: Mapping[str, list[str]] | None = None,
) -> EvaluationResult:
    """Compute a result and keep it with the next number; every item has a score.

    `reasons` are the assessors' by item: the city reads them without their names.
    """
    computed = scoring.result(used.parts, scores)
    last = select(func.max(EvaluationResult.number)).where(
        EvaluationResult.tenant_id == row.tenant_id, EvaluationResult.evaluation_id == row.id
    )
    kept = EvaluationResult(
        tenant_id=row.tenant_id,
        id=uuid7(),
        evaluation_id=row.id,
        number=(session.scalar(last) or 0) + 1,
        kind=kind,
        index=computed.index,
        content=content_of(used, scores, computed, reasons or {}),
        decided_by=scope_of(session).person_id,
    )
    session.add(kept)
    return kept


def content_of(
    used: Instrument,
    scores: Mapping[str, Decimal],
    computed: scoring.Result,
    reasons: Mapping[str, list[str]],
) -> dict[str, Any]:
    """Return what a result shows: parts in order, items by what they would bring."""
    parts = [
        {
            "code": part.code,
            "name": used.names[part.code][0],
            "name_en": used.names[part.code][1],
            "weight": str(part.weight),
            "score": str(computed.parts[part.code]),
        }
        for part in used.parts
    ]
    items = [
        {
            "item": found.item.key,
            "part": found.item.part,
            "dimension": found.item.dimension,
            "score": str(found.score),
            "per_point": str(found.per_point),
            "to_maximum": str(found.to_maximum),
            "reasons": reasons.get(found.item.key, []),
        }
        for found in scoring.improvements(used.parts, scores, used.maximum)
    ]
    return {"maximum": str(used.maximum), "parts": parts, "items": items}
