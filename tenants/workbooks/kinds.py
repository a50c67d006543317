"""How values stand in cells: each kind writes what it later reads as the same value."""

from __future__ import annotations

import csv
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from io import StringIO
from typing import Any

from kotacerdas.errors import DomainError
from kotacerdas.money import LENGTH, number_value, parse_rupiah
from kotacerdas.values import TEXT_LENGTH, text_value
from tenants.workbooks.cells import Cell, CellNumber, fits_number, plain

YES_NO = {True: ("ya", "yes"), False: ("tidak", "no")}
NUMBER = re.compile(r"([-\u2212]?)([0-9][0-9.,]*)")
HERE = ("value",)


class CellRequired(DomainError):
    """An empty cell where something has to be chosen."""

    code = "CELL_REQUIRED"
    id = "Sel ini kosong. Pilih dari daftarnya."
    en = "This cell is empty. Choose from its list."


class CellUnknown(DomainError):
    """A word that is not in the cell's list."""

    code = "CELL_UNKNOWN"
    id = "“{word}” tidak ada dalam daftar. Pilih salah satu: {choices_id}."
    en = "“{word}” is not in the list. Choose one of: {choices_en}."


class CellNotNumber(DomainError):
    """A text that is no number."""

    code = "CELL_NOT_NUMBER"
    id = "“{word}” bukan angka. Tulis angkanya saja, misalnya 82,5."
    en = "“{word}” is no number. Write the number alone, such as 82.5."


@dataclass(frozen=True)
class Kind(ABC):
    """What the cells of a column hold."""

    @abstractmethod
    def read(self, cell: Cell) -> Any:  # noqa: ANN401  (each kind has its values)
        """Return the value of a cell; raises a DomainError."""

    def write(self, value: Any, language: str) -> str | Decimal | None:  # noqa: ANN401
        """Return what stands in the cell for a value, in a language."""
        del language  # most values are the same in all
        if isinstance(value, Decimal):
            return value if fits_number(value) else plain_number(value)
        return value if value is None else str(value)

    def offered(self, language: str) -> list[str]:
        """Return the words of the cell's list; none where it has no list."""
        del language
        return []

    def text(self, value: Any) -> str:  # noqa: ANN401
        """Return a value as one text that no other value has."""
        written = self.write(value, "id")
        return plain_number(written) if isinstance(written, Decimal) else written or ""


@dataclass(frozen=True)
class Words(Kind):
    """A text as it was typed; a number is read as its digits. Its list, if any, only proposes."""

    lines: bool = False
    proposed: tuple[str, ...] = ()

    def read(self, cell: Cell) -> str:
        """Return the text in the form in which it is stored, if it can be."""
        found = plain(cell)
        text = plain_number(found) if isinstance(found, Decimal) else found or ""
        # How long it may be is the rule's to say; here only a text that no field could hold ends.
        return text_value(text, path=HERE, maximum=4 * TEXT_LENGTH, lines=self.lines)

    def offered(self, language: str) -> list[str]:
        """Return what is proposed."""
        del language
        return list(self.proposed)


@dataclass(frozen=True)
class Code(Kind):
    """A code of digits and points: text, for a number would lose its zeros."""

    tidy: Callable[[str], str | None]
    """Returns the code as it is stored."""

    def read(self, cell: Cell) -> str | None:
        """Return the code as it is stored."""
        found = plain(cell)
        if isinstance(found, Decimal):
            raise CellNumber(number=plain_number(found))
        return self.tidy(found) if found else None


@dataclass(frozen=True)
class Number(Kind):
    """A number, also written as people do: 3,31 or 1.500.000."""

    def read(self, cell: Cell) -> Decimal | None:
        """Return the number, or nothing."""
        found = plain(cell)
        if found is None or isinstance(found, Decimal):
            return found
        written = NUMBER.fullmatch(found.strip()) if len(found) <= LENGTH else None
        if written is None:
            raise CellNotNumber(word=shortened(found))
        number = number_value(written[2], HERE)
        return -number if written[1] else number


@dataclass(frozen=True)
class Rupiah(Kind):
    """An amount, also written as people do: 1,5 M or Rp1.500.000,00."""

    empty: Decimal | None = None

    def read(self, cell: Cell) -> Decimal | None:
        """Return the amount, or what an empty cell stands for."""
        found = plain(cell)
        return self.empty if found is None else parse_rupiah(found, path=HERE)


