"""The books of a frozen plan made ready for the template: chapters, sections, blocks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tenants.masterplan.content import BookContent
from tenants.masterplan.richtext.grammar import DataSource
from tenants.masterplan.shelf_content import ChapterContent, SectionContent, ShelfBook
from workers.rendering.galley import Galley
from workers.rendering.grids import grid

Data = dict[str, Any]
Block = Mapping[str, Any]

MASTERPLAN = 2
SUMMARY = 3
"""The numbers of the masterplan itself and of the executive summary among the books."""

PARTS: dict[int, tuple[str, ...]] = {
    1: (DataSource.READINESS, DataSource.GAP, DataSource.SWOT),
    MASTERPLAN: (
        DataSource.VISION,
        "pillars",
        DataSource.ROADMAP,
        DataSource.QUICK_WINS,
        DataSource.BUDGETS,
        "origins",
    ),
}
"""What a book shows in chapters of its own, unless one of its sections shows it as a data block."""

NOTES = {
    "id": "{where}: gambar {picture} tidak ikut tercetak; yang tercetak keterangannya.",
    "en": "{where}: the picture {picture} is not printed; its caption stands in its place.",
}


def parts(content: BookContent, numbers: Collection[int], galley: Galley) -> list[Data]:
    """Return the chosen books by their numbers, each with the parts made from the plan's data.

    A version of the first format has no sections: its one book is the masterplan.
    """
    shelf = content.books or (ShelfBook(MASTERPLAN, "", ()),)
    return [_part(content, book, numbers, galley) for book in shelf if book.number in set(numbers)]


def shown(part: Data) -> set[str]:
    """What of the plan's data a part shows, in its sections or in chapters of its own."""
    return {*part["blocks"], *part["more"]}


def _part(content: BookContent, book: ShelfBook, numbers: Collection[int], galley: Galley) -> Data:
    chapters = [
        _chapter(each, galley, f"Buku {book.number}, {each.name}") for each in book.chapters
    ]
    blocks = {
        block["source"]
        for chapter in chapters
        for section in chapter["sections"]
        for block in section["blocks"]
        if block["kind"] == "data"
    }
    alone = book.number == SUMMARY and MASTERPLAN not in numbers
    return {
        "number": str(book.number),
        "name": galley.line(book.name, "nama buku"),
        "glance": book.number == MASTERPLAN or alone,
        "chapters": chapters,
        "blocks": sorted(blocks),
        "more": [each for each in _more(content, book.number) if each not in blocks],
    }


def _more(content: BookContent, number: int) -> Iterator[str]:
    """Yield the parts of a book for which the plan has data."""
    found = content.analysis
    empty: dict[str, bool] = {
        DataSource.READINESS: not found.readiness,
        DataSource.GAP: not found.gaps,
        DataSource.SWOT: not found.swot,
    }
    for each in PARTS.get(number, ()):
        if not empty.get(each, False):
            yield str(each)


def _chapter(chapter: ChapterContent, galley: Galley, where: str) -> Data:
    name = galley.heading(chapter.name, where)
    single = len(chapter.sections) == 1
    return {
        "name": name,
        "sections": [_section(each, chapter, single, galley, where) for each in chapter.sections],
    }


def _section(
    section: SectionContent, chapter: ChapterContent, single: bool, galley: Galley, where: str
) -> Data:
    """Return a section; the only one of a chapter, with the chapter's name, needs no title."""
    untitled = single and section.title.strip() == chapter.name.strip()
    writer = _Writer(galley, where, 1 if untitled else 2)
    return {
        "title": "" if untitled else galley.heading(section.title, where),
        "blocks": [found for block in section.blocks for found in writer.block(block)],
    }


class _Writer:
    """Turns blocks into data; headings never skip a level, for readers who cannot see them."""

    def __init__(self, galley: Galley, where: str, level: int) -> None:
        self._galley, self._where = galley, where
        self._base = self._level = level

    def block(self, block: Block) -> Iterator[Data]:
        """Yield the block as the template reads it; what holds no words is left out."""
        match block["type"]:
            case "paragraph" | "quote" as kind:
                runs = self.runs(block["content"])
                if runs:
                    yield {"kind": kind, "runs": runs}
            case "heading":
                yield from self._heading(block)
            case "list":
                items = self._items([each for each in block["items"] if each["content"]])
                if items:
                    yield {"kind": "list", "ordered": block["ordered"], "items": items}
            case "table":
                rows = [[self.runs(cell, narrow=True) for cell in row] for row in block["rows"]]
                if rows and rows[0]:
                    yield self._table(block, rows)
            case "picture":
                yield self._picture(block)
            case _:
                yield {"kind": "data", "source": block["source"]}

    def runs(self, content: list[Block], *, narrow: bool = False) -> list[Data]:
        """Return the runs of a text with their marks; `narrow` lets long words break anywhere."""
        made = []
        for each in content:
            words = self._galley.run(each["text"], self._where, narrow=narrow)
            if words:
                marks, link = each.get("marks", []), each.get("link", "")
                made.append({"text": words, "marks": marks, "link": link})
        return made if any(each["text"].strip() for each in made) else []

    def _heading(self, block: Block) -> Iterator[Data]:
        runs = self.runs(block["content"])
        if runs:
            self._level = min(self._base + block["level"], self._level + 1)
            yield {"kind": "heading", "level": self._level, "runs": runs}

    def _items(self, items: list[Block]) -> list[Data]:
        """Return the flat entries as a tree."""
        tree: list[Data] = []
        for item in items:
            level, place = item["level"], tree
            while level > 1 and place:
                place, level = place[-1]["items"], level - 1
            place.append({"runs": self.runs(item["content"]), "items": []})
        return tree

    def _table(self, block: Block, rows: list[list[list[Data]]]) -> Data:
        caption = self._galley.line(block["caption"], self._where)
        headers = min(block["header_rows"], len(rows) - 1)
        return {"kind": "table", "caption": caption, "rows": rows, **grid(rows, headers)}

    def _picture(self, block: Block) -> Data:
        picture = block["picture"]
        self._galley.note(NOTES, where=self._where, picture=picture)
        caption = self._galley.line(block["caption"], self._where)
        alternative = self._galley.line(block["alternative"], self._where)
        return {"kind": "picture", "caption": caption, "alternative": alternative or caption}
