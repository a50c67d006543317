"""Tables of guide editions, their pillars and sub-dimensions, and the cohorts that follow them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from kotacerdas.tenancy import Json, Model, Stamped, Versioned, text_enum


class EditionState(StrEnum):
    """Whether cohorts may follow an edition; those that follow a retired one go on."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class CohortState(StrEnum):
    """Whether cities may be invited; until then the cohort's edition may be changed."""

    PLANNED = "planned"
    OPEN = "open"


class GuideEdition(Versioned, Stamped, Model):
    """What changes between years: pillars, books, rules; immutable once it is used.

    `rules` is read through `tenants.editions.rules.rules_of`. The database itself refuses a change
    of an edition that a cohort or a round of evaluation follows, and of its pillars.
    """

    __tablename__ = "guide_edition"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="", server_default="")
    state: Mapped[EditionState] = mapped_column(
        text_enum(EditionState), default=EditionState.DRAFT, server_default=EditionState.ACTIVE
    )
    rules: Mapped[Json]


class Dimension(Model):
    """A pillar of an edition; `aliases` are its codes in others: `pillar` or `pillar/sub`."""

    __tablename__ = "dimension"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("guide_edition.id"))
    code: Mapped[str]
    ordinal: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str]
    description: Mapped[str]
    description_en: Mapped[str] = mapped_column(default="", server_default="")
    aliases: Mapped[list[str]] = mapped_column(
        ARRAY(Text), default=list, server_default=text("'{}'")
    )


class SubDimension(Model):
    """A part of a pillar, where the edition divides it."""

    __tablename__ = "sub_dimension"
    __table_args__ = (UniqueConstraint("dimension_id", "code"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    dimension_id: Mapped[UUID] = mapped_column(ForeignKey("dimension.id"))
    code: Mapped[str]
    ordinal: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str]
    aliases: Mapped[list[str]] = mapped_column(
        ARRAY(Text), default=list, server_default=text("'{}'")
    )


class Cohort(Versioned, Stamped, Model):
    """A year's group of participants; `quota` is what the ministry announced."""

    __tablename__ = "cohort"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    year: Mapped[int] = mapped_column(unique=True)
    theme: Mapped[str | None]
    quota: Mapped[int]
    repeats: Mapped[int] = mapped_column(default=0)
    target_date: Mapped[date | None]
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("guide_edition.id"))
    source: Mapped[str]
    state: Mapped[CohortState] = mapped_column(
        text_enum(CohortState), default=CohortState.OPEN, server_default=CohortState.OPEN
    )
