"""The PDF's text layer without unused soft hyphens, in a smaller file.

Typst notes every soft hyphen and zero-width space on the letter before it, in the font's ToUnicode
map or as ActualText around that one letter. Only the hyphens drawn at a line's end are real glyphs
of their own. Everything else is taken out here, so that search and copying find whole words.
"""

from __future__ import annotations

import io
import re
from functools import partial

import pikepdf

UNSEEN = "\u00ad\u200b"
MAPPED = re.compile(rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>")
# A span never contains another one, and a glyph string never contains "EMC" or "/Span": every
# second byte is the high byte of a glyph's number, below any letter's code in a book's subset.
SPAN = re.compile(
    rb"/Span<</ActualText(?:<FEFF((?:[0-9A-F]{4})+)>|\(((?:[^()\\]|\\.)+)\))>>BDC(.*?)EMC",
    re.DOTALL,
)
SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf .*?\(((?:[^()\\]|\\.)*)\)\s*Tj", re.DOTALL)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

GlyphNames = dict[bytes, str]


def cleaned(pdf: bytes) -> tuple[bytes, int]:
    """Return the same pages with a clean text layer, and their number; equal input, equal bytes."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        maps: dict[pikepdf.ObjGen, GlyphNames] = {}
        for page in book.pages:
            fonts = page.obj.get("/Resources", pikepdf.Dictionary()).get("/Font")
            if fonts is None:
                continue
            used = {
                name.lstrip("/").encode(): _clean_map(font.ToUnicode, maps)
                for name, font in fonts.items()
            }
            stream = page.obj.Contents
            stream.write(SPAN.sub(partial(_clean_span, used), stream.read_bytes()))
        return _saved(book), len(book.pages)


def _saved(book: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    book.save(
        file,
        compress_streams=True,
        recompress_flate=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return file.getvalue()


def _clean_map(stream: pikepdf.Object, maps: dict[pikepdf.ObjGen, GlyphNames]) -> GlyphNames:
    """Clean one font's ToUnicode map, once, and return what its glyphs now stand for."""
    if stream.objgen not in maps:
        text = MAPPED.sub(_clean_mapping, stream.read_bytes())
        stream.write(text)
        maps[stream.objgen] = {
            bytes.fromhex(found[1].decode()): _letters(found[2]) for found in MAPPED.finditer(text)
        }
    return maps[stream.objgen]


def _clean_mapping(found: re.Match[bytes]) -> bytes:
    return b"<" + found[1] + b"> <" + _hexadecimal(_seen(_letters(found[2]))) + b">"


def _clean_span(fonts: dict[bytes, GlyphNames], span: re.Match[bytes]) -> bytes:
    """Drop the span if its letter is what the font says anyway; else only clean its text."""
    text = _seen(_letters(span[1]) if span[1] else _unescaped(span[2]).decode("latin-1"))
    shown = SHOWN.search(span[3])
    if shown and fonts.get(shown[1], {}).get(_unescaped(shown[2])) == text:
        return b" " + span[3]
    return b"/Span<</ActualText<FEFF" + _hexadecimal(text) + b">>>BDC" + span[3] + b"EMC"


def _seen(text: str) -> str:
    """Without what is never seen; a hyphen that stands alone was drawn and stays."""
    return text.translate(dict.fromkeys(map(ord, UNSEEN))) or text[:1]


def _letters(hexadecimal: bytes) -> str:
    return bytes.fromhex(hexadecimal.decode()).decode("utf-16-be")


def _hexadecimal(text: str) -> bytes:
    return text.encode("utf-16-be").hex().upper().encode()


def _unescaped(literal: bytes) -> bytes:
    return ESCAPE.sub(_character, literal)


def _character(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return bytes([int(code, 8)]) if code.isdigit() else ESCAPES.get(code, code)
