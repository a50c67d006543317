"""Giving open work to the units that take over, each change with its entry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.identity.models import Invitation, Membership
from kotacerdas.scope import tenant_of
from tenants.masterplan.models import Programme, ProgrammeSupport
from tenants.reorganisation.open_work import KEPT, OpenWork, Row, WorkKind

Taker = Callable[[OpenWork], UUID | None]
"""Which unit takes something over; None where none does."""


def give(session: Session, work: Iterable[tuple[OpenWork, Row]], taker: Taker) -> Counter[WorkKind]:
    """Move open work to its takers and return how much of each kind."""
    moved: Counter[WorkKind] = Counter()
    led: list[UUID] = []
    supports: list[tuple[OpenWork, ProgrammeSupport]] = []
    for item, row in work:
        moved[item.kind] += 1
        match item.kind:
            case WorkKind.SUPPORT:
                supports.append((item, row))
            case WorkKind.MEMBERSHIP:
                _give_role(session, item, row, taker(item))
            case WorkKind.INVITATION:
                _give_invitation(session, item, row, taker(item))
            case _:
                column = KEPT[item.kind].owner.key
                setattr(row, column, taker(item))
                led += [item.id] if item.kind is WorkKind.PROGRAMME else []
                _record(session, item, column, taker(item))
    session.flush()  # who leads now is read below
    _leave_own_supports(session, led)
    _give_supports(session, supports, taker)
    return moved


def _give_role(session: Session, item: OpenWork, row: Membership, unit_id: UUID | None) -> None:
    """Move a role; whoever holds it in the new unit already, or has none to go to, loses it."""
    session.flush()  # a role moved just before counts
    same = select(Membership.id).where(
        Membership.tenant_id == row.tenant_id,
        Membership.person_id == row.person_id,
        Membership.role == row.role,
        Membership.unit_id == unit_id,
        Membership.ended_at.is_(None),
    )
    if unit_id is None or session.scalar(same) is not None:
        row.ended_at = datetime.now(UTC)
        facts = {"person_id": row.person_id, "role": row.role, "unit_id": row.unit_id}
        audit.record(session, "membership.end", "membership", row.id, before=facts)
        return
    row.unit_id = unit_id
    _record(session, item, "unit_id", unit_id)


def _give_invitation(
    session: Session, item: OpenWork, row: Invitation, unit_id: UUID | None
) -> None:
    if unit_id is None:
        row.expires_at = min(row.expires_at, datetime.now(UTC))
        audit.record(session, "invitation.end", "invitation", row.id, before={"unit": row.unit_id})
        return
    row.unit_id = unit_id
    _record(session, item, "unit_id", unit_id)


def _give_supports(
    session: Session, supports: list[tuple[OpenWork, ProgrammeSupport]], taker: Taker
) -> None:
    """Move supports; a programme lists no unit twice, and none that leads it."""
    there = _listed(session, [row for _, row in supports])
    for item, row in supports:
        unit_id = taker(item)
        if unit_id is None or unit_id in there[row.programme_id]:
            session.delete(row)
        else:
            row.unit_id = unit_id
            there[row.programme_id].add(unit_id)
        _record(session, item, "supporting_unit_id", unit_id)
    for programme_id in there:
        programme = session.get_one(Programme, (tenant_of(session), programme_id))
        programme.updated_at = datetime.now(UTC)  # the version rises though only parts changed


def _listed(session: Session, moving: list[ProgrammeSupport]) -> dict[UUID, set[UUID]]:
    """Return which units lead or support each programme besides those that move."""
    tenant_id = tenant_of(session)
    ids = {row.programme_id for row in moving}
    leads = select(Programme.id, Programme.lead_unit_id).where(
        Programme.tenant_id == tenant_id, Programme.id.in_(ids)
    )
    others = select(ProgrammeSupport.programme_id, ProgrammeSupport.unit_id).where(
        ProgrammeSupport.tenant_id == tenant_id,
        ProgrammeSupport.programme_id.in_(ids),
        ProgrammeSupport.id.not_in([row.id for row in moving]),
    )
    there: dict[UUID, set[UUID]] = defaultdict(set)
    for programme_id, unit_id in [*session.execute(leads), *session.execute(others)]:
        there[programme_id].add(unit_id)
    return there


def _leave_own_supports(session: Session, programme_ids: list[UUID]) -> None:
    """Who leads a programme from now on no longer supports it."""
    tenant_id = tenant_of(session)
    leads = exists().where(
        Programme.tenant_id == tenant_id,
        Programme.id == ProgrammeSupport.programme_id,
        Programme.lead_unit_id == ProgrammeSupport.unit_id,
    )
    session.execute(
        delete(ProgrammeSupport).where(
            ProgrammeSupport.tenant_id == tenant_id,
            ProgrammeSupport.programme_id.in_(programme_ids),
            leads,
        )
    )


def _record(session: Session, item: OpenWork, column: str, unit_id: UUID | None) -> None:
    entity = "programme" if item.kind is WorkKind.SUPPORT else item.kind.value
    before, after = {column: item.unit_id}, {column: unit_id}
    audit.record(session, f"{entity}.reorganise", entity, item.id, before=before, after=after)
