"""Writing a section's text, and what is answered where somebody else was faster."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from uuid import UUID

import orjson
import strawberry
from sqlalchemy.orm import Session
from strawberry.scalars import JSON

from graphql_schema.books.comparison import BlockDiff
from graphql_schema.books.inputs import SectionUpdateInput
from graphql_schema.books.types import Section
from graphql_schema.context import Info
from graphql_schema.ids import Key, decode
from graphql_schema.inputs import given
from graphql_schema.mutating import Payload, changed, run_rule
from graphql_schema.problems import user_errors
from kotacerdas.errors import DomainError, DomainErrors, StaleVersion
from kotacerdas.identity.models import Person
from tenants.masterplan.books import editing
from tenants.masterplan.books.editing import Conflict
from tenants.masterplan.richtext.comparison import compare


@strawberry.type(description="A section's title and text.")
class SectionText:
    """A section's title and text."""

    title: str = strawberry.field(description="What stands above the text.")
    body: JSON = strawberry.field(description="The text.")

    @classmethod
    def of(cls, text: editing.Text) -> SectionText:
        """Show a text of the domain's."""
        return cls(title=text.title, body=cast(JSON, orjson.dumps(text.body).decode()))


@strawberry.type(description="Somebody else was faster: all three texts, to be merged.")
class SectionConflict:
    """Somebody else was faster: all three texts, to be merged."""

    base: SectionText = strawberry.field(description="What stood there when the caller read it.")
    theirs: SectionText = strawberry.field(description="What stands there now.")
    yours: SectionText = strawberry.field(
        description="What the caller sent; it is kept in `Section.myDrafts`."
    )
    edited_by: str | None = strawberry.field(description="Name of who wrote what stands there.")
    edited_at: datetime | None = strawberry.field(description="When that was.")
    their_changes: list[BlockDiff] = strawberry.field(description="From `base` to `theirs`.")
    your_changes: list[BlockDiff] = strawberry.field(description="From `base` to `yours`.")

    @classmethod
    def of(cls, session: Session, conflict: Conflict) -> SectionConflict:
        """Show a conflict of the domain's."""
        section = conflict.section
        author = session.get(Person, section.edited_by) if section.edited_by else None
        base = conflict.base.body
        return cls(
            base=SectionText.of(conflict.base),
            theirs=SectionText.of(conflict.theirs),
            yours=SectionText.of(conflict.yours),
            edited_by=author.name if author else None,
            edited_at=section.edited_at,
            their_changes=[BlockDiff.of(each) for each in compare(base, conflict.theirs.body)],
            your_changes=[BlockDiff.of(each) for each in compare(base, conflict.yours.body)],
        )


@strawberry.type
class SectionTextPayload(Payload):
    """A section with its new text, or errors; on a conflict the texts to merge as well."""

    prefix = "sec"
    section: Section | None = changed()
    conflict: SectionConflict | None = strawberry.field(
        default=None, description="Where somebody else was faster: both texts and their base."
    )


async def write(info: Info, input: SectionUpdateInput) -> SectionTextPayload:
    """Store a text, or answer the conflict; the caller's text is then a draft of theirs."""
    target: Key | None = None
    parts = given(title=input.title, body=input.body)

    def rule(session: Session, key: UUID) -> tuple[int, SectionConflict | None]:
        version = input.expected_version
        result = editing.update(session, key, expected_version=version, **parts)
        if isinstance(result, Conflict):
            return result.section.version, SectionConflict.of(session, result)
        return result.version, None

    try:
        target = decode(input.id, "sec")
        version, conflict = await run_rule(info, target, rule, "id")
    except (DomainError, DomainErrors) as refusal:
        return SectionTextPayload(errors=user_errors(refusal, info.context.language, target))
    if conflict is None:
        return SectionTextPayload(key=target)
    stale = user_errors(StaleVersion(current_version=version), info.context.language, target)
    return SectionTextPayload(errors=stale, conflict=conflict)
