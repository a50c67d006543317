"""What somebody looks for: words, and what narrows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from kotacerdas.errors import DomainError
from kotacerdas.searching import words_of
from kotacerdas.values import line_value
from tenants.masterplan.models import ItemKind


class NoWords(DomainError):
    """Nothing in the text is a word."""

    code = "NO_WORDS"
    id = "Tidak ada kata untuk dicari. Tulis kata dari nama atau uraiannya, misalnya e-parkir."
    en = "There is no word to look for. Write one of its name or description, such as e-parkir."


@dataclass(frozen=True)
class Asked:
    """Words, and the kinds, pillar, province and region that narrow what is found."""

    words: tuple[str, ...]
    kinds: frozenset[ItemKind] = frozenset(ItemKind)
    dimension: str | None = None
    province: str | None = None
    region_code: str | None = None

    @classmethod
    def of(
        cls,
        text: str,
        kinds: Iterable[ItemKind] | None = None,
        dimension: str | None = None,
        province: str | None = None,
        region_code: str | None = None,
    ) -> Asked:
        """Read what was typed; raises NoWords, or Invalid for a text that no column holds."""
        words = words_of(line_value(text, path=("text",), required=True))
        if not words:
            raise NoWords(path=("text",))
        return cls(
            tuple(words),
            frozenset(kinds or ItemKind),
            _line(dimension, "dimension"),
            _line(province, "province"),
            region_code,
        )


@dataclass(frozen=True)
class Beyond:
    """Where the page before ended."""

    rank: int
    id: UUID


def _line(value: str | None, name: str) -> str | None:
    return None if value is None else line_value(value, path=(name,), required=True)
