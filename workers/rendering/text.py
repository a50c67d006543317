"""The one gate that all user text passes on its way into a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from dataclasses import dataclass

LONGEST_WORD = 30
PIECE = 10
REPLACEMENT = "\ufffd"
BREAK = "\u200b"
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
CODE_JOINT = re.compile(r"(?<=[-./_:])(?=\w)")
LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")

# Common signs that Noto Sans and Noto Serif lack, in a spelling that keeps their meaning.
SPELLINGS = str.maketrans(
    {
        "≥": ">=",
        "≤": "<=",
        "≠": "=/=",
        "≈": "~",
        "→": "->",
        "←": "<-",
        "⇒": "=>",
        "↔": "<->",
        "✓": "v",
        "✔": "v",
        "✗": "x",
        "■": "•",
        "●": "•",
        "▪": "•",
        "◆": "•",
    }
)


@dataclass(frozen=True)
class Gated:
    """Text that can be set, whether it was cut, and the characters it lost, in order."""

    text: str
    was_cut: bool
    lost: tuple[str, ...]


def gate(text: str, *, covered: Set[int], longest: int) -> Gated:
    """Make any text printable: NFC, no controls, only `covered` code points, no endless words.

    What the fonts lack becomes U+FFFD; text over `longest` characters is cut with an ellipsis;
    words over 30 characters get zero-width spaces, so that no column is ever overrun.
    """
    was_cut = len(text) > longest
    kept = text[:longest] + "…" if was_cut else text
    spelled = unicodedata.normalize("NFC", LINE_ENDS.sub("\n", kept)).translate(SPELLINGS)
    visible = "".join(filter(None, map(_shown, spelled)))
    lost = tuple(dict.fromkeys(sign for sign in visible if _is_lost(sign, covered)))
    for sign in lost:
        visible = visible.replace(sign, REPLACEMENT)
    return Gated(LONG_WORD.sub(_broken, visible), was_cut, lost)


def narrowed(text: str, longest: int) -> str:
    """Let every run of over `longest` letters without a place to break be broken anyway."""
    run = re.compile(rf"[^\s\u00ad{BREAK}]{{{longest + 1},}}")
    return run.sub(lambda word: _pieces(word[0], longest), text)


def jointed(code: str, longest: int) -> str:
    """Let a code of over `longest` letters break after its hyphens, points and strokes."""
    return code if len(code) <= longest else narrowed(CODE_JOINT.sub(BREAK, code), longest)


def _shown(sign: str) -> str:
    """Tabs become spaces; controls, invisible joiners and direction marks are dropped."""
    if sign == "\n":
        return sign
    if sign == "\t":
        return " "
    is_invisible = unicodedata.category(sign) in {"Cc", "Cf"} or "\ufe00" <= sign <= "\ufe0f"
    return "" if is_invisible else sign


def _is_lost(sign: str, covered: Set[int]) -> bool:
    if sign in {"\n", REPLACEMENT}:
        return False
    # PDF/A refuses private-use characters: nobody else knows what they mean.
    return ord(sign) not in covered or unicodedata.category(sign) in {"Co", "Cs", "Cn"}


def _broken(word: re.Match[str]) -> str:
    return _pieces(word[0], PIECE)


def _pieces(word: str, length: int) -> str:
    return BREAK.join(word[start : start + length] for start in range(0, len(word), length))
