"""Inputs of bodies, members and regulations."""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from graphql_schema.bulk.inputs import BulkCreation
from graphql_schema.inputs import given, replaced, uuid_of
from graphql_schema.mutating import Change, Creation
from tenants.institutions.members import Seat
from tenants.institutions.models import (
    Element,
    InstitutionKind,
    MemberPart,
    RegulationKind,
    RegulationSubject,
)


@strawberry.input(description="A new body of the city.")
class InstitutionFormInput(Creation):
    """A new body of the city."""

    city_id: strawberry.ID = strawberry.field(description="The city.")
    kind: InstitutionKind = strawberry.field(description="What it is for; one stands of each.")
    name: str = strawberry.field(description="What it is called.")


@strawberry.input(description="A body's new name.")
class InstitutionRenameInput(Change):
    """A body's new name."""

    name: str = strawberry.field(description="What it is called now.")


@strawberry.input(description="The end of a body.")
class InstitutionDissolveInput(Change):
    """The end of a body."""

    on: date = strawberry.field(description="Day it was dissolved.")


@strawberry.input(description="Somebody who takes a seat.")
class InstitutionSeatInput:
    """Somebody who takes a seat."""

    name: str = strawberry.field(description="Name with academic titles.")
    position: str = strawberry.field(description="Office that the member holds.")
    part: MemberPart = strawberry.field(description="What the member is in the body.")
    element: Element = strawberry.field(description="Part of society that the member stands for.")
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="Department that the member is of."
    )
    person_id: strawberry.ID | None = strawberry.field(
        default=None, description="The member's account in this city."
    )
    joined_on: date | None = strawberry.field(default=None, description="Day the seat was taken.")

    def seat(self) -> Any:
        """Return the seat as the rule takes it; raises NotFound for an id of another type."""
        return _seat(given(**vars(self)))


@strawberry.input(description="A seat of a body.")
class InstitutionMemberAddInput(InstitutionSeatInput, Creation):
    """A seat of a body."""

    institution_id: strawberry.ID = strawberry.field(description="The body.")


@strawberry.input(description="Seats of a body.")
class InstitutionMembersAddInput(BulkCreation):
    """Seats of a body."""

    institution_id: strawberry.ID = strawberry.field(description="The body.")
    items: list[InstitutionSeatInput] = strawberry.field(description="One each, 1 to 100.")


@strawberry.input(description="Changes of a seat; absent fields stay.")
class InstitutionMemberUpdateInput(Change):
    """Changes of a seat; absent fields stay."""

    name: strawberry.Maybe[str] = strawberry.field(default=None, description="New name.")
    position: strawberry.Maybe[str] = strawberry.field(default=None, description="New office.")
    part: strawberry.Maybe[MemberPart] = strawberry.field(default=None, description="New part.")
    element: strawberry.Maybe[Element] = strawberry.field(
        default=None, description="New element of society."
    )
    unit_id: strawberry.Maybe[strawberry.ID | None] = strawberry.field(
        default=None, description="New department; null for none."
    )
    person_id: strawberry.Maybe[strawberry.ID | None] = strawberry.field(
        default=None, description="New account; null for none."
    )

    def seat(self) -> Any:
        """Return the changes as the rule takes them; raises NotFound for an id of another type."""
        return _seat(given(**vars(self)))


@strawberry.input(description="The end of a seat.")
class InstitutionMemberEndInput(Change):
    """The end of a seat."""

    on: date = strawberry.field(description="Day the member left.")


@strawberry.input(description="A legal text of the city.")
class RegulationRecordInput(Creation):
    """A legal text of the city."""

    city_id: strawberry.ID = strawberry.field(description="The city.")
    kind: RegulationKind = strawberry.field(
        description="Sort of legal text; a mayor writes a Perwali, a regent a Perbup."
    )
    number: str = strawberry.field(description="Number that it bears.")
    year: int = strawberry.field(description="Year that it bears, which is that of its day.")
    title: str = strawberry.field(description="What it is about (tentang).")
    signed_on: date = strawberry.field(description="Day it was signed.")
    subject: RegulationSubject = strawberry.field(
        default=RegulationSubject.OTHER, description="What it settles."
    )
    institution_id: strawberry.ID | None = strawberry.field(
        default=None, description="Body that it forms or revises; needed for INSTITUTION."
    )
    participation_id: strawberry.ID | None = strawberry.field(
        default=None, description="Participation that it belongs to; needed for MASTERPLAN."
    )
    source_url: str | None = strawberry.field(default=None, description="Where it can be read.")

    def values(self) -> Any:
        """Return what the rule takes; raises NotFound for an id of another type."""
        fields = given(**vars(self))
        del fields["city_id"]
        replaced(fields, "institution_id", lambda text: uuid_of(text, "ins", "institutionId"))
        replaced(fields, "participation_id", lambda text: uuid_of(text, "par", "participationId"))
        return fields


@strawberry.input(description="Corrections of a legal text's record; absent fields stay.")
class RegulationUpdateInput(Change):
    """Corrections of a legal text's record; absent fields stay."""

    number: strawberry.Maybe[str] = strawberry.field(default=None, description="New number.")
    title: strawberry.Maybe[str] = strawberry.field(default=None, description="New title.")
    signed_on: strawberry.Maybe[date] = strawberry.field(
        default=None, description="New day of signing."
    )
    source_url: strawberry.Maybe[str] = strawberry.field(
        default=None, description="New address; empty for none."
    )


def _seat(given: dict[str, Any]) -> dict[str, Any]:
    fields = {name: value for name, value in given.items() if name in Seat.__annotations__}
    replaced(fields, "unit_id", lambda text: uuid_of(text, "unt", "unitId"))
    replaced(fields, "person_id", lambda text: uuid_of(text, "per", "personId"))
    return fields
