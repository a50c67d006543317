"""The Noto faces that books are set in, and the characters that all of them can show."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

PACKAGES = ("fontpkg_noto_sans", "fontpkg_noto_serif")
FOLDERS = tuple(Path(str(files(package)), "files") for package in PACKAGES)


def book_fonts() -> typst.Fonts:
    """The faces given to Typst; neither the system's nor Typst's own are ever used."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(FOLDERS)
    )


@cache
def coverage() -> frozenset[int]:
    """Code points in the cmap of every face, so that sans, serif and italic can all show them."""
    faces = (face for folder in FOLDERS for face in sorted(folder.glob("*.ttf")))
    return frozenset.intersection(*map(_shown_by, faces))


def _shown_by(face: Path) -> frozenset[int]:
    with TTFont(face, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())
