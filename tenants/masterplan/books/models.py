"""Tables of books, chapters, sections, their revisions and people's drafts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from kotacerdas.identity.policy import Role
from kotacerdas.tenancy import (
    Json,
    Model,
    TenantOwned,
    Versioned,
    belongs_to,
    text_enum,
    unique_in_tenant,
)


class SectionState(StrEnum):
    """How far the text of a section is."""

    EMPTY = "empty"
    DRAFT = "draft"
    READY = "ready"
    APPROVED = "approved"


class DraftKind(StrEnum):
    """Why a person's copy of a text was kept: while it was written, or when it came too late."""

    AUTOSAVE = "autosave"
    CONFLICT = "conflict"


class Book(TenantOwned, Model):
    """A book of the plan, by the number that the edition's template gives it."""

    __tablename__ = "book"
    __table_args__ = (
        belongs_to("masterplan", "masterplan_id"),
        unique_in_tenant("masterplan_id", "number"),
    )
    masterplan_id: Mapped[UUID]
    number: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str]


class Chapter(Versioned, TenantOwned, Model):
    """A chapter with what the edition's guide says of it; its owner writes what has no other."""

    __tablename__ = "chapter"
    __table_args__ = (
        belongs_to("book", "book_id"),
        belongs_to("unit", "owner_unit_id"),
        unique_in_tenant("book_id", "code"),
        unique_in_tenant("book_id", "ordinal"),
        CheckConstraint("owner_role is null or owner_unit_id is null", name="one_owner"),
    )
    book_id: Mapped[UUID]
    ordinal: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    guidance: Mapped[str] = mapped_column(default="")
    guidance_en: Mapped[str] = mapped_column(default="")
    sources: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    sources_en: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    minimum_words: Mapped[int]
    owner_role: Mapped[Role | None] = mapped_column(text_enum(Role))
    owner_unit_id: Mapped[UUID | None]


class Section(Versioned, TenantOwned, Model):
    """A part of a chapter: its text as a checked tree, whose task it is and how far it is.

    `claimed_by` only tells who has it open; it keeps nobody out.
    """

    __tablename__ = "section"
    __table_args__ = (
        belongs_to("chapter", "chapter_id"),
        belongs_to("unit", "owner_unit_id"),
        Index(None, "tenant_id", "chapter_id", "ordinal"),
        CheckConstraint("owner_role is null or owner_unit_id is null", name="one_owner"),
    )
    chapter_id: Mapped[UUID]
    ordinal: Mapped[int]
    title: Mapped[str]
    body: Mapped[Json]
    words: Mapped[int] = mapped_column(default=0)
    state: Mapped[SectionState] = mapped_column(text_enum(SectionState), default=SectionState.EMPTY)
    revision: Mapped[int] = mapped_column(default=0)
    owner_role: Mapped[Role | None] = mapped_column(text_enum(Role))
    owner_unit_id: Mapped[UUID | None]
    edited_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    edited_at: Mapped[datetime | None]
    claimed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    claimed_at: Mapped[datetime | None]


class SectionRevision(TenantOwned, Model):
    """A text that a section has had, word for word; never changed.

    `section_version` is the section's version from which on it was the text.
    """

    __tablename__ = "section_revision"
    __table_args__ = (
        belongs_to("section", "section_id"),
        unique_in_tenant("section_id", "number"),
    )
    section_id: Mapped[UUID]
    number: Mapped[int]
    section_version: Mapped[int]
    title: Mapped[str]
    body: Mapped[Json]
    words: Mapped[int]
    edited_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class SectionDraft(TenantOwned, Model):
    """A person's own copy of a text, not yet or not in time stored; seen by that person alone."""

    __tablename__ = "section_draft"
    __table_args__ = (
        belongs_to("section", "section_id"),
        unique_in_tenant("section_id", "person_id", "base_version"),
        Index(None, "person_id"),
    )
    section_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[DraftKind] = mapped_column(text_enum(DraftKind))
    base_version: Mapped[int]
    title: Mapped[str]
    body: Mapped[Json]
