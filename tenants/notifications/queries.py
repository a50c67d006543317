"""A person's own notifications, over all cities or in the scope's one."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from kotacerdas.errors import Unauthenticated
from kotacerdas.scope import scope_of
from tenants.notifications.models import Notification


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
