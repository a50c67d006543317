"""The messages of the protocol `graphql-transport-ws`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from graphql_schema.transport.refusals import BadRequest
from graphql_schema.transport.request_form import Asked, checked

PROTOCOL = "graphql-transport-ws"
LARGEST_MESSAGE = 64 * 1024
"""Characters of a message: the longest document and its variables."""
LONGEST_ID = 128


class Closed(Exception):
    """The connection is to end, with this code and reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True)
class Init:
    """The client introduces itself."""

    payload: dict[str, Any]


@dataclass(frozen=True)
class Subscribe:
    """The client asks for a subscription, which it names."""

    id: str
    asked: Asked


@dataclass(frozen=True)
class Complete:
    """The client follows no longer."""

    id: str


@dataclass(frozen=True)
class Ping:
    """The client asks whether we are there."""


@dataclass(frozen=True)
class Pong:
    """The client is there."""


Received = Init | Subscribe | Complete | Ping | Pong


def read(text: str) -> Received:
    """Read a message; raises Closed with 4400 for what is none of the protocol's."""
    if len(text) > LARGEST_MESSAGE:
        raise Closed(4400, f"Message over {LARGEST_MESSAGE} characters")
    try:
        fields = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Closed(4400, "Message is no JSON") from None
    kind = fields.get("type") if isinstance(fields, dict) else None
    match kind:
        case "connection_init":
            return Init(_object(fields.get("payload") or {}))
        case "subscribe":
            return Subscribe(_id(fields), _asked(_object(fields.get("payload"))))
        case "complete":
            return Complete(_id(fields))
        case "ping":
            return Ping()
        case "pong":
            return Pong()
        case _:
            raise Closed(4400, "Message of unknown type")


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Closed(4400, "payload: give a JSON object")
    return value


def _id(fields: dict[str, Any]) -> str:
    value = fields.get("id")
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID:
        raise Closed(4400, f"id: give a text of 1 to {LONGEST_ID} characters")
    return value


def _asked(payload: dict[str, Any]) -> Asked:
    try:
        return checked(payload)
    except BadRequest as refusal:
        raise Closed(4400, refusal.text("en")[:120]) from None
