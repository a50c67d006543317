"""Entity tags: what a client that has a response already need not be sent again."""

from __future__ import annotations

from hashlib import sha256

from starlette.requests import HTTPConnection

from kotacerdas.web.manner import every


def etag_of(content: bytes) -> str:
    """Return the strong entity tag of a body."""
    return f'"{sha256(content).hexdigest()[:32]}"'


def unchanged(connection: HTTPConnection, etag: str) -> bool:
    """Whether the client has this version, by If-None-Match, which compares weakly."""
    given = every(connection.scope["headers"], b"if-none-match")
    tags = [tag.strip().removeprefix("W/") for tag in given.split(",")]
    return etag in tags or given.strip() == "*"
