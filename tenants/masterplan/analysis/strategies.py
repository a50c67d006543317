"""Strategies that follow from SWOT points of two sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypedDict, Unpack
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas.errors import DomainError, NotFound
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from kotacerdas.values import refuse
from tenants.masterplan.analysis import writing
from tenants.masterplan.analysis.models import (
    Strategy,
    StrategyKind,
    StrategyPoint,
    SwotKind,
    SwotPoint,
)
from tenants.masterplan.analysis.swot import point_code
from tenants.masterplan.analysis.texts import Text, cleaned
from tenants.masterplan.models import Masterplan

TEXTS = {"text": Text("text", required=True)}
SIDES = {
    StrategyKind.SO: (SwotKind.STRENGTH, SwotKind.OPPORTUNITY),
    StrategyKind.WO: (SwotKind.WEAKNESS, SwotKind.OPPORTUNITY),
    StrategyKind.ST: (SwotKind.STRENGTH, SwotKind.THREAT),
    StrategyKind.WT: (SwotKind.WEAKNESS, SwotKind.THREAT),
}
"""What a strategy of each kind joins."""

NAMES = {
    SwotKind.STRENGTH: ("kekuatan (S)", "strength (S)"),
    SwotKind.WEAKNESS: ("kelemahan (W)", "weakness (W)"),
    SwotKind.OPPORTUNITY: ("peluang (O)", "opportunity (O)"),
    SwotKind.THREAT: ("ancaman (T)", "threat (T)"),
}
POINTS = "point_ids"


class StrategyFields(TypedDict, total=False):
    """What a caller may set; a field left out keeps its value, points replace the former ones."""

    text: str
    point_ids: Sequence[UUID]


class StrategySideMissing(DomainError):
    """A strategy that names no point of one of its two sides."""

    code = "STRATEGY_SIDE_MISSING"
    id = "Strategi {kind} harus bertolak dari paling sedikit satu {side_id}. Tambahkan butirnya."
    en = "A {kind} strategy comes from at least one {side_en}. Add one."


class StrategyPointForeign(DomainError):
    """A point of a side that the strategy's kind does not join."""

    code = "STRATEGY_POINT_FOREIGN"
    id = (
        "Butir {point} bukan dasar strategi {kind}, yang memadukan {sides_id}. Keluarkan butir itu"
        " atau pilih jenis strategi lain."
    )
    en = (
        "The point {point} is no ground of a {kind} strategy, which joins {sides_en}. Leave it out,"
        " or choose another kind of strategy."
    )


def create_strategy(
    session: Session,
    masterplan_id: UUID,
    *,
    kind: StrategyKind,
    idempotency_key: str | None = None,
    **fields: Unpack[StrategyFields],
) -> Strategy:
    """Add a strategy with the points that it comes from, at least one of each of its sides."""
    require(session, Permission.MASTERPLAN_WRITE)
    of = {"plan": masterplan_id, "kind": kind}
    request: dict[str, Any] = {"do": "swot_strategy.create", **of, **fields}

    def create() -> UUID:
        plan = locked(session, Masterplan, masterplan_id)
        given: StrategyFields = {"text": "", "point_ids": (), **fields}
        values, points = _checked(session, plan.id, kind, given)
        place = {"masterplan_id": plan.id, "kind": kind}
        ordinal = writing.next_ordinal(session, Strategy, **place)
        values = {"kind": kind, "ordinal": ordinal, **values}
        strategy_id = writing.add(session, Strategy, plan, values)
        _write_points(session, strategy_id, points or ())
        return strategy_id

    return locked(session, Strategy, once(session, idempotency_key, request, create))


def update_strategy(
    session: Session, strategy_id: UUID, *, expected_version: int, **changes: Unpack[StrategyFields]
) -> Strategy:
    """Change a strategy's words or the points that it comes from; its kind stays."""
    require(session, Permission.MASTERPLAN_WRITE)
    row, plan = writing.taken(session, Strategy, strategy_id, expected_version=expected_version)
    values, points = _checked(session, plan.id, row.kind, changes)
    if points is not None:
        _write_points(session, row.id, points)
        writing.record(session, "points", row, after={POINTS: sorted(points)})
    if not writing.change(session, row, plan.id, values) and points is not None:
        writing.touch(session, row)
    return row


def delete_strategy(session: Session, strategy_id: UUID, *, expected_version: int) -> Masterplan:
    """Leave a strategy out of the plan; its points stay."""
    require(session, Permission.MASTERPLAN_WRITE)
    row, plan = writing.taken(session, Strategy, strategy_id, expected_version=expected_version)
    _write_points(session, row.id, ())
    writing.remove(session, row)
    return plan


def _checked(
    session: Session, plan_id: UUID, kind: StrategyKind, fields: StrategyFields
) -> tuple[dict[str, Any], Sequence[UUID] | None]:
    """Clean words, and the ids of the points if they were given."""
    errors: list[DomainError] = []
    clean = cleaned(fields, TEXTS, errors)
    points = clean.pop(POINTS, None)
    if points is not None:
        points = tuple(dict.fromkeys(points))
        errors += _faults(session, plan_id, kind, points)
    refuse(errors)
    return clean, points


def _faults(
    session: Session, plan_id: UUID, kind: StrategyKind, point_ids: Sequence[UUID]
) -> Iterator[DomainError]:
    found = session.scalars(
        select(SwotPoint).where(
            SwotPoint.tenant_id == tenant_of(session),
            SwotPoint.masterplan_id == plan_id,
            SwotPoint.id.in_(point_ids),
        )
    )
    points = {point.id: point for point in found}
    sides = SIDES[kind]
    named = {"kind": kind.value.upper()}
    for place, point_id in enumerate(point_ids):
        path = ("pointIds", str(place))
        point = points.get(point_id)
        if point is None:
            yield NotFound(path=path)
        elif point.kind not in sides:
            both = [" + ".join(NAMES[side][at] for side in sides) for at in (0, 1)]
            words = {"sides_id": both[0], "sides_en": both[1]}
            yield StrategyPointForeign(path=path, point=point_code(point), **named, **words)
    for side in sides:
        if side not in {point.kind for point in points.values()}:
            words = {"side_id": NAMES[side][0], "side_en": NAMES[side][1]}
            yield StrategySideMissing(path=("pointIds",), **named, **words)


def _write_points(session: Session, strategy_id: UUID, point_ids: Sequence[UUID]) -> None:
    own = {"tenant_id": tenant_of(session), "strategy_id": strategy_id}
    session.execute(delete(StrategyPoint).filter_by(**own))
    rows = [{**own, "id": uuid7(), "swot_point_id": point_id} for point_id in point_ids]
    if rows:
        session.execute(insert(StrategyPoint), rows)
