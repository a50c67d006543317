"""From manuscript to PDF bytes by Typst, in this process."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import orjson
import typst

from workers.rendering.fonts import book_fonts
from workers.rendering.manuscript import Data

TEMPLATES = Path(__file__).parent / "templates"
NO_PACKAGES = TEMPLATES / "packages"


def typeset(data: Data, frozen_on: date) -> bytes:
    """Set the book as tagged PDF, PDF/UA-1 and PDF/A-2a at once, dated at noon UTC of `frozen_on`.

    Raises typst.TypstError when the template or a standard refuses the data.
    """
    compiler = typst.Compiler(
        input=str(TEMPLATES / "book.typ"),
        root=str(TEMPLATES),
        font_paths=book_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"book": orjson.dumps(data).decode()},
        package_path=str(NO_PACKAGES),
        package_cache_path=str(NO_PACKAGES),
    )
    pdf = compiler.compile(
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        timestamp=datetime.combine(frozen_on, time(12), UTC),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave pages instead of one file")
    return pdf
