"""Guide editions with all that they hold, and the cohorts that follow them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import strawberry
from sqlalchemy import Boolean, ColumnElement, FromClause, Integer, Numeric, Text, func
from sqlalchemy.types import TypeEngine

from graphql_schema.assessment.instruments import Instrument, instrument_of
from graphql_schema.node import Node
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import Expression, column, computed, key, listed, one, reads
from graphql_schema.reader.documents import entries
from graphql_schema.reader.grouping import rows_of
from tenants.editions import models as rows
from tenants.editions.rules import Horizons

CODE = {"code": (("code",), Text())}
NAMES = {"title": (("name", "id"), Text()), "title_en": (("name", "en"), Text())}


def _rule(kind: TypeEngine[Any], *path: str) -> Expression:
    """A value of the edition's rules."""

    def expression(row: FromClause, _asking: Asking) -> ColumnElement[Any]:
        value: ColumnElement[Any] = row.c.rules[path].astext.cast(kind)
        return value

    return expression


@reads(rows.SubDimension, "sub", description="A part of a pillar.")
class SubDimension(Node):
    """A part of a pillar, where the edition divides it."""

    id: strawberry.ID = key()
    code: str = column(rows.SubDimension.code, "Code, unique within its pillar.")
    ordinal: int = column(rows.SubDimension.ordinal, "Place within the pillar, from 1.")
    name: str = column(rows.SubDimension.name, "Name in Indonesian.")
    name_en: str = column(rows.SubDimension.name_en, "Name in English.")
    aliases: list[str] = column(rows.SubDimension.aliases, "Its codes in other editions.")
    dimension: Dimension = one(
        "Dimension", rows.SubDimension.dimension_id, "Pillar that it is part of."
    )


@reads(rows.Dimension, "dim", description="A pillar of a guide edition.")
class Dimension(Node):
    """A pillar of a guide edition."""

    id: strawberry.ID = key()
    code: str = column(rows.Dimension.code, "Stable code, e.g. government.")
    ordinal: int = column(rows.Dimension.ordinal, "Place within the edition, from 1.")
    name: str = column(rows.Dimension.name, "Name in Indonesian use.")
    name_en: str = column(rows.Dimension.name_en, "Name in English.")
    description: str = column(rows.Dimension.description, "What belongs to it.")
    description_en: str = column(rows.Dimension.description_en, "The same in English.")
    aliases: list[str] = column(
        rows.Dimension.aliases,
        "Its codes in other editions: a pillar, or a pillar's part as `living/mobility`.",
    )
    sub_dimensions: list[SubDimension] = listed(
        "SubDimension",
        rows_of(rows.SubDimension, "dimension_id", "ordinal"),
        "Its parts, in order; empty where the edition has none.",
    )


@reads(rows.GuideEdition, description="How many quick wins a masterplan has.")
class QuickWinRule:
    """How many quick wins a masterplan has, and what each must have."""

    minimum: int | None = computed(
        _rule(Integer(), "quick_win", "minimum"), "At least so many; null where it is not known."
    )
    maximum: int | None = computed(
        _rule(Integer(), "quick_win", "maximum"), "At most so many; null where it is not known."
    )
    per_dimension: bool | None = computed(
        _rule(Boolean(), "quick_win", "per_dimension"),
        "Whether the bounds hold for each pillar; null where it is not known.",
    )
    first_years: int | None = computed(
        _rule(Integer(), "quick_win", "first_years"), "Within how many first years it ends."
    )
    needs_baseline: bool | None = computed(
        _rule(Boolean(), "quick_win", "needs_baseline"), "Whether it must have a baseline."
    )
    note: str | None = computed(_rule(Text(), "quick_win", "note"), "What is known of the rule.")


def _years(name: str) -> Expression:
    """A horizon's years, or what is customary where the stored rules are silent."""

    def expression(row: FromClause, asking: Asking) -> ColumnElement[Any]:
        told = _rule(Integer(), "horizons", name)(row, asking)
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


@reads(rows.GuideEdition, "edi", description="An edition of the programme's guide.")
class GuideEdition(Node):
    """An edition of the programme's guide: what changes between years."""

    id: strawberry.ID = key()
    code: str = column(rows.GuideEdition.code, "Stable code.")
    name: str = column(rows.GuideEdition.name, "What the edition is called.")
    name_en: str = column(rows.GuideEdition.name_en, "The same in English.")
    state: rows.EditionState = column(rows.GuideEdition.state, "Whether cohorts may follow it.")
    version: int = column(rows.GuideEdition.version, "Version for `expectedVersion`.")
    source: str | None = computed(_rule(Text(), "source"), "Where its content is from.")
    certainty: str | None = computed(
        _rule(Text(), "certainty"), "How sure the content is: confirmed, reported or recalled."
    )
    dimensions: list[Dimension] = listed(
        "Dimension", rows_of(rows.Dimension, "edition_id", "ordinal"), "Its pillars, in order."
    )
    quick_win_rule: QuickWinRule | None = one(
        "QuickWinRule",
        lambda child, parent: child.c.id == parent.c.id,
        "How many quick wins a masterplan has.",
    )
    horizon_rule: HorizonRule | None = one(
        "HorizonRule",
        lambda child, parent: child.c.id == parent.c.id,
        "Within how many first years a programme of each horizon spends its money.",
    )
    book_templates: list[BookTemplate] = listed(
        "BookTemplate",
        entries("rules", ("books",), number=(("number",), Integer()), **NAMES),
        "The books that it asks for, with chapters, guidance and sources.",
    )
    readiness_elements: list[ReadinessElement] = listed(
        "ReadinessElement",
        entries("rules", ("readiness",), **CODE, **NAMES),
        "Elements by which readiness is assessed.",
    )
    bimtek_stages: list[BimtekStage] = listed(
        "BimtekStage",
        entries("rules", ("bimtek",), ordinal=(("ordinal",), Integer())),
        "Its workshops with the outputs of each.",
    )
    evaluation_parts: list[EvaluationPart] = listed(
        "EvaluationPart",
        entries("rules", ("evaluation", "parts"), **CODE, **NAMES, weight=(("weight",), Numeric())),
        "Parts of the yearly evaluation with their weights.",
    )


@reads(rows.Cohort, "coh", description="A year's group of participating cities (angkatan).")
class Cohort(Node):
    """A year's group of participating cities (angkatan)."""

    id: strawberry.ID = key()
    year: int = column(rows.Cohort.year, "Calendar year, e.g. 2022.")
    theme: str | None = column(rows.Cohort.theme, "Motto of the year, if the ministry set one.")
    quota: int = column(rows.Cohort.quota, "Participations that the ministry announced.")
    repeats: int = column(rows.Cohort.repeats, "How many of them had taken part before.")
    target_date: date | None = column(rows.Cohort.target_date, "Day the books should be finished.")
    source: str = column(rows.Cohort.source, "Where these facts are from.")
    version: int = column(rows.Cohort.version, "Version for `expectedVersion`.")
    edition: GuideEdition = one("GuideEdition", rows.Cohort.edition_id, "Guide edition in force.")
    instrument: Instrument | None = one(
        "Instrument", instrument_of, "Instrument by which its cities are assessed, once chosen."
    )
