"""One notice of many things: what a call for many rows tells a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas import bulk
from kotacerdas.bulk import OnError, Outcome
from kotacerdas.pending import taken
from tenants.notifications.actions import GATHERING, Notice, tell
from tenants.notifications.models import NotificationKind

Item = TypeVar("Item")
NAMED = 5
"""How many things a digest names; it counts the others."""

K = NotificationKind
MANY: dict[NotificationKind, NotificationKind] = {
    K.SUBMITTED: K.SUBMITTED_MANY,
    K.ENDORSED: K.ENDORSED_MANY,
}
"""The kinds that can be told of many things at once; all others are told one by one."""


def each(
    session: Session,
    items: Sequence[Item],
    rule: Callable[[Session, Item], UUID],
    *,
    on_error: OnError,
    most: int = bulk.MOST,
) -> list[Outcome]:
    """Run `kotacerdas.bulk.each`, and tell each person at its end of all that happened, once."""
    with gathering(session):
        return bulk.each(session, items, rule, on_error=on_error, most=most)


@contextmanager
def gathering(session: Session) -> Iterator[None]:
    """Hold back what the block tells; at its end each person gets one notice of each kind."""
    session.info[GATHERING] = True
    try:
        yield
    finally:
        del session.info[GATHERING]
    for notice in digested(taken(session, GATHERING)):
        tell(
            session,
            notice.kind,
            subject_id=notice.subject_id,
            data=notice.data,
            people=notice.people,
            key=notice.key,
        )


def digested(notices: Iterable[Notice]) -> Iterator[Notice]:
    """Put together what one person is told of one kind; people who are told the same share it."""
    singly: dict[tuple[NotificationKind, UUID], list[Notice]] = {}
    for notice in notices:
        if notice.kind not in MANY:
            yield notice
            continue
        for person in notice.people:
            singly.setdefault((notice.kind, person), []).append(notice)
    told = sorted(singly.items(), key=lambda item: (item[0][0], _subjects(item[1])))
    for _, group in groupby(told, key=lambda item: (item[0][0], _subjects(item[1]))):
        members = list(group)
        yield _joined(members[0][1], frozenset(person for (_, person), _ in members))


def _subjects(notices: Sequence[Notice]) -> list[UUID]:
    return [notice.subject_id for notice in notices]


def _joined(notices: Sequence[Notice], people: frozenset[UUID]) -> Notice:
    first = notices[0]
    if len(notices) == 1:
        return Notice(first.kind, first.subject_id, first.data, people, first.key)
    data = {
        "count": str(len(notices)),
        "name": _few(notices, "name"),
        "unit": _few(notices, "unit"),
    }
    return Notice(MANY[first.kind], first.subject_id, data, people, first.key)


def _few(notices: Sequence[Notice], fact: str) -> str:
    """The first of the distinct facts in a line."""
    values = list(dict.fromkeys(notice.data[fact] for notice in notices))
    return "; ".join(values[:NAMED]) + ("; …" if len(values) > NAMED else "")
