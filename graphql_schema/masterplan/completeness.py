"""What a masterplan lacks, as the API shows it."""

from __future__ import annotations

from uuid import UUID

import strawberry
from sqlalchemy.orm import Session

from graphql_schema.ids import Key
from graphql_schema.problems import ErrorCode
from kotacerdas.identity.policy import Role
from kotacerdas.scope import scope_of, tenant_of
from tenants.masterplan.completeness import item, rule


@strawberry.type(description="Who is to supply something: a unit, or everybody with a role.")
class ItemOwner:
    """Who is to supply something: a unit, or everybody with a role."""

    role: Role = strawberry.field(description="Role of the people whose task it is.")
    unit_id: strawberry.ID | None = strawberry.field(description="Id of their unit, if one.")
    unit: str | None = strawberry.field(description="Name of their unit, if one.")


@strawberry.type(description="Something that a masterplan lacks.")
class MissingItem:
    """Something that a masterplan lacks."""

    code: ErrorCode = strawberry.field(description="Stable code.")  # type: ignore[valid-type]  # made from data
    message: str = strawberry.field(description="What is missing and what to do next.")
    path: list[str] = strawberry.field(description="Field that lacks it, outermost first.")
    blocks: bool = strawberry.field(description="Whether the plan cannot be frozen without it.")
    owner: ItemOwner = strawberry.field(description="Who is to supply it.")
    book: int | None = strawberry.field(description="Number of the book, if in one.")
    chapter: str | None = strawberry.field(description="Code of the chapter, if in one.")
    section_id: strawberry.ID | None = strawberry.field(description="The section, if in one.")
    programme_id: strawberry.ID | None = strawberry.field(description="The programme, if one.")


@strawberry.type(description="Whether a masterplan can be frozen, and what it lacks.")
class Completeness:
    """Whether a masterplan can be frozen, and what it lacks."""

    is_complete: bool = strawberry.field(description="Whether nothing keeps it from being frozen.")
    blocking: int = strawberry.field(description="How many items keep it from being frozen.")
    items: list[MissingItem] = strawberry.field(description="All items, in the plan's order.")


def completeness_of(session: Session, masterplan_id: UUID) -> Completeness:
    """Return what the plan lacks, in the reader's language."""
    found = rule.missing(session, masterplan_id)
    blocking = sum(each.blocks for each in found)
    items = [_item(each, tenant_of(session), scope_of(session).language) for each in found]
    return Completeness(is_complete=not blocking, blocking=blocking, items=items)


def _item(missing: item.Missing, tenant_id: int, language: str) -> MissingItem:
    place, owner = missing.place, missing.owner
    return MissingItem(
        code=ErrorCode(missing.error.code),
        message=missing.error.text(language),
        path=list(missing.error.path),
        blocks=missing.blocks,
        owner=ItemOwner(
            role=owner.role, unit_id=_id("unt", tenant_id, owner.unit_id), unit=owner.unit
        ),
        book=place.book,
        chapter=place.chapter,
        section_id=_id("sec", tenant_id, place.section_id),
        programme_id=_id("prg", tenant_id, place.programme_id),
    )


def _id(prefix: str, tenant_id: int, row_id: UUID | None) -> strawberry.ID | None:
    return None if row_id is None else strawberry.ID(str(Key(prefix, tenant_id, row_id)))
