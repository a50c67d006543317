"""Reading finished PDFs back, as a reader or a validator would."""

from __future__ import annotations

import io
from collections import Counter

import pikepdf
import pypdfium2


def page_texts(pdf: bytes) -> list[str]:
    """The text layer of each page, lines joined and hyphens at line ends resolved."""
    with pypdfium2.PdfDocument(pdf) as book:
        return [_plain(page.get_textpage().get_text_range()) for page in book]


def ink_outside(pdf: bytes, margin: float = 20) -> list[int]:
    """Numbers of the pages (from 0) where a letter comes closer than `margin` points to an edge."""
    with pypdfium2.PdfDocument(pdf) as book:
        return [number for number, page in enumerate(book) if _is_overrun(page, margin)]


def standards(pdf: bytes) -> tuple[str, str, str]:
    """PDF/A part and conformance and PDF/UA part, as the file's metadata claims them."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        claims = book.open_metadata()
        return claims["pdfaid:part"], claims["pdfaid:conformance"], claims["pdfuaid:part"]


def _plain(text: str) -> str:
    return " ".join(text.replace("\ufffe", "").replace("\u00ad\r\n", "").split())


def _is_overrun(page: pypdfium2.PdfPage, margin: float) -> bool:
    width, height = page.get_size()
    text = page.get_textpage()
    boxes = (text.get_charbox(index) for index in range(text.count_chars()))
    return any(
        left < margin or bottom < margin or right > width - margin or top > height - margin
        for left, bottom, right, top in boxes
        if right > left
    )


def overprinted(pdf: bytes) -> list[int]:
    """Numbers of the pages (from 0) where two letters are printed on one another."""
    with pypdfium2.PdfDocument(pdf) as book:
        return [number for number, page in enumerate(book) if _is_overprinted(page)]


def _is_overprinted(page: pypdfium2.PdfPage) -> bool:
    text = page.get_textpage()
    boxes = {text.get_charbox(index) for index in range(text.count_chars())}  # ligatures share one
    centres = Counter(
        (round((left + right) / 2), round((bottom + top) / 2))
        for left, bottom, right, top in boxes
        if right > left
    )
    return any(count > 1 for count in centres.values())
