"""Writing one score of an item: the first time a row, later a change of it."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import StaleVersion
from kotacerdas.rows import refuse_stale
from tenants.evaluation.models import AssessorScore, Evaluation, SelfScore

Score = TypeVar("Score", SelfScore, AssessorScore)


def write(
    session: Session,
    model: type[Score],
    evaluation: Evaluation,
    key: dict[str, Any],
    values: dict[str, Any],
    *,
    dimension_id: UUID | None,
    expected_version: int,
) -> Score:
    """Keep `values` in the evaluation's score of that key; version 0 means that there is none yet.

    The caller has locked the evaluation, so that nobody writes a second one meanwhile. Raises
    StaleVersion.
    """
    own = {"tenant_id": evaluation.tenant_id, "evaluation_id": evaluation.id, **key}
    kept = session.scalar(select(model).filter_by(**own))
    before = None if kept is None else {name: getattr(kept, name) for name in values}
    if kept is not None:
        refuse_stale(kept, expected_version)
    elif expected_version != 0:
        raise StaleVersion(current_version=0)
    else:
        kept = model(id=uuid7(), dimension_id=dimension_id, **own)
        session.add(kept)
    for name, value in values.items():
        setattr(kept, name, value)
    entity, after = model.__tablename__, values | {"item": key["item"]}
    audit.record(session, f"{entity}.write", entity, kept.id, before=before, after=after)
    return kept
