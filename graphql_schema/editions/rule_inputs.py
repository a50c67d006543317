"""Rules of a guide edition as inputs: each gives the part of a file's document that it stands for.

Books and stages are numbered by their place in the list. A missing English text is the Indonesian.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import strawberry

from tenants.editions.vocabulary import Element, InstitutionKind

Document = dict[str, Any]


def words(text: str, english: str | None) -> Document:
    """Return a text of both languages as documents have it."""
    return {"id": text, "en": english or text}


@strawberry.input(description="A named part that others refer to by its code.")
class GuideItemInput:
    """A named part that others refer to by its code."""

    code: str = strawberry.field(description="Lower-case letters, digits and hyphens.")
    name: str = strawberry.field(description="Name in Indonesian.")
    name_en: str | None = strawberry.field(default=None, description="Name in English.")

    def document(self) -> Document:
        """Return the part of the document."""
        return {"code": self.code, "name": words(self.name, self.name_en)}


@strawberry.input(description="How many quick wins a masterplan has; null bounds are not counted.")
class QuickWinRuleInput:
    """How many quick wins a masterplan has; null bounds are not counted."""

    minimum: int | None = strawberry.field(default=None, description="At least so many.")
    maximum: int | None = strawberry.field(default=None, description="At most so many.")
    per_dimension: bool | None = strawberry.field(
        default=None, description="Whether the bounds hold for each pillar."
    )
    first_years: int = strawberry.field(
        default=2, description="Within how many first years it ends."
    )
    needs_baseline: bool = strawberry.field(
        default=True, description="Whether it must have a baseline."
    )
    note: str = strawberry.field(default="", description="What is known of the rule.")

    def document(self) -> Document:
        """Return the part of the document."""
        return dict(vars(self))


@strawberry.input(description="How many first years of a plan each horizon means.")
class HorizonRuleInput:
    """How many first years of a plan each horizon means."""

    short: int = strawberry.field(description="Years of the short horizon, usually 1.")
    medium: int = strawberry.field(description="Years of the medium horizon, usually 5.")
    long: int = strawberry.field(description="Years of the long horizon, usually 10.")

    def document(self) -> Document:
        """Return the part of the document."""
        return dict(vars(self))


@strawberry.input(description="A source that a chapter draws on.")
class ChapterSourceInput:
    """A source that a chapter draws on."""

    name: str = strawberry.field(description="What it is, in Indonesian.")
    name_en: str | None = strawberry.field(default=None, description="What it is, in English.")


@strawberry.input(description="A chapter that the guide gives a book.")
class ChapterTemplateInput(GuideItemInput):
    """A chapter that the guide gives a book."""

    guidance: str | None = strawberry.field(
        default=None, description="What to write in it, in Indonesian."
    )
    guidance_en: str | None = strawberry.field(
        default=None, description="What to write in it, in English."
    )
    sources: list[ChapterSourceInput] = strawberry.field(
        default_factory=list, description="Sources that it draws on, at most 100."
    )
    minimum_words: int = strawberry.field(
        default=20, description="Words that each of its sections has at least."
    )

    def document(self) -> Document:
        """Return the part of the document."""
        guidance = self.guidance and words(self.guidance, self.guidance_en)
        sources = [words(each.name, each.name_en) for each in self.sources]
        more = {"guidance": guidance or None, "minimum_words": self.minimum_words}
        return {**super().document(), **more, "sources": sources}


@strawberry.input(description="A book that the guide asks for; its number is its place.")
class BookTemplateInput:
    """A book that the guide asks for; its number is its place."""

    name: str = strawberry.field(description="Title in Indonesian.")
    name_en: str | None = strawberry.field(default=None, description="Title in English.")
    chapters: list[ChapterTemplateInput] = strawberry.field(
        description="Its chapters, in order, at most 100."
    )

    def document(self) -> Document:
        """Return the part of the document, without the number."""
        chapters = [each.document() for each in self.chapters]
        return {"name": words(self.name, self.name_en), "chapters": chapters}


@strawberry.input(description="An element of readiness.")
class ReadinessElementInput(GuideItemInput):
    """An element of readiness."""

    parts: list[GuideItemInput] = strawberry.field(
        default_factory=list, description="Parts in which it is assessed, at most 100."
    )

    def document(self) -> Document:
        """Return the part of the document."""
        return {**super().document(), "parts": [each.document() for each in self.parts]}


@strawberry.input(description="The scores that readiness is given.")
class ReadinessScaleInput:
    """The scores that readiness is given."""

    least: int = strawberry.field(description="Lowest score.")
    most: int = strawberry.field(description="Highest score.")

    def document(self) -> Document:
        """Return the part of the document."""
        return dict(vars(self))


@strawberry.input(description="One of the workshops (bimtek); which one is its place.")
class BimtekStageInput:
    """One of the workshops (bimtek); which one is its place."""

    outputs: list[GuideItemInput] = strawberry.field(
        description="Outputs that it must leave, at most 100."
    )

    def document(self) -> Document:
        """Return the part of the document, without the ordinal."""
        return {"outputs": [each.document() for each in self.outputs]}


@strawberry.input(description="A part of the yearly evaluation.")
class EvaluationPartInput(GuideItemInput):
    """A part of the yearly evaluation."""

    weight: Decimal = strawberry.field(description="Weight in percent; all together are 100.")

    def document(self) -> Document:
        """Return the part of the document."""
        return {**super().document(), "weight": str(self.weight)}


@strawberry.input(description="Bodies that a city must form, and for whom they speak.")
class InstitutionRuleInput:
    """Bodies that a city must form, and for whom they speak."""

    bodies: list[InstitutionKind] = strawberry.field(
        description="Bodies that need a decree, a chair and members before mentoring begins."
    )
    elements: list[Element] = strawberry.field(
        description="Parts of society for which council and forum together must have somebody."
    )

    def document(self) -> Document:
        """Return the part of the document."""
        return {name: [each.value for each in given] for name, given in vars(self).items()}


@strawberry.input(description="What a certificate of attendance stands for.")
class CertificateRuleInput:
    """What a certificate of attendance stands for."""

    attendance_percent: int = strawberry.field(
        description="Percent of the held sessions that somebody must have attended, 1 to 100."
    )

    def document(self) -> Document:
        """Return the part of the document."""
        return dict(vars(self))


@strawberry.input(description="A part of a pillar.")
class SubDimensionInput(GuideItemInput):
    """A part of a pillar."""

    aliases: list[str] = strawberry.field(
        default_factory=list, description="Its codes in other editions: `pillar` or `pillar/part`."
    )

    def document(self) -> Document:
        """Return the part of the document."""
        return {**super().document(), "aliases": self.aliases}


@strawberry.input(description="A pillar of the edition.")
class DimensionInput(SubDimensionInput):
    """A pillar of the edition."""

    description: str = strawberry.field(description="What belongs to it, in Indonesian.")
    description_en: str | None = strawberry.field(
        default=None, description="What belongs to it, in English."
    )
    sub_dimensions: list[SubDimensionInput] = strawberry.field(
        default_factory=list, description="Its parts, in order, at most 100."
    )

    def document(self) -> Document:
        """Return the part of the document."""
        return {
            **super().document(),
            "description": words(self.description, self.description_en),
            "sub_dimensions": [each.document() for each in self.sub_dimensions],
        }
