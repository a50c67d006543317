"""The books of a plan as frozen content: sections with their texts, data blocks written out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class SectionContent:
    """A section; `blocks` are those of its body, a data block with `columns` and `rows`."""

    id: str
    title: str
    blocks: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class ChapterContent:
    """A chapter and its sections, in order."""

    code: str
    name: str
    sections: tuple[SectionContent, ...]


@dataclass(frozen=True)
class ShelfBook:
    """A book by its number."""

    number: int
    name: str
    chapters: tuple[ChapterContent, ...]


def books_from(value: list[dict[str, Any]]) -> tuple[ShelfBook, ...]:
    """Read books from plain JSON data."""
    return tuple(
        ShelfBook(book["number"], book["name"], tuple(_chapter(each) for each in book["chapters"]))
        for book in value
    )


def _chapter(value: dict[str, Any]) -> ChapterContent:
    sections = tuple(
        SectionContent(each["id"], each["title"], tuple(each["blocks"]))
        for each in value["sections"]
    )
    return ChapterContent(value["code"], value["name"], sections)
