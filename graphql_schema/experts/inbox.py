"""What waits for an expert, as the API shows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry
from sqlalchemy.orm import Session

from graphql_schema.ids import CITY, Key
from graphql_schema.reader.ruling import gathered, ruled
from graphql_schema.scalars import Slug
from kotacerdas.identity.policy import Permission
from tenants.inbox import waiting
from tenants.inbox.waiting import Waiting

PREFIXES: dict[Waiting, str] = {
    Waiting.TO_REVIEW: "inn",
    Waiting.IN_REVIEW: "inn",
    Waiting.REMARK_ANSWERED: "rmk",
    Waiting.PLAN_REMARK_ANSWERED: "rmk",
    Waiting.TO_JUDGE: "rnd",
    Waiting.TO_ASSESS: "evl",
    Waiting.TO_SCORE: "asm",
}
KIND = {
    "kind": Annotated[
        Waiting | None, strawberry.argument(description="Only what waits for this reason.")
    ]
}
"""The argument that both inboxes take."""


@strawberry.type(description="One thing that waits for an expert.")
class InboxItem:
    """One thing that waits for an expert."""

    kind: Waiting = strawberry.field(description="Why it waits.")
    subject_id: strawberry.ID = strawberry.field(
        description="Innovation, remark, round, evaluation or assessment; `node` reads it."
    )
    name: str = strawberry.field(
        description="The name of the innovation, part or plan, or the evaluated year."
    )
    waiting_since: datetime = strawberry.field(description="Since when it waits.")
    city_id: strawberry.ID = strawberry.field(description="City that it belongs to.")
    city_slug: Slug = strawberry.field(description="That city's name in addresses.")
    city_name: str = strawberry.field(description="That city's name.")


def inbox_of(session: Session, _city_id: UUID, *, kind: Waiting | None = None) -> list[InboxItem]:
    """Return what waits for the actor in the city, oldest first."""
    return [_item(item) for item in waiting.inbox(session, kind=kind)]


def together(lists: Iterable[list[InboxItem]]) -> list[InboxItem]:
    """Return the inboxes of several cities as one, oldest first."""
    items = [item for each in lists for item in each]
    return sorted(items, key=lambda item: (item.waiting_since, item.subject_id))[: waiting.MOST]


def _item(item: waiting.Item) -> InboxItem:
    subject = Key(PREFIXES[item.kind], item.tenant_id, item.subject_id)
    return InboxItem(
        kind=item.kind,
        subject_id=strawberry.ID(str(subject)),
        name=item.name,
        waiting_since=item.since,
        city_id=strawberry.ID(str(Key(CITY, item.tenant_id, None))),
        city_slug=Slug(item.slug),
        city_name=item.city,
    )


def city_inbox() -> Any:
    """The field of a city."""
    return ruled(
        inbox_of,
        "What waits here for the caller as an expert, oldest first; null for others.",
        arguments=KIND,
        requires=Permission.INNOVATION_REVIEW,
    )


def viewer_inbox() -> Any:
    """The field of the viewer."""
    return gathered(
        inbox_of,
        "What waits for an expert in all their cities, oldest first.",
        together=together,
        where=Permission.INNOVATION_REVIEW,
        arguments=KIND,
    )
