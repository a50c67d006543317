"""How a request is asked: what its header fields say, worked out once for all that say the same."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

Fields = list[tuple[bytes, bytes]]

NAMES = frozenset(
    {
        b"accept",
        b"accept-language",
        b"access-control-request-method",
        b"content-type",
        b"host",
        b"origin",
        b"x-client",
        b"x-kota-cerdas",
    }
)
"""What is the same in many requests, and no secret; all else is asked of the request itself."""
LANGUAGES = ("id", "en")
UTF_8 = frozenset({"utf-8", "utf8"})
KNOWN, KNOWN_BYTES = 1_000, 2_000
"""How many manners are kept, and how long their fields may be."""


class Manner:
    """Header fields of `NAMES`, and what follows from them."""

    def __init__(self, fields: tuple[tuple[bytes, bytes], ...]) -> None:
        self._fields = fields
        self._first = dict(reversed(fields))

    def first(self, name: bytes) -> str | None:
        """Return the first field of that name, or None."""
        value = self._first.get(name)
        return None if value is None else value.decode("latin-1")

    @cached_property
    def accept(self) -> str:
        """The media types that the client takes."""
        return every(self._fields, b"accept")

    @cached_property
    def language(self) -> str | None:
        """`id` or `en`, whichever Accept-Language prefers; None for neither."""
        accepted = self.first(b"accept-language") or ""
        wishes = sorted(map(_wish, accepted.split(",")), key=lambda wish: -wish[1])
        return next((name for name, quality in wishes if name in LANGUAGES and quality > 0), None)

    @cached_property
    def media_type(self) -> str:
        """Media type of the body, without parameters."""
        return (self.first(b"content-type") or "").partition(";")[0].strip().lower()

    @cached_property
    def sends_json(self) -> bool:
        """Whether the body is JSON in UTF-8."""
        _, *parameters = (self.first(b"content-type") or "").lower().split(";")
        named = (each.strip() for each in parameters)
        charsets = [each[8:].strip('"') for each in named if each.startswith("charset=")]
        return self.media_type == "application/json" and UTF_8.issuperset(charsets)

    @cached_property
    def from_own_page(self) -> bool:
        """Whether X-Kota-Cerdas is there, which no page of another site can send."""
        return self.first(b"x-kota-cerdas") == "1"

    @cached_property
    def client(self) -> str | None:
        """The client's name from `X-Client: console/2026.11.1`, or None."""
        return (self.first(b"x-client") or "").partition("/")[0].strip().lower() or None


def every(fields: Iterable[tuple[bytes, bytes]], name: bytes) -> str:
    """Return all fields of that name as one list."""
    return ",".join(value.decode("latin-1") for key, value in fields if key == name)


def manner(fields: Fields) -> Manner:
    """Return what a request's header fields say."""
    asked = tuple([field for field in fields if field[0] in NAMES])
    short = sum([len(value) for _, value in asked]) <= KNOWN_BYTES
    return _known(asked) if short else Manner(asked)


_known = lru_cache(KNOWN)(Manner)


def _wish(part: str) -> tuple[str, float]:
    tag, _, quality = part.strip().partition(";q=")
    try:
        return tag.partition("-")[0].lower(), float(quality or 1)
    except ValueError:
        return tag.lower(), 0.0
