"""Guide editions with all that they hold, and the cohorts that follow them."""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry
from sqlalchemy import ColumnElement, FromClause, Integer, Numeric, Text

from graphql_schema.assessment.instruments import Instrument, instrument_of
from graphql_schema.editions.rules import (
    CODE,
    NAMES,
    BimtekStage,
    BookTemplate,
    CertificateRule,
    EvaluationPart,
    HorizonRule,
    InstitutionRule,
    QuickWinRule,
    ReadinessElement,
    ReadinessScale,
    rule,
)
from graphql_schema.node import Node
from graphql_schema.reader.declaration import column, computed, key, listed, one, reads
from graphql_schema.reader.documents import entries
from graphql_schema.reader.grouping import rows_of
from tenants.editions import models as rows


def _same(child: FromClause, parent: FromClause) -> ColumnElement[Any]:
    """The edition's own row, of which another type shows a part."""
    return child.c.id == parent.c.id


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


@reads(rows.GuideEdition, "edi", description="An edition of the programme's guide.")
class GuideEdition(Node):
    """An edition of the programme's guide: what changes between years."""

    id: strawberry.ID = key()
    code: str = column(rows.GuideEdition.code, "Stable code.")
    name: str = column(rows.GuideEdition.name, "What the edition is called.")
    name_en: str = column(rows.GuideEdition.name_en, "The same in English.")
    state: rows.EditionState = column(rows.GuideEdition.state, "Whether cohorts may follow it.")
    version: int = column(rows.GuideEdition.version, "Version for `expectedVersion`.")
    year: int | None = computed(
        rule(Integer(), "year"), "Year of the guide that it holds; null where it is not known."
    )
    source: str | None = computed(rule(Text(), "source"), "Where its content is from.")
    certainty: str | None = computed(
        rule(Text(), "certainty"), "How sure the content is: confirmed, reported or recalled."
    )
    dimensions: list[Dimension] = listed(
        "Dimension", rows_of(rows.Dimension, "edition_id", "ordinal"), "Its pillars, in order."
    )
    quick_win_rule: QuickWinRule | None = one(
        "QuickWinRule",
        _same,
        "How many quick wins a masterplan has.",
    )
    horizon_rule: HorizonRule | None = one(
        "HorizonRule",
        _same,
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
    impact: str | None = computed(
        rule(Text(), "evaluation", "impact", "id"),
        "What the part `impact` is computed from; null where it is scored like the others.",
    )
    impact_en: str | None = computed(
        rule(Text(), "evaluation", "impact", "en"), "The same in English."
    )
    readiness_scale: ReadinessScale | None = one(
        "ReadinessScale", _same, "The scores that readiness is given."
    )
    institution_rule: InstitutionRule | None = one(
        "InstitutionRule", _same, "Bodies that a city must form, and for whom they speak."
    )
    certificate_rule: CertificateRule | None = one(
        "CertificateRule", _same, "What a certificate of attendance stands for."
    )
    cohorts: list[Cohort] = listed(
        "Cohort", rows_of(rows.Cohort, "edition_id", "year"), "Cohorts that follow it, by year."
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
    state: rows.CohortState = column(rows.Cohort.state, "Whether cities may be invited into it.")
    source: str = column(rows.Cohort.source, "Where these facts are from.")
    version: int = column(rows.Cohort.version, "Version for `expectedVersion`.")
    edition: GuideEdition = one("GuideEdition", rows.Cohort.edition_id, "Guide edition in force.")
    instrument: Instrument | None = one(
        "Instrument", instrument_of, "Instrument by which its cities are assessed, once chosen."
    )