@dataclass(frozen=True)
class Flag(Kind):
    """Yes or no; an empty cell is no."""

    def read(self, cell: Cell) -> bool:
        """Return whether the cell says yes."""
        word = str(plain(cell) or "").strip().casefold()
        for value, words in YES_NO.items():
            if word in words or (not word and not value):
                return value
        raise CellUnknown(word=shortened(word), choices_id="ya, tidak", choices_en="yes, no")

    def write(self, value: Any, language: str) -> str:  # noqa: ANN401
        """Return the word."""
        return YES_NO[bool(value)][language == "en"]


@dataclass(frozen=True)
class Choice:
    """One entry of a list: its value, its words in both languages, and what also means it.

    What is not `offered` is read where it stands, but no list shows it: a unit that has ended.
    """

    value: Hashable
    words: tuple[str, str]
    others: tuple[str, ...] = ()
    offered: bool = True


@dataclass(frozen=True)
class OneOf(Kind):
    """One entry of a list; none where it is not `required`."""

    choices: tuple[Choice, ...]
    required: bool = False

    def read(self, cell: Cell) -> Any:  # noqa: ANN401
        """Return the value of the entry that the cell names."""
        found = plain(cell)
        if found is None:
            if self.required:
                raise CellRequired
            return None
        return self.meant(plain_number(found) if isinstance(found, Decimal) else found)

    def offered(self, language: str) -> list[str]:
        """Return the words of the entries that are offered."""
        return [each.words[language == "en"] for each in self.choices if each.offered]

    def write(self, value: Any, language: str) -> str | None:  # noqa: ANN401
        """Return the entry's words."""
        entry = self._by_value.get(value)
        return None if entry is None else entry.words[language == "en"]

    def text(self, value: Any) -> str:  # noqa: ANN401
        """Return the value itself: words may be changed meanwhile."""
        return "" if value is None else str(value)

    def meant(self, word: str) -> Any:  # noqa: ANN401
        """Return the value that a word means; raises CellUnknown."""
        exact, folded = self._by_word
        key = folded_word(word)
        entry = exact.get(word.strip()) or folded.get(key)
        if entry is None:
            raise CellUnknown(
                word=shortened(word),
                choices_id=_few(choice.words[0] for choice in self.choices),
                choices_en=_few(choice.words[1] for choice in self.choices),
            )
        return entry.value

    @cached_property
    def _by_value(self) -> dict[Hashable, Choice]:
        return {choice.value: choice for choice in self.choices}

    @cached_property
    def _by_word(self) -> tuple[dict[str, Choice], dict[str, Choice]]:
        exact: dict[str, Choice] = {}
        folded: dict[str, Choice] = {}
        for choice in self.choices:
            for word in (*choice.words, *choice.others):
                exact.setdefault(word, choice)
                folded.setdefault(folded_word(word), choice)
        return exact, folded


@dataclass(frozen=True)
class Several(Kind):
    """Some entries of a list, with semicolons between; a word with a semicolon is in quotes."""

    entries: OneOf
    coded: bool = False
    """Whether a number may have lost a zero: 17.1 and 17.10 are two."""

    def read(self, cell: Cell) -> tuple[Any, ...]:
        """Return the values of all entries in their order."""
        found = plain(cell)
        if self.coded and isinstance(found, Decimal):
            raise CellNumber(number=plain_number(found))
        text = plain_number(found) if isinstance(found, Decimal) else found or ""
        rows = csv.reader(StringIO(text.strip()), delimiter=";", skipinitialspace=True)
        words = [word.strip() for row in rows for word in row]
        return tuple(self.entries.meant(word) for word in words if word)

    def write(self, value: Any, language: str) -> str | None:  # noqa: ANN401
        """Return the words of all entries."""
        words = [self.entries.write(each, language) or "" for each in value]
        line = StringIO()
        csv.writer(line, delimiter=";", lineterminator="").writerow(words)
        return line.getvalue().replace(";", "; ") if _plain_words(words) else line.getvalue()

    def text(self, value: Any) -> str:  # noqa: ANN401
        """Return the values themselves."""
        return " ".join(self.entries.text(each) for each in value)


def plain_number(number: Decimal) -> str:
    """Return a number without exponent and without zeros that say nothing."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def shortened(word: str) -> str:
    """Return what people typed, cut where it would fill a page."""
    return word if len(word) <= 60 else f"{word[:59]}…"


def folded_word(word: str) -> str:
    """Return a word as it is compared: in any case, with any blanks."""
    return " ".join(word.casefold().split())


def _plain_words(words: Sequence[str]) -> bool:
    return not any(mark in word for word in words for mark in ';"\n')


def _few(words: Iterable[str], most: int = 12) -> str:
    listed = [shortened(word) for word in words]
    return ", ".join(listed[:most]) + (", …" if len(listed) > most else "")
