"""The media types of a GraphQL response, and which of them a client asks for."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

NO_PREFERENCE = "*/*"
QUALITY = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")


class MediaType(StrEnum):
    """Under JSON a well-formed request is answered with 200; under RESPONSE the status tells."""

    JSON = "application/json"
    RESPONSE = "application/graphql-response+json"


@lru_cache(1_000)
def accepted(header: str) -> MediaType | None:
    """Return the media type that an Accept header prefers, or None if it takes neither.

    The highest quality wins, then what is named over a wildcard, then what is named first. A
    client without preference gets JSON, which older clients expect.
    """
    ranges = _ranges(header or NO_PREFERENCE)
    wishes = [(*wish, kind) for kind in MediaType if (wish := _wish(kind, ranges)) is not None]
    return max(wishes, key=lambda wish: wish[:2])[2] if wishes else None


def takes(header: str, name: str) -> bool:
    """Whether an Accept header lets this media type be sent, by the narrowest range it names."""
    ranges = _ranges(header or NO_PREFERENCE)
    family = f"{name.partition('/')[0]}/*"
    said = [ranges[each] for each in (name, family, NO_PREFERENCE) if each in ranges]
    return bool(said) and said[0][0] > 0


def _ranges(header: str) -> dict[str, tuple[float, int]]:
    """Quality of each media range, and a number that is higher the earlier it stands."""
    ranges: dict[str, tuple[float, int]] = {}
    for place, part in enumerate(header.split(",")):
        name, *parameters = (word.strip().lower() for word in part.split(";"))
        ranges.setdefault(name, (_quality(parameters), -place))
    return ranges


def _quality(parameters: list[str]) -> float:
    given = next((each[2:] for each in parameters if each.startswith("q=")), "1")
    return float(given) if QUALITY.fullmatch(given) else 0.0


def _wish(kind: MediaType, ranges: dict[str, tuple[float, int]]) -> tuple[float, float] | None:
    """Return what is said of a media type by the narrowest range that holds it; None refuses it."""
    if kind in ranges:
        quality, rank = ranges[kind]
        return (quality, rank) if quality > 0 else None
    wildcards = [ranges[each] for each in ("application/*", NO_PREFERENCE) if each in ranges]
    if not wildcards or wildcards[0][0] == 0:
        return None
    return wildcards[0][0], float("-inf")
