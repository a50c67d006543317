"""Inputs of the mutations of sections and chapters."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry.scalars import JSON

from graphql_schema.inputs import uuid_of
from graphql_schema.mutating import Change, Creation
from kotacerdas.identity.policy import Role
from tenants.masterplan.books.owners import Owner


def _maybe(description: str) -> Any:
    return strawberry.field(default=None, description=description)


@strawberry.input(description="A new text of a section; absent parts stay.")
class SectionUpdateInput(Change):
    """A new text of a section; absent parts stay."""

    title: strawberry.Maybe[str] = _maybe("Title, at most 200 characters.")
    body: strawberry.Maybe[JSON] = _maybe(
        "The whole text, `{blocks: [...]}`; blocks keep the ids that they are sent with."
    )


@strawberry.input(description="What the person who sends it has written so far.")
class SectionDraftSaveInput:
    """What the person who sends it has written so far."""

    section_id: strawberry.ID = strawberry.field(description="The section.")
    base_version: int = strawberry.field(description="Its version that the text is written on.")
    title: str = strawberry.field(description="The title in it.")
    body: JSON = strawberry.field(description="The whole text.")


@strawberry.input(description="A copy of one's own that is no longer needed.")
class SectionDraftDiscardInput:
    """A copy of one's own that is no longer needed."""

    draft_id: strawberry.ID = strawberry.field(description="Id of the copy.")


@strawberry.input(description="A section that somebody opens or closes.")
class SectionClaimInput:
    """A section that somebody opens or closes."""

    section_id: strawberry.ID = strawberry.field(description="Id of it.")


@strawberry.input(description="A step of a section.")
class SectionStepInput(Change):
    """A step of a section."""


@strawberry.input(description="A section that is to be improved.")
class SectionReopenInput(Change):
    """A section that is to be improved."""

    note: str = strawberry.field(description="Why; its owner reads it.")


@strawberry.input(description="To whom a chapter or section is given: to a unit or to a role.")
class OwnerInput(Change):
    """To whom a chapter or section is given; neither unit nor role takes it back."""

    owner_unit_id: strawberry.ID | None = strawberry.field(default=None, description="A unit.")
    owner_role: Role | None = strawberry.field(default=None, description="BAPPEDA or CITY_ADMIN.")

    def owner(self) -> Owner | None:
        """The owner in the rule's form; None for none."""
        if self.owner_unit_id is None and self.owner_role is None:
            return None
        if not self.owner_unit_id:
            return Owner(self.owner_role)
        return Owner(self.owner_role, uuid_of(self.owner_unit_id, "unt", "ownerUnitId"))


@strawberry.input(description="To whom a section is given; none gives it to its chapter's owner.")
class SectionAssignInput(OwnerInput):
    """To whom a section is given; none gives it to its chapter's owner."""


@strawberry.input(description="To whom a chapter is given; none gives it to Bappeda.")
class ChapterAssignInput(OwnerInput):
    """To whom a chapter is given; none gives it to Bappeda."""


@strawberry.input(description="A new, empty section at the end of a chapter.")
class SectionAddInput(Creation):
    """A new, empty section at the end of a chapter."""

    chapter_id: strawberry.ID = strawberry.field(description="The chapter.")
    title: str = strawberry.field(description="At most 200 characters.")


@strawberry.input(description="The order of a chapter's sections.")
class SectionsOrderInput:
    """The order of a chapter's sections."""

    chapter_id: strawberry.ID = strawberry.field(description="The chapter.")
    section_ids: list[strawberry.ID] = strawberry.field(
        description="All its sections, each once, in the order wanted."
    )

    def ids(self) -> list[Any]:
        """The sections' UUIDs."""
        return [uuid_of(each, "sec", "sectionIds") for each in self.section_ids]


@strawberry.input(description="Books for a plan that has none yet.")
class BooksBeginInput(Change):
    """Books for a plan that has none yet."""
