"""How long and how much one connection may ask of the server."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kotacerdas.settings import Settings

LINGER_SECONDS = 2.0
"""How long what a refused client still sends is read away, so that it can read the refusal."""
UPLOADS = b"/uploads/"
"""Where files are sent to, which are larger than any other body."""
UNSENT_BYTES = 16_384
"""What may wait here for a slow reader before the application waits as well."""


@dataclass(frozen=True)
class ConnectionLimits:
    """The limits of every connection to one port."""

    head_seconds: float
    head_bytes: int
    body_seconds: float
    body_bytes: int
    upload_bytes: int
    unread_seconds: float
    bytes_per_second: int
    connections: int

    def most_bytes(self, url: bytes) -> int:
        """Return how much the body of a request to that address may hold."""
        return self.upload_bytes if url.startswith(UPLOADS) else self.body_bytes

    @cached_property
    def least_bytes(self) -> int:
        """What so few bytes hold is not too large in any part."""
        return min(self.head_bytes, self.body_bytes)

    def seconds_for(self, body_bytes: int) -> float:
        """Return how long a body may take of which so many bytes have come."""
        return self.body_seconds + body_bytes / self.bytes_per_second


def limits_of(settings: Settings) -> ConnectionLimits:
    """Return the limits of the port that everybody reaches."""
    return ConnectionLimits(
        head_seconds=settings.request_head_seconds,
        head_bytes=settings.request_head_bytes,
        body_seconds=settings.request_body_seconds,
        body_bytes=settings.request_body_bytes,
        upload_bytes=settings.upload_megabytes * 1024 * 1024,
        unread_seconds=settings.response_unread_seconds,
        bytes_per_second=settings.transfer_bytes_per_second,
        connections=settings.connection_limit,
    )
