"""What a guide edition rules: quick wins, books, readiness, workshops, evaluation, bodies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, ColumnElement, FromClause, Integer, Text, func, literal
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import Expression, column, computed, listed, reads
from graphql_schema.reader.documents import entries
from tenants.editions import models as rows
from tenants.editions.rules import Horizons
from tenants.editions.rules import InstitutionRule as InstitutionRules
from tenants.editions.vocabulary import Element, InstitutionKind

CODE = {"code": (("code",), Text())}
NAMES = {"title": (("name", "id"), Text()), "title_en": (("name", "en"), Text())}


def rule(kind: TypeEngine[Any], *path: str) -> Expression:
    """A value of the edition's rules."""

    def expression(row: FromClause, _asking: Asking) -> ColumnElement[Any]:
        value: ColumnElement[Any] = row.c.rules[path].astext.cast(kind)
        return value

    return expression


def _rules(path: tuple[str, ...], otherwise: list[str]) -> Expression:
    """A list of codes of the edition's rules."""

    def expression(row: FromClause, _asking: Asking) -> ColumnElement[Any]:
        return func.coalesce(row.c.rules[path], literal(otherwise, JSONB))

    return expression


@reads(rows.GuideEdition, description="How many quick wins a masterplan has.")
class QuickWinRule:
    """How many quick wins a masterplan has, and what each must have."""

    minimum: int | None = computed(
        rule(Integer(), "quick_win", "minimum"), "At least so many; null where it is not known."
    )
    maximum: int | None = computed(
        rule(Integer(), "quick_win", "maximum"), "At most so many; null where it is not known."
    )
    per_dimension: bool | None = computed(
        rule(Boolean(), "quick_win", "per_dimension"),
        "Whether the bounds hold for each pillar; null where it is not known.",
    )
    first_years: int | None = computed(
        rule(Integer(), "quick_win", "first_years"), "Within how many first years it ends."
    )
    needs_baseline: bool | None = computed(
        rule(Boolean(), "quick_win", "needs_baseline"), "Whether it must have a baseline."
    )
    note: str | None = computed(rule(Text(), "quick_win", "note"), "What is known of the rule.")


def _years(name: str) -> Expression:
    """A horizon's years, or what is customary where the stored rules are silent."""

    def expression(row: FromClause, asking: Asking) -> ColumnElement[Any]:
        told = rule(Integer(), "horizons", name)(row, asking)
        return func.coalesce(told, Horizons().years(name))

    return expression


@reads(rows.GuideEdition, description="How many first years of a plan each horizon means.")
class HorizonRule:
    """How many first years of a plan each horizon means."""

    short: int | None = computed(_years("short"), "Years of the short horizon, usually 1.")
    medium: int | None = computed(_years("medium"), "Years of the medium horizon, usually 5.")
    long: int | None = computed(_years("long"), "Years of the long horizon, usually 10.")


@reads(rows.GuideEdition, description="A source that a chapter draws on.")
class ChapterSource:
    """A source that a chapter draws on."""

    name: str = column("title", "What it is, in Indonesian.")
    name_en: str = column("title_en", "What it is, in English.")


@reads(rows.GuideEdition, description="A chapter that the guide gives a book.")
class ChapterTemplate:
    """A chapter that the guide gives a book."""

    code: str = column("code", "Code, unique within its book.")
    name: str = column("title", "Title in Indonesian.")
    name_en: str = column("title_en", "Title in English.")
    guidance: str | None = column("guidance", "What to write in it, in Indonesian.")
    guidance_en: str | None = column("guidance_en", "What to write in it, in English.")
    sources: list[ChapterSource] = listed(
        "ChapterSource",
        entries("document", ("sources",), title=(("id",), Text()), title_en=(("en",), Text())),
        "Sources that it draws on.",
    )
    minimum_words: int | None = column(
        "minimum_words", "Words that each of its sections has at least; null: 20."
    )


@reads(rows.GuideEdition, description="A book that the guide asks for.")
class BookTemplate:
    """A book that the guide asks for."""

    number: int = column("number", "Its number, from 1.")
    name: str = column("title", "Title in Indonesian.")
    name_en: str = column("title_en", "Title in English.")
    chapters: list[ChapterTemplate] = listed(
        "ChapterTemplate",
        entries(
            "document",
            ("chapters",),
            **CODE,
            **NAMES,
            guidance=(("guidance", "id"), Text()),
            guidance_en=(("guidance", "en"), Text()),
            minimum_words=(("minimum_words",), Integer()),
        ),
        "Its chapters, in order.",
    )


@reads(rows.GuideEdition, description="A part in which an element of readiness is assessed.")
class ReadinessPart:
    """A part in which an element of readiness is assessed."""

    code: str = column("code", "Code, unique within its element.")
    name: str = column("title", "Name in Indonesian.")
    name_en: str = column("title_en", "Name in English.")


@reads(rows.GuideEdition, description="An element of readiness.")
class ReadinessElement:
    """An element of readiness: structure, infrastructure, superstructure."""

    code: str = column("code", "Code, unique within the edition.")
    name: str = column("title", "Name in Indonesian.")
    name_en: str = column("title_en", "Name in English.")
    parts: list[ReadinessPart] = listed(
        "ReadinessPart", entries("document", ("parts",), **CODE, **NAMES), "Its parts, in order."
    )


@reads(rows.GuideEdition, description="What a bimtek must leave behind.")
class BimtekOutput:
    """What a bimtek must leave behind."""

    code: str = column("code", "Code, unique within its stage.")
    name: str = column("title", "Name in Indonesian.")
    name_en: str = column("title_en", "Name in English.")


@reads(rows.GuideEdition, description="One of the guide's workshops (bimtek).")
class BimtekStage:
    """One of the guide's workshops (bimtek)."""

    ordinal: int = column("ordinal", "Which one, from 1.")
    outputs: list[BimtekOutput] = listed(
        "BimtekOutput",
        entries("document", ("outputs",), **CODE, **NAMES),
        "Outputs that it must leave.",
    )


@reads(rows.GuideEdition, description="A part of the yearly evaluation.")
class EvaluationPart:
    """A part of the yearly evaluation and its weight."""

    code: str = column("code", "Code, unique within the edition.")
    name: str = column("title", "Name in Indonesian.")
    name_en: str = column("title_en", "Name in English.")
    weight: Decimal = column("weight", "Weight in percent; all together are 100.")


@reads(rows.GuideEdition, description="The scores that readiness is given.")
class ReadinessScale:
    """The scores that readiness is given."""

    least: int | None = computed(rule(Integer(), "readiness_scale", "least"), "Lowest score.")
    most: int | None = computed(rule(Integer(), "readiness_scale", "most"), "Highest score.")


@reads(rows.GuideEdition, description="Bodies that a city must form, and for whom they speak.")
class InstitutionRule:
    """Bodies that a city must form, and for whom they speak."""

    bodies: list[InstitutionKind] | None = computed(
        _rules(("institutions", "bodies"), list(InstitutionRules().bodies)),
        "Bodies that need a decree, a chair and members before mentoring begins.",
    )
    elements: list[Element] | None = computed(
        _rules(("institutions", "elements"), list(InstitutionRules().elements)),
        "Parts of society for which council and forum together must have somebody.",
    )


@reads(rows.GuideEdition, description="What a certificate of attendance stands for.")
class CertificateRule:
    """What a certificate of attendance stands for."""

    attendance_percent: int | None = computed(
        rule(Integer(), "certificates", "attendance_percent"),
        "Percent of the held sessions that somebody must have attended; null: 75.",
    )
