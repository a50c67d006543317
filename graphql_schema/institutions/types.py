"""Institutions, their members, and regulations."""

from __future__ import annotations

from datetime import date

import strawberry

from graphql_schema.cities.lazy import LazyCity, LazyParticipation, LazyUnit
from graphql_schema.identity.types import Person
from graphql_schema.node import Node
from graphql_schema.reader.declaration import column, key, listed, one, reads
from graphql_schema.reader.grouping import rows_of
from tenants.institutions import models as rows


@reads(rows.InstitutionMember, "imb", description="Somebody's seat in a body of the city.")
class InstitutionMember(Node):
    """Somebody's seat in a body of the city."""

    id: strawberry.ID = key()
    city: LazyCity = one("City", rows.InstitutionMember.tenant_id, "City of the body.")
    institution: Institution = one(
        "Institution", rows.InstitutionMember.institution_id, "Body that the seat is in."
    )
    name: str = column(rows.InstitutionMember.name, "Name with academic titles.")
    position: str = column(rows.InstitutionMember.position, "Office that the member holds.")
    part: rows.MemberPart = column(rows.InstitutionMember.part, "What the member is in the body.")
    element: rows.Element = column(
        rows.InstitutionMember.element, "Part of society that the member stands for."
    )
    unit: LazyUnit | None = one(
        "Unit", rows.InstitutionMember.unit_id, "Department that the member is of."
    )
    person: Person | None = one(
        "Person", rows.InstitutionMember.person_id, "The member's account, if there is one."
    )
    joined_on: date | None = column(rows.InstitutionMember.joined_on, "Day the seat was taken.")
    left_on: date | None = column(
        rows.InstitutionMember.left_on, "Day it was left; null: still seated."
    )
    version: int = column(rows.InstitutionMember.version, "Version for `expectedVersion`.")


@reads(rows.Regulation, "reg", description="A legal text of the city.")
class Regulation(Node):
    """A legal text of the city: what adopts the masterplan, or decrees a body."""

    id: strawberry.ID = key()
    city: LazyCity = one("City", rows.Regulation.tenant_id, "City that made it.")
    kind: rows.RegulationKind = column(rows.Regulation.kind, "Sort of legal text.")
    number: str = column(rows.Regulation.number, "Number that it bears.")
    year: int = column(rows.Regulation.year, "Year that it bears.")
    title: str = column(rows.Regulation.title, "What it is about (tentang).")
    signed_on: date = column(rows.Regulation.signed_on, "Day it was signed.")
    subject: rows.RegulationSubject = column(rows.Regulation.subject, "What it settles.")
    source_url: str | None = column(rows.Regulation.source_url, "Where it can be read.")
    institution: Institution | None = one(
        "Institution", rows.Regulation.institution_id, "Body that it forms or revises."
    )
    participation: LazyParticipation | None = one(
        "Participation", rows.Regulation.participation_id, "Participation that it belongs to."
    )
    version: int = column(rows.Regulation.version, "Version for `expectedVersion`.")


@reads(rows.Institution, "ins", description="A body of the city: council, team or forum.")
class Institution(Node):
    """A body of the city: council, team or forum."""

    id: strawberry.ID = key()
    city: LazyCity = one("City", rows.Institution.tenant_id, "City that formed it.")
    kind: rows.InstitutionKind = column(rows.Institution.kind, "What it is for.")
    name: str = column(rows.Institution.name, "What it is called.")
    valid_from: date | None = column(
        rows.Institution.valid_from, "Day of the decree that formed it; null: not decreed yet."
    )
    valid_to: date | None = column(
        rows.Institution.valid_to, "Day it was dissolved; null: it stands."
    )
    version: int = column(rows.Institution.version, "Version for `expectedVersion`.")
    members: list[InstitutionMember] = listed(
        "InstitutionMember",
        rows_of(rows.InstitutionMember, "institution_id", "id"),
        "Everybody who has or had a seat, in the order of entry.",
    )
    decrees: list[Regulation] = listed(
        "Regulation",
        rows_of(rows.Regulation, "institution_id", "signed_on", "id"),
        "Decrees that formed and revised it, oldest first.",
    )
