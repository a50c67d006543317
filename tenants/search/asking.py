"""What somebody looks for: words, and what narrows them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam
from sqlalchemy.types import TypeEngine

from kotacerdas.errors import DomainError
from kotacerdas.searching import search_form, search_values, words_of
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

    @property
    def form(self) -> Hashable:
        """What of it changes the text of a statement; all else is bound."""
        narrowed = (self.dimension, self.province, self.region_code)
        given = tuple(value is not None for value in narrowed)
        return search_form(self.words), self.kinds, given

    def values(self) -> dict[str, Any]:
        """What a statement binds, by name."""
        return search_values(self.words) | {
            "kinds": sorted(kind.value for kind in self.kinds),
            "dimension": self.dimension,
            "province": self.province and self.province.lower(),
            "region_code": self.region_code,
        }

    def bound(self, name: str, kind: TypeEngine[Any]) -> ColumnElement[Any]:
        """One of the values, bound by its name."""
        return bindparam(name, self.values()[name], kind, unique=False)


@dataclass(frozen=True)
class Beyond:
    """Where the page before ended."""

    rank: int
    id: UUID


def _line(value: str | None, name: str) -> str | None:
    return None if value is None else line_value(value, path=(name,), required=True)
