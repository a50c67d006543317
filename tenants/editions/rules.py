"""The rules of a guide edition: a typed view of the stored document, checked when it is read."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, TypeVar

import orjson
from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from kotacerdas.errors import DomainError
from kotacerdas.values import refuse
from tenants.editions.models import GuideEdition

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=60)]
Count = Annotated[int, Field(ge=0, le=1000)]
Ordinal = Annotated[int, Field(ge=1, le=100)]
STRICT = ConfigDict(extra="forbid")

REASONS: dict[str, tuple[str, str]] = {
    "missing": ("belum diisi", "it is missing"),
    "string_too_short": ("belum diisi", "it is empty"),
    "string_too_long": ("terlalu panjang", "it is too long"),
    "string_pattern_mismatch": (
        "kode memakai huruf kecil, angka dan tanda hubung",
        "a code has lower-case letters, digits and hyphens",
    ),
    "extra_forbidden": ("isian ini tidak dikenal", "there is no such field"),
    "unexpected_keyword_argument": ("isian ini tidak dikenal", "there is no such field"),
}


class EditionRuleInvalid(DomainError):
    """A rule of a guide edition has not the form that it must have."""

    code = "EDITION_RULE_INVALID"
    id = "Isian {place}: {reason_id}. Perbaiki bagian itu, lalu simpan lagi."
    en = "At {place}: {reason_en}. Correct that part and save again."

    def __init__(self, place: tuple[str, ...], reason_id: str, reason_en: str) -> None:
        super().__init__(
            path=("rules", *place),
            place=".".join(place) or "rules",
            reason_id=reason_id,
            reason_en=reason_en,
        )


@dataclass(frozen=True)
class Words:
    """A text in Indonesian and English."""

    __pydantic_config__ = STRICT
    id: Text
    en: Text


@dataclass(frozen=True)
class Item:
    """A named part that others refer to by its code."""

    __pydantic_config__ = STRICT
    code: Code
    name: Words


@dataclass(frozen=True)
class QuickWinRule:
    """How many quick wins a masterplan has, in all or for each pillar, and what each must have.

    A bound that is not known is None: nothing is then counted.
    """

    __pydantic_config__ = STRICT
    minimum: Count | None = None
    maximum: Count | None = None
    per_dimension: bool | None = None
    first_years: Ordinal = 2
    needs_baseline: bool = True
    note: str = ""


@dataclass(frozen=True)
class Horizons:
    """Within how many first years of a plan a programme of each horizon spends its money."""

    __pydantic_config__ = STRICT
    short: Ordinal = 1
    medium: Ordinal = 5
    long: Ordinal = 10

    def years(self, horizon: str) -> int:
        """The years of a horizon by its name: short, medium or long."""
        return {"short": self.short, "medium": self.medium, "long": self.long}[horizon]


@dataclass(frozen=True)
class Chapter(Item):
    """A chapter of a book: what to write in it, from which data, and how much of each section."""

    guidance: Words | None = None
    sources: tuple[Words, ...] = ()
    minimum_words: Count = 20


@dataclass(frozen=True)
class Book:
    """A book of the masterplan with the chapters that its template gives it."""

    __pydantic_config__ = STRICT
    number: Ordinal
    name: Words
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class ReadinessElement(Item):
    """An element of readiness and the parts in which it is assessed."""

    parts: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Scale:
    """The least and the highest score that can be given."""

    __pydantic_config__ = STRICT
    least: Annotated[int, Field(ge=0, le=100)] = 1
    most: Annotated[int, Field(ge=1, le=100)] = 5

    def __contains__(self, score: int) -> bool:
        return self.least <= score <= self.most


@dataclass(frozen=True)
class BimtekStage:
    """One of the workshops and the outputs that it must leave."""

    __pydantic_config__ = STRICT
    ordinal: Ordinal
    outputs: tuple[Item, ...]


@dataclass(frozen=True)
class EvaluationPart(Item):
    """A part of the yearly evaluation; the weights of all parts are percents and sum to 100."""

    weight: Annotated[Decimal, Field(gt=0, le=100)]


@dataclass(frozen=True)
class Evaluation:
    """How the yearly evaluation is computed; `impact` tells what the part of that code is."""

    __pydantic_config__ = STRICT
    parts: tuple[EvaluationPart, ...] = ()
    impact: Words | None = None


@dataclass(frozen=True)
class Rules:
    """Everything of an edition but its pillars; a draft may leave out what it does not know yet."""

    __pydantic_config__ = STRICT
    year: Annotated[int, Field(ge=2000, le=2100)] | None = None
    certainty: str = "recalled"
    source: str = ""
    quick_win: QuickWinRule = field(default_factory=QuickWinRule)
    horizons: Horizons = field(default_factory=Horizons)
    books: tuple[Book, ...] = ()
    readiness: tuple[ReadinessElement, ...] = ()
    readiness_scale: Scale = field(default_factory=Scale)
    bimtek: tuple[BimtekStage, ...] = ()
    evaluation: Evaluation = field(default_factory=Evaluation)

    def stage(self, ordinal: int) -> BimtekStage | None:
        """The bimtek stage of that ordinal, if the edition has it."""
        return next((each for each in self.bimtek if each.ordinal == ordinal), None)

    def book(self, number: int) -> Book | None:
        """The book of that number, if the edition has it."""
        return next((each for each in self.books if each.number == number), None)


@dataclass(frozen=True)
class SubDimensionContent(Item):
    """A part of a pillar, with its codes in other editions."""

    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class DimensionContent(Item):
    """A pillar with its parts; aliases are `pillar` or `pillar/part` of other editions."""

    description: Words
    ordinal: Ordinal | None = None
    aliases: tuple[str, ...] = ()
    sub_dimensions: tuple[SubDimensionContent, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Content(Rules):
    """A whole edition as a file holds it."""

    code: Code
    name: Words
    dimensions: tuple[DimensionContent, ...] = ()


Shape = TypeVar("Shape")
_RULES = TypeAdapter(Rules)
_CONTENT = TypeAdapter(Content)


def rules_of(edition: GuideEdition) -> Rules:
    """Return the edition's rules; raises what `parsed` raises for a stored document."""
    return _kept(orjson.dumps(edition.rules, option=orjson.OPT_SORT_KEYS))


@lru_cache(maxsize=64)
def _kept(document: bytes) -> Rules:
    return parsed(orjson.loads(document))


def parsed(document: object) -> Rules:
    """Read a document as rules; raises EditionRuleInvalid for each part of another form."""
    return read_document(_RULES, document)


def content_of(document: object) -> Content:
    """Read a file's document as a whole edition; raises EditionRuleInvalid as `parsed` does."""
    return read_document(_CONTENT, document)


def stored(rules: Rules) -> dict[str, Any]:
    """Return the rules as the document that is stored; `parsed` reads it back."""
    document: dict[str, Any] = _RULES.dump_python(rules, mode="json")
    return {each.name: document[each.name] for each in fields(Rules)}


def read_document(shape: TypeAdapter[Shape], document: object) -> Shape:
    """Read a document in a shape; raises EditionRuleInvalid for each part of another form."""
    try:
        return shape.validate_python(document)
    except ValidationError as error:
        refuse([_fault(each) for each in error.errors(include_url=False)])
        raise


def _fault(error: Any) -> EditionRuleInvalid:  # noqa: ANN401  (a TypedDict of pydantic's own)
    place = tuple(str(part) for part in error["loc"])
    other = (f"tidak sesuai ({error['type']})", error["msg"][:1].lower() + error["msg"][1:])
    return EditionRuleInvalid(place, *REASONS.get(error["type"], other))
