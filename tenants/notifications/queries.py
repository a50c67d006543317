"""A person's own notifications, over all cities or in the scope's one."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session

from kotacerdas.errors import Unauthenticated
from kotacerdas.scope import scope_of
from tenants.notifications.models import Notification


def unread_count(session: Session) -> int:
    """How many notifications the actor has not read."""
    unread = select(func.count()).where(mine(session), Notification.read_at.is_(None))
    return session.scalar(unread) or 0


def inbox(session: Session, *, limit: int, before: UUID | None = None) -> list[Notification]:
    """The actor's notifications, newest first; `before` is the last one of the page before."""
    older = true() if before is None else Notification.id < before
    page = select(Notification).where(mine(session), older)
    return list(session.scalars(page.order_by(Notification.id.desc()).limit(limit)))


def mine(session: Session) -> ColumnElement[bool]:
    """Rows told to the actor: in the scope's tenant, or in every one where the scope names none.

    Raises Unauthenticated where nobody acts.
    """
    scope = scope_of(session)
    if scope.person_id is None:
        raise Unauthenticated
    told = Notification.person_id == scope.person_id
    if scope.tenant_id is None:
        return told
    return and_(Notification.tenant_id == scope.tenant_id, told)
