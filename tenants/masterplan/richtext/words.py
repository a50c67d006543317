"""A body as plain text: to count its words and to compare it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tenants.masterplan.richtext.blocks import Block
from tenants.masterplan.richtext.body import Body

_WORD = re.compile(r"\w+(?:[-'.,/]\w+)*")


def word_count(body: Body) -> int:
    """How many words people read in it; what a data block will show is not counted."""
    read = (each for each in body["blocks"] if each["type"] != "data")
    return sum(len(_WORD.findall(text_of(each))) for each in read)


def sources_of(body: Body) -> set[str]:
    """Which data the body shows."""
    return {each["source"] for each in body["blocks"] if each["type"] == "data"}


def text_of(block: Block) -> str:
    """A block's text, line by line; a data block stands as its source in brackets."""
    return "\n".join(_lines(block))


def _lines(block: Block) -> Iterator[str]:
    match block["type"]:
        case "paragraph" | "quote" | "heading":
            yield _plain(block["content"])
        case "list":
            for item in block["items"]:
                yield "  " * (item["level"] - 1) + "- " + _plain(item["content"])
        case "table":
            yield from filter(None, [block["caption"]])
            for row in block["rows"]:
                yield " | ".join(_plain(cell) for cell in row)
        case "picture":
            yield block["caption"]
        case _:
            yield f"[{block['source']}]"


def _plain(runs: list[dict[str, Any]]) -> str:
    return "".join(run["text"] for run in runs)
