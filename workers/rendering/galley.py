"""User text on its way into the book: gated, hyphenated, and what was lost written down."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from workers.rendering.hyphens import soften
from workers.rendering.text import gate, jointed, narrowed

LONGEST_CODE = 40
LONGEST_LINE = 300
WIDEST_CODE = 8
WIDEST_WORD = 12
LONGEST_PROSE = 20_000
NO_WORDS = "–"
BLANKS = re.compile(r"[ \t]+")
MOST_WARNINGS = 50
CUT = {
    "id": "{where}: teks dipotong setelah {longest} karakter.",
    "en": "{where}: the text was cut after {longest} characters.",
}
LOST = {
    "id": "{where}: karakter {signs} tidak ada dalam huruf buku dan diganti dengan \ufffd.",
    "en": "{where}: the book's fonts lack {signs}; shown as \ufffd.",
}


class Galley:
    """Passes text through the gate and keeps the warnings; `where` names the place to readers."""

    def __init__(self, language: str, covered: Set[int]) -> None:
        self._language = language
        self._covered = covered
        self._warnings: dict[str, None] = {}

    @property
    def warnings(self) -> tuple[str, ...]:
        """What readers must know, in order of the book, at most fifty."""
        return tuple(self._warnings)[:MOST_WARNINGS]

    def code(self, text: str, where: str) -> str:
        """A short mark: programme codes, units of measure."""
        return jointed(self._single(text, where, LONGEST_CODE), WIDEST_CODE)

    def line(self, text: str, where: str) -> str:
        """One line without hyphens: names, headings."""
        return self._single(text, where, LONGEST_LINE)

    def heading(self, text: str, where: str) -> str:
        """A line that is never empty: PDF/UA refuses headings and titles without words."""
        return self.line(text, where) or NO_WORDS

    def cell(self, text: str, where: str) -> str:
        """One line that may break inside words: narrow columns."""
        return narrowed(soften(self._single(text, where, LONGEST_LINE)), WIDEST_WORD)

    def prose(self, text: str, where: str) -> list[str]:
        """Hyphenated paragraphs; empty ones are dropped."""
        lines = self._gated(text, where, LONGEST_PROSE).split("\n")
        return [soften(" ".join(line.split())) for line in lines if line.strip()]

    def run(self, text: str, where: str, *, narrow: bool = False) -> str:
        """A part of a paragraph: blanks at its ends and its line breaks stay."""
        words = soften(BLANKS.sub(" ", self._gated(text, where, LONGEST_PROSE)))
        return narrowed(words, WIDEST_WORD) if narrow else words

    def note(self, texts: Mapping[str, str], **facts: str) -> None:
        """Warn of something else than lost characters, in the book's language."""
        self._warn(texts[self._language].format(**facts))

    def _single(self, text: str, where: str, longest: int) -> str:
        return " ".join(self._gated(text, where, longest).split())

    def _gated(self, text: str, where: str, longest: int) -> str:
        gated = gate(text, covered=self._covered, longest=longest)
        if gated.was_cut:
            self._warn(CUT[self._language].format(where=where, longest=longest))
        if gated.lost:
            signs = ", ".join(f"U+{ord(sign):04X}" for sign in gated.lost[:5])
            self._warn(LOST[self._language].format(where=where, signs=signs))
        return gated.text

    def _warn(self, warning: str) -> None:
        self._warnings[warning] = None
