"""Tables of institutions, their members, and regulations."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kotacerdas.tenancy import (
    Model,
    TenantOwned,
    Versioned,
    belongs_to,
    text_enum,
    unique_in_tenant,
)
from tenants.editions.vocabulary import Element as Element
from tenants.editions.vocabulary import InstitutionKind as InstitutionKind


class MemberPart(StrEnum):
    """What a member is in a body."""

    PATRON = "pembina"
    DIRECTOR = "pengarah"
    CHAIR = "ketua"
    DEPUTY = "wakil_ketua"
    SECRETARY = "sekretaris"
    COORDINATOR = "koordinator"
    MEMBER = "anggota"


class RegulationKind(StrEnum):
    """What sort of legal text it is; a mayor writes a Perwali, a regent a Perbup."""

    PERWALI = "perwali"
    PERBUP = "perbup"
    PERDA = "perda"
    DECREE = "sk"
    OTHER = "other"


class RegulationSubject(StrEnum):
    """What a regulation settles."""

    MASTERPLAN = "masterplan"
    INSTITUTION = "institution"
    OTHER = "other"


class Institution(Versioned, TenantOwned, Model):
    """A body of the city; it stands until it is dissolved, revised by one decree after another."""

    __tablename__ = "institution"
    __table_args__ = (
        CheckConstraint("valid_to is null or valid_to > valid_from", name="validity"),
        Index(
            "uq_institution_standing",
            "tenant_id",
            "kind",
            unique=True,
            postgresql_where=text("valid_to is null"),
        ),
    )
    kind: Mapped[InstitutionKind] = mapped_column(text_enum(InstitutionKind))
    name: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class InstitutionMember(Versioned, TenantOwned, Model):
    """Somebody's seat in a body, from the day it was taken to the day it was left."""

    __tablename__ = "institution_member"
    __table_args__ = (
        belongs_to("institution", "institution_id"),
        belongs_to("unit", "unit_id"),
        CheckConstraint("left_on is null or left_on >= joined_on", name="seat"),
        Index(None, "tenant_id", "institution_id"),
        Index(
            "uq_institution_member_chair",
            "tenant_id",
            "institution_id",
            unique=True,
            postgresql_where=text("part = 'ketua' and left_on is null"),
        ),
    )
    institution_id: Mapped[UUID]
    name: Mapped[str]
    position: Mapped[str]
    part: Mapped[MemberPart] = mapped_column(text_enum(MemberPart))
    element: Mapped[Element] = mapped_column(text_enum(Element))
    unit_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]


class Regulation(Versioned, TenantOwned, Model):
    """A legal text of the city: what adopts the masterplan, decrees a body, or bears on either."""

    __tablename__ = "regulation"
    __table_args__ = (
        belongs_to("institution", "institution_id"),
        belongs_to("participation", "participation_id"),
        unique_in_tenant("kind", "number", "year"),
        Index(None, "tenant_id", "institution_id"),
        Index(None, "tenant_id", "participation_id"),
    )
    kind: Mapped[RegulationKind] = mapped_column(text_enum(RegulationKind))
    number: Mapped[str]
    year: Mapped[int]
    title: Mapped[str]
    signed_on: Mapped[date]
    subject: Mapped[RegulationSubject] = mapped_column(text_enum(RegulationSubject))
    institution_id: Mapped[UUID | None]
    participation_id: Mapped[UUID | None]
    source_url: Mapped[str | None]
