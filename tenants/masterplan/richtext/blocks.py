"""Blocks: each kind's own parts in their normal form."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tenants.masterplan.richtext.faults import Faults, Path
from tenants.masterplan.richtext.grammar import (
    DEEPEST_HEADING,
    DEEPEST_LIST,
    MOST_COLUMNS,
    MOST_HEADERS,
    MOST_NODES,
    MOST_ROWS,
    DataSource,
)
from tenants.masterplan.richtext.runs import content, line

Block = dict[str, Any]

_PICTURE = re.compile(r"[a-z]{3}_[0-9a-f]{32}[0-9a-f]{0,8}")
_COMMON = ("type", "id")


def block(value: object, path: Path, faults: Faults) -> Block:
    """Return one block in its normal form, its id as it was given or absent."""
    faults.node(path)
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(kind, str) or kind not in KINDS:
        faults.choice_at(kind, (*path, "type"), tuple(KINDS))
        return {}
    names, read = KINDS[kind]
    given = faults.object_at(value, path, (*_COMMON, *names))
    made = {"type": kind, **read(given, path, faults)}
    return {**made, "id": given["id"]} if given.get("id") is not None else made


def _prose(given: Block, path: Path, faults: Faults) -> Block:
    return {"content": content(given.get("content", []), (*path, "content"), faults)}


def _heading(given: Block, path: Path, faults: Faults) -> Block:
    level = faults.number_at(given.get("level", 1), (*path, "level"), 1, DEEPEST_HEADING)
    words = content(given.get("content", []), (*path, "content"), faults, lines=False)
    return {"level": level, "content": words}


def _list(given: Block, path: Path, faults: Faults) -> Block:
    ordered = given.get("ordered", False)
    if not isinstance(ordered, bool):
        faults.add((*path, "ordered"), ("harus true atau false.", "it must be true or false."))
    items, above = [], 0
    for place, each in enumerate(
        faults.list_at(given.get("items", []), (*path, "items"), MOST_NODES)
    ):
        here = (*path, "items", str(place))
        faults.node(here)
        item = faults.object_at(each, here, ("level", "content"))
        level = faults.number_at(item.get("level", 1), (*here, "level"), 1, DEEPEST_LIST)
        if level > above + 1:
            told = (
                f"tingkat {level} tanpa butir tingkat {level - 1} di atasnya. Naikkan tingkatnya.",
                f"level {level} without an entry of level {level - 1} above. Move it up.",
            )
            faults.add((*here, "level"), told)
        above = level
        words = content(item.get("content", []), (*here, "content"), faults)
        items.append({"level": level, "content": words})
    return {"ordered": ordered, "items": items}


def _table(given: Block, path: Path, faults: Faults) -> Block:
    rows = faults.list_at(given.get("rows", []), (*path, "rows"), MOST_ROWS)
    most = min(MOST_HEADERS, len(rows))
    usual = min(1, len(rows))
    headers = faults.number_at(given.get("header_rows", usual), (*path, "header_rows"), 0, most)
    read = [_row(row, (*path, "rows", str(place)), faults) for place, row in enumerate(rows)]
    widths = {len(row) for row in read}
    if len(widths) > 1:
        told = (
            "jumlah kolom tiap baris berbeda. Samakan.",
            "its rows have different numbers of columns. Make them equal.",
        )
        faults.add((*path, "rows"), told)
    caption = line(given.get("caption"), (*path, "caption"), faults)
    return {"caption": caption, "header_rows": headers, "rows": read}


def _row(value: object, path: Path, faults: Faults) -> list[list[Block]]:
    cells = faults.list_at(value, path, MOST_COLUMNS)
    read = []
    for place, cell in enumerate(cells):
        here = (*path, str(place))
        faults.node(here)
        read.append(content(cell, here, faults))
    return read


def _picture(given: Block, path: Path, faults: Faults) -> Block:
    picture = given.get("picture")
    if not isinstance(picture, str) or not _PICTURE.fullmatch(picture):
        told = (
            "bukan id gambar. Unggah gambarnya, lalu pakai id-nya.",
            "it is no picture's id. Upload the picture and use its id.",
        )
        faults.add((*path, "picture"), told)
    words = {
        name: line(given.get(name), (*path, name), faults) for name in ("caption", "alternative")
    }
    return {"picture": picture, **words}


def _data(given: Block, path: Path, faults: Faults) -> Block:
    sources = tuple(source.value for source in DataSource)
    return {"source": faults.choice_at(given.get("source"), (*path, "source"), sources)}


KINDS: dict[str, tuple[tuple[str, ...], Callable[[Block, Path, Faults], Block]]] = {
    "paragraph": (("content",), _prose),
    "quote": (("content",), _prose),
    "heading": (("level", "content"), _heading),
    "list": (("ordered", "items"), _list),
    "table": (("caption", "header_rows", "rows"), _table),
    "picture": (("picture", "caption", "alternative"), _picture),
    "data": (("source",), _data),
}
"""The names of a block's own parts, and what reads them, by its type."""
