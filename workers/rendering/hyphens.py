"""Indonesian hyphenation as soft hyphens: Typst has no Indonesian patterns of its own."""

from __future__ import annotations

import re
from functools import cache

import pyphen

SOFT_HYPHEN = "\u00ad"
SHORTEST_WORD = 6
WORD = re.compile(rf"[^\W\d_]{{{SHORTEST_WORD},}}")
VOWEL = re.compile("[aeiouAEIOU]")


def soften(text: str) -> str:
    """Put a soft hyphen at every place where an Indonesian word may break; capitals stay whole."""
    return WORD.sub(lambda word: _softened(word[0]), text)


@cache
def _patterns() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="id_ID", left=3, right=3)


def _softened(word: str) -> str:
    if word.isupper():
        return word
    parts: list[str] = []
    for part in _patterns().inserted(word, SOFT_HYPHEN).split(SOFT_HYPHEN):
        # The patterns part "trans" into "tran" and "s"; a piece without a vowel is no syllable.
        if parts and not (VOWEL.search(part) and VOWEL.search(parts[-1])):
            parts[-1] += part
        else:
            parts.append(part)
    return SOFT_HYPHEN.join(parts)
