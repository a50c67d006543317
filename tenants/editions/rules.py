"""The rules of a guide edition: a typed view of the stored document, checked when it is read."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, TypeVar

import orjson
from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from kotacerdas.values import refuse
from tenants.editions.models import GuideEdition
from tenants.editions.reasons import fault_of, printable
from tenants.editions.vocabulary import Element, InstitutionKind

Line = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=10_000), AfterValidator(printable)
]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000),
    AfterValidator(printable),
]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=60)]
Count = Annotated[int, Field(ge=0, le=1000)]
Ordinal = Annotated[int, Field(ge=1, le=100)]
FEW = Field(max_length=100)
"""Entries of one list."""
STRICT = ConfigDict(extra="forbid")


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
    note: Line = ""


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
    sources: Annotated[tuple[Words, ...], FEW] = ()
    minimum_words: Count = 20


@dataclass(frozen=True)
class Book:
    """A book of the masterplan with the chapters that its template gives it."""

    __pydantic_config__ = STRICT
    number: Ordinal
    name: Words
    chapters: Annotated[tuple[Chapter, ...], FEW]


@dataclass(frozen=True)
class ReadinessElement(Item):
    """An element of readiness and the parts in which it is assessed."""

    parts: Annotated[tuple[Item, ...], FEW] = ()


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
    outputs: Annotated[tuple[Item, ...], FEW]


@dataclass(frozen=True)
class EvaluationPart(Item):
    """A part of the yearly evaluation; the weights of all parts are percents and sum to 100."""

    weight: Annotated[Decimal, Field(gt=0, le=100)]


@dataclass(frozen=True)
class Evaluation:
    """How the yearly evaluation is computed; `impact` tells what the part of that code is."""

    __pydantic_config__ = STRICT
    parts: Annotated[tuple[EvaluationPart, ...], FEW] = ()
    impact: Words | None = None


@dataclass(frozen=True)
class InstitutionRule:
    """Bodies that a city must form, and parts of society for which council and forum speak."""

    __pydantic_config__ = STRICT
    bodies: Annotated[tuple[InstitutionKind, ...], FEW] = (
        InstitutionKind.COUNCIL,
        InstitutionKind.TEAM,
    )
    elements: Annotated[tuple[Element, ...], FEW] = tuple(Element)


@dataclass(frozen=True)
class CertificateRule:
    """Share of the held sessions that somebody must have attended, in percent."""

    __pydantic_config__ = STRICT
    attendance_percent: Annotated[int, Field(ge=1, le=100)] = 75


@dataclass(frozen=True)
class Rules:
    """Everything of an edition but its pillars; a draft may leave out what it does not know yet."""

    __pydantic_config__ = STRICT
    year: Annotated[int, Field(ge=2000, le=2100)] | None = None
    certainty: Line = "recalled"
    source: Line = ""
    quick_win: QuickWinRule = field(default_factory=QuickWinRule)
    horizons: Horizons = field(default_factory=Horizons)
    books: Annotated[tuple[Book, ...], FEW] = ()
    readiness: Annotated[tuple[ReadinessElement, ...], FEW] = ()
    readiness_scale: Scale = field(default_factory=Scale)
    bimtek: Annotated[tuple[BimtekStage, ...], FEW] = ()
    evaluation: Evaluation = field(default_factory=Evaluation)
    institutions: InstitutionRule = field(default_factory=InstitutionRule)
    certificates: CertificateRule = field(default_factory=CertificateRule)

    def stage(self, ordinal: int) -> BimtekStage | None:
        """The bimtek stage of that ordinal, if the edition has it."""
        return next((each for each in self.bimtek if each.ordinal == ordinal), None)

    def book(self, number: int) -> Book | None:
        """The book of that number, if the edition has it."""
        return next((each for each in self.books if each.number == number), None)


@dataclass(frozen=True)
class SubDimensionContent(Item):
    """A part of a pillar, with its codes in other editions."""

    aliases: Annotated[tuple[Line, ...], FEW] = ()


@dataclass(frozen=True)
class DimensionContent(Item):
    """A pillar with its parts; aliases are `pillar` or `pillar/part` of other editions."""

    description: Words
    ordinal: Ordinal | None = None
    aliases: Annotated[tuple[Line, ...], FEW] = ()
    sub_dimensions: Annotated[tuple[SubDimensionContent, ...], FEW] = ()


@dataclass(frozen=True, kw_only=True)
class Content(Rules):
    """A whole edition as a file holds it."""

    code: Code
    name: Words
    dimensions: Annotated[tuple[DimensionContent, ...], FEW] = ()


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


def whole(content: Content) -> dict[str, Any]:
    """Return an edition as a document that a file holds; its pillars are numbered in order."""
    document: dict[str, Any] = _CONTENT.dump_python(content, mode="json")
    for ordinal, pillar in enumerate(document["dimensions"], start=1):
        pillar["ordinal"] = ordinal
    return document


def read_document(shape: TypeAdapter[Shape], document: object) -> Shape:
    """Read a document in a shape; raises EditionRuleInvalid for each part of another form."""
    try:
        return shape.validate_python(document)
    except ValidationError as error:
        refuse([fault_of(each) for each in error.errors(include_url=False)])
        raise
