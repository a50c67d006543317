"""Telling people, and noting what they have read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from sqlalchemy import Update, and_, func, select, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import changes
from kotacerdas.errors import NotFound
from kotacerdas.jobs.actions import wake
from kotacerdas.pending import pending
from kotacerdas.scope import scope_of, tenant_of
from kotacerdas.settings import settings
from tenants.notifications.inserts import SEND, TELL, TELL_AND_MAIL
from tenants.notifications.models import Notification, NotificationKind
from tenants.notifications.queries import mine

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
) -> None:
    """Tell each of `people` once what happened to the subject, in the application and by mail.

    `data` holds the plain facts that the texts of `kind` name; `key` tells two events of one kind
    on one subject apart: who was told the same before is not told again. Within `digests.gathering`
    it waits for the end. One statement, however many people.
    """
    if session.info.get(GATHERING):
        pending(session, GATHERING).append(Notice(kind, subject_id, data, frozenset(people), key))
        return
    asked = sorted(set(people))
    if not asked:
        return
    given: dict[str, Any] = {
        "tenant_id": tenant_of(session),
        "kind": kind,
        "subject_id": subject_id,
        "data": data,
        "each_id": [uuid7() for _ in asked],
        "each_person_id": asked,
        "each_dedupe_key": [f"{kind}:{subject_id}:{key}:{person}" for person in asked],
    }
    for id_, person_id in zip(given["each_id"], asked, strict=True):
        changes.record(session, Notification, id_, person_id=person_id)
    if session.info.get(WITHOUT_MAIL):
        TELL.send(session, **given)
    else:
        TELL_AND_MAIL.send(session, **given, **_mails(session, asked))
        wake(session)


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


def _mails(session: Session, people: list[UUID]) -> dict[str, object]:
    """Return what is bound for a mail to each."""
    deliveries = [uuid7() for _ in people]
    host = parseaddr(settings().mail_from)[1].partition("@")[2]
    return {
        "acting": scope_of(session).person_id,
        "each_delivery_id": deliveries,
        "each_message_id": [f"<{delivery}@{host}>" for delivery in deliveries],
        "each_job_id": [uuid7() for _ in people],
        "each_job_key": [f"{SEND.name}:{delivery}" for delivery in deliveries],
    }


def _announced(session: Session, change: Update) -> list[UUID]:
    """Run an update of notifications, tell whom it concerns, and return the rows' ids."""
    row = Notification
    changed = session.execute(change.returning(row.id, row.tenant_id, row.person_id)).all()
    for id_, tenant_id, person_id in changed:
        changes.record(session, row, id_, tenant_id=tenant_id, person_id=person_id)
    return [each.id for each in changed]
