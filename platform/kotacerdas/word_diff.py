"""What differs between two texts, word by word; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_STEPS = 4_000_000
"""Words of one text times words of the other; beyond, lines are compared whole."""

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


class Kind(StrEnum):
    """Where a piece of text stands."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """A run of words: in both texts, or in the former or the latter alone."""

    kind: Kind
    text: str


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts: kept and removed make the former, kept and added the latter.

    What is removed stands before what is added in its place. Two equal texts are one kept piece.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) * len(new) > MOST_STEPS:
        old, new = _LINES.findall(before), _LINES.findall(after)
    return tuple(_joined(_pieces(old, new)))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(Kind.KEPT, "".join(old[a:b]))
        else:
            yield Piece(Kind.REMOVED, "".join(old[a:b]))
            yield Piece(Kind.ADDED, "".join(new[c:d]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Leave empty pieces out, and let a blank between two replaced words be replaced with them."""
    waiting: dict[Kind, str] = {Kind.REMOVED: "", Kind.ADDED: ""}
    for piece in pieces:
        if piece.kind is not Kind.KEPT:
            waiting[piece.kind] += piece.text
        elif piece.text.isspace() and all(waiting.values()):
            waiting = {kind: text + piece.text for kind, text in waiting.items()}
        else:
            yield from _flushed(waiting)
            yield piece
    yield from _flushed(waiting)


def _flushed(waiting: dict[Kind, str]) -> Iterator[Piece]:
    for kind, text in waiting.items():
        if text:
            yield Piece(kind, text)
        waiting[kind] = ""
