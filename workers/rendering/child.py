"""The process that renders books and ends: `python -m workers.rendering.child LIMITS PDF 1,2`.

Reads the content's JSON from standard input, writes the file, and tells each step as a line of JSON
on standard output; the last line tells the result or the failure's code.
"""

from __future__ import annotations

import errno
import hashlib
import sys
from pathlib import Path
from typing import Any

import orjson

from workers.rendering.limits import Limits


def main(limits: str, target: str, numbers: str) -> None:
    """Bind the limits first; everything large is imported under them."""
    Limits.from_json(limits).apply()
    try:
        chosen = [int(number) for number in numbers.split(",")]
        _tell(_render(sys.stdin.buffer.read(), chosen, Path(target)))
    except MemoryError as error:
        _fail("RENDER_OUT_OF_MEMORY", error)
    except OSError as error:
        codes = {errno.EFBIG: "RENDER_TOO_LARGE", errno.ENOMEM: "RENDER_OUT_OF_MEMORY"}
        _fail(codes.get(error.errno or 0, "RENDER_FAILED"), error)


def _render(json: bytes, numbers: list[int], target: Path) -> dict[str, Any]:
    _tell({"step": "data"})
    import typst

    from tenants.masterplan.content import from_json
    from workers.rendering.manuscript import manuscript
    from workers.rendering.typesetting import typeset

    content = from_json(json)
    book = manuscript(content, numbers)
    _tell({"step": "layout"})
    try:
        pdf = typeset(book.data, content.frozen_on)
    except typst.TypstError as error:
        return {"failed": "RENDER_REFUSED", "detail": f"{error.message} {error.diagnostic}"}
    _tell({"step": "checks"})
    return _checked(pdf, target) | {"warnings": book.warnings}


def _checked(pdf: bytes, target: Path) -> dict[str, Any]:
    """Clean the text layer, count the pages, write the file."""
    from workers.rendering.textlayer import cleaned

    final, pages = cleaned(pdf)
    target.write_bytes(final)
    _tell({"step": "store-ready"})
    return {"pages": pages, "sha256": hashlib.sha256(final).hexdigest()}


def _fail(code: str, error: Exception) -> None:
    _tell({"failed": code, "detail": repr(error)})


def _tell(line: dict[str, Any]) -> None:
    sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
