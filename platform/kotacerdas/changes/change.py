"""A change as it travels: what kind of thing, whose, and its id; never what is in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import orjson

from kotacerdas.settings import Settings

LARGEST_MESSAGE = 500
"""Changes in one message: some 60 KB."""
MISSED = b"null"
"""The message of a sender that had changes to tell and has lost them."""


@dataclass(frozen=True)
class Change:
    """Something of `kind` was written; `person_id` is whom alone it concerns, if anybody."""

    kind: str
    tenant_id: int | None
    id: UUID
    person_id: UUID | None = None


def address(settings: Settings) -> str:
    """Return the broker's URL as redis-py reads it: Celery has another scheme for a socket."""
    return settings.broker_url.get_secret_value().replace("redis+socket://", "unix://", 1)


def channel(settings: Settings) -> str:
    """Return the channel of a deployment: Redis keeps channels of all its databases in one."""
    _, _, database = settings.broker_url.get_secret_value().rpartition("/")
    return f"kotacerdas.changes.{database if database.isdigit() else 0}"


def encoded(changes: Iterable[Change]) -> list[bytes]:
    """Return the messages that tell these changes."""
    rows = [[each.kind, each.tenant_id, each.id, each.person_id] for each in changes]
    parts = range(0, len(rows), LARGEST_MESSAGE)
    return [orjson.dumps(rows[start : start + LARGEST_MESSAGE]) for start in parts]


def decoded(message: bytes) -> list[Change] | None:
    """Return what a message tells, None for MISSED; raises ValueError for one that is not ours."""
    if message == MISSED:
        return None
    rows = orjson.loads(message)
    try:
        return [
            Change(kind, tenant_id, UUID(id_), UUID(person) if person else None)
            for kind, tenant_id, id_, person in rows
        ]
    except (TypeError, AttributeError) as malformed:  # rows of another shape
        raise ValueError("no message of changes") from malformed
