"""Telling people, and noting what they have read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr
from uuid import UUID

from sqlalchemy import (
    Insert,
    TableValuedAlias,
    Text,
    Update,
    Uuid,
    and_,
    bindparam,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import changes
from kotacerdas.errors import NotFound
from kotacerdas.jobs import Job, Kind, Queue
from kotacerdas.jobs.actions import wake
from kotacerdas.pending import pending
from kotacerdas.scope import scope_of, tenant_of
from kotacerdas.settings import settings
from tenants.notifications.models import (
    Channel,
    Delivery,
    DeliveryState,
    Notification,
    NotificationKind,
)
from tenants.notifications.queries import mine

SEND = Kind("notifications.send", Queue.MAIL)
"""The job that carries one delivery out; its subject is the delivery."""

WITHOUT_MAIL = "without_mail"
GATHERING = "notices"
"""Keys of a session's `info`; notices are gathered under the second."""


@dataclass(frozen=True)
class Notice:
    """What `tell` was asked to tell."""

    kind: NotificationKind
    subject_id: UUID
    data: dict[str, str]
    people: frozenset[UUID]
    key: str


def without_mail(session: Session) -> None:
    """Tell people in the application alone until this unit of work ends: for entering history."""
    session.info[WITHOUT_MAIL] = True


def tell(
    session: Session,
    kind: NotificationKind,
    *,
    subject_id: UUID,
    data: dict[str, str],
    people: Iterable[UUID],
    key: str,
) -> int:
    """Tell each of `people` once what happened to the subject, in the application and by mail.

    `data` holds the plain facts that the texts of `kind` name; `key` tells two events of one kind
    on one subject apart. Returns how many were new; within `digests.gathering` none is, yet. Three
    inserts, however many people.
    """
    if session.info.get(GATHERING):
        pending(session, GATHERING).append(Notice(kind, subject_id, data, frozenset(people), key))
        return 0
    told = _write_notifications(session, kind, subject_id, data, sorted(set(people)), key)
    if told and not session.info.get(WITHOUT_MAIL):
        _enqueue_sending(session, _write_deliveries(session, told))
    return len(told)


def mark_read(session: Session, notification_ids: Iterable[UUID]) -> int:
    """Note that the actor has read these; returns how many were unread.

    Raises NotFound if one of them is not the actor's; then none is marked.
    """
    wanted = set(notification_ids)
    own = and_(mine(session), Notification.id.in_(wanted))
    if session.scalar(select(func.count()).where(own)) != len(wanted):
        raise NotFound
    read = update(Notification).where(own, Notification.read_at.is_(None))
    return len(_announced(session, read.values(read_at=func.now())))


def _write_notifications(
    session: Session,
    kind: NotificationKind,
    subject_id: UUID,
    data: dict[str, str],
    people: list[UUID],
    key: str,
) -> list[UUID]:
    row = _rows(
        id=[uuid7() for _ in people],
        person_id=people,
        dedupe_key=[f"{kind}:{subject_id}:{key}:{person}" for person in people],
    )
    values = {
        "tenant_id": literal(tenant_of(session)),
        "id": row.c.id,
        "person_id": row.c.person_id,
        "kind": literal(kind, Notification.kind.type),
        "subject_id": literal(subject_id),
        "data": literal(data, Notification.data.type),
        "dedupe_key": row.c.dedupe_key,
    }
    new = insert(Notification).from_select(list(values), select(*values.values()))
    return _announced(session, new.on_conflict_do_nothing())


def _announced(session: Session, change: Insert | Update) -> list[UUID]:
    """Run a statement on notifications, tell whom it concerns, and return the rows' ids."""
    row = Notification
    changed = session.execute(change.returning(row.id, row.tenant_id, row.person_id)).all()
    for id_, tenant_id, person_id in changed:
        changes.record(session, row, id_, tenant_id=tenant_id, person_id=person_id)
    return [each.id for each in changed]


def _write_deliveries(session: Session, notifications: list[UUID]) -> list[UUID]:
    ids = [uuid7() for _ in notifications]
    host = parseaddr(settings().mail_from)[1].partition("@")[2]
    row = _rows(
        id=ids,
        notification_id=notifications,
        message_id=[f"<{delivery}@{host}>" for delivery in ids],
    )
    values = {
        "tenant_id": literal(tenant_of(session)),
        "id": row.c.id,
        "notification_id": row.c.notification_id,
        "channel": literal(Channel.EMAIL, Delivery.channel.type),
        "state": literal(DeliveryState.WAITING, Delivery.state.type),
        "message_id": row.c.message_id,
    }
    session.execute(insert(Delivery).from_select(list(values), select(*values.values())))
    return ids


def _enqueue_sending(session: Session, deliveries: list[UUID]) -> None:
    row = _rows(
        id=[uuid7() for _ in deliveries],
        subject_id=deliveries,
        dedupe_key=[f"{SEND.name}:{delivery}" for delivery in deliveries],
    )
    values = {
        "tenant_id": literal(tenant_of(session)),
        "id": row.c.id,
        "kind": literal(SEND.name),
        "queue": literal(SEND.queue, Job.queue.type),
        "subject_id": row.c.subject_id,
        "person_id": literal(scope_of(session).person_id, Uuid()),
        "dedupe_key": row.c.dedupe_key,
    }
    session.execute(insert(Job).from_select(list(values), select(*values.values())))
    wake(session)


def _rows(**columns: list[UUID] | list[str]) -> TableValuedAlias:
    """Bind whole columns as arrays: one statement of a fixed shape for any number of rows."""
    arrays = [
        bindparam(None, values, ARRAY(Text() if name in ("dedupe_key", "message_id") else Uuid()))
        for name, values in columns.items()
    ]
    return func.unnest(*arrays).table_valued(*columns).render_derived()
