"""What differs between two bodies: block by block, and word by word within a block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from kotacerdas.word_diff import Piece, word_diff
from tenants.masterplan.richtext.blocks import Block
from tenants.masterplan.richtext.body import Body
from tenants.masterplan.richtext.words import text_of


class Change(StrEnum):
    """What became of something."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class BlockChange:
    """A block that differs; `words` hold its text before and after, piece by piece."""

    block_id: str
    kind: str
    change: Change
    words: tuple[Piece, ...]


def compare(before: Body, after: Body) -> list[BlockChange]:
    """Return the blocks that differ, in their order; those that have only moved are left out.

    A block is known by its id. One that vanishes where one of the same kind appears has changed.
    """
    old, new = before["blocks"], after["blocks"]
    names = ([each["id"] for each in old], [each["id"] for each in new])
    found: list[BlockChange] = []
    for tag, a, b, c, d in SequenceMatcher(None, *names, autojunk=False).get_opcodes():
        if tag == "equal":
            found += _pairs(zip(old[a:b], new[c:d], strict=True))
        else:
            found += _replaced(old[a:b], new[c:d], set(names[0]), set(names[1]), old)
    return found


def _pairs(pairs: Iterator[tuple[Block, Block]]) -> Iterator[BlockChange]:
    for before, after in pairs:
        if before != after:
            words = word_diff(text_of(before), text_of(after))
            yield BlockChange(after["id"], after["type"], Change.CHANGED, words)


def _replaced(
    gone: list[Block],
    come: list[Block],
    old_names: set[str],
    new_names: set[str],
    old: list[Block],
) -> Iterator[BlockChange]:
    by_name = {each["id"]: each for each in old}
    vanished = [each for each in gone if each["id"] not in new_names]
    for block in come:
        if block["id"] in old_names:  # it has moved, and may have changed on its way
            yield from _pairs(iter([(by_name[block["id"]], block)]))
            continue
        former = next((each for each in vanished if each["type"] == block["type"]), None)
        if former is None:
            yield _whole(block, Change.ADDED)
        else:
            vanished.remove(former)
            yield from _pairs(iter([(former, block)]))
    for block in vanished:
        yield _whole(block, Change.REMOVED)


def _whole(block: Block, change: Change) -> BlockChange:
    before, after = ("", text_of(block)) if change is Change.ADDED else (text_of(block), "")
    return BlockChange(block["id"], block["type"], change, word_diff(before, after))
