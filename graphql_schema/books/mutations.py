"""Steps of books, chapters and sections."""

from __future__ import annotations

import strawberry

from graphql_schema.books import inputs
from graphql_schema.books.types import Chapter, Section
from graphql_schema.books.writing import SectionTextPayload, write
from graphql_schema.context import Info
from graphql_schema.masterplan.mutations import MasterplanPayload
from graphql_schema.mutating import Payload, changed, mutation, perform, step
from kotacerdas.identity.policy import Permission
from tenants.masterplan.books import arranging, assigning, beginning, claims, drafts, stages


@strawberry.type
class SectionPayload(Payload):
    """A changed section, or errors."""

    prefix = "sec"
    section: Section | None = changed()


@strawberry.type
class ChapterPayload(Payload):
    """A changed chapter, or errors."""

    prefix = "chp"
    chapter: Chapter | None = changed()


@strawberry.type
class BookMutations:
    """Steps of books, chapters and sections."""

    @mutation(
        "Make the books of a plan that was begun before plans had books.",
        requires=Permission.MASTERPLAN_WRITE,
    )
    async def books_begin(self, info: Info, input: inputs.BooksBeginInput) -> MasterplanPayload:
        """Make the books of a plan."""
        return await step(info, MasterplanPayload, input, beginning.begin_books)

    @mutation(
        "Store a section's text as its next revision; where somebody else was faster, the answer"
        " holds both texts and yours is kept as a draft.",
        requires=Permission.SECTION_WRITE,
    )
    async def section_update(
        self, info: Info, input: inputs.SectionUpdateInput
    ) -> SectionTextPayload:
        """Write a section."""
        return await write(info, input)

    @mutation(
        "Keep what you have written so far; nobody else sees it.",
        requires=Permission.SECTION_WRITE,
    )
    async def section_draft_save(
        self, info: Info, input: inputs.SectionDraftSaveInput
    ) -> SectionPayload:
        """Keep a draft."""
        return await perform(
            info,
            SectionPayload,
            input.section_id,
            "sec",
            lambda s, key: drafts.save(
                s, key, base_version=input.base_version, title=input.title, body=input.body
            ),
            named="sectionId",
        )

    @mutation("Throw a draft of your own away.", requires=Permission.SECTION_WRITE)
    async def section_draft_discard(
        self, info: Info, input: inputs.SectionDraftDiscardInput
    ) -> SectionPayload:
        """Throw a draft away."""
        return await perform(
            info, SectionPayload, input.draft_id, "sdr", drafts.discard, named="draftId"
        )

    @mutation(
        "Tell others that you are writing here; repeat it while the section is open.",
        requires=Permission.SECTION_WRITE,
    )
    async def section_claim(self, info: Info, input: inputs.SectionClaimInput) -> SectionPayload:
        """Tell others that one is writing."""
        return await perform(
            info, SectionPayload, input.section_id, "sec", claims.claim, named="sectionId"
        )

    @mutation("Tell others that you have stopped writing.", requires=Permission.SECTION_WRITE)
    async def section_release(self, info: Info, input: inputs.SectionClaimInput) -> SectionPayload:
        """Tell others that one has stopped."""
        return await perform(
            info, SectionPayload, input.section_id, "sec", claims.release, named="sectionId"
        )

    @mutation(
        "Hand a section in: its text is ready to be checked.", requires=Permission.SECTION_WRITE
    )
    async def section_hand_in(self, info: Info, input: inputs.SectionStepInput) -> SectionPayload:
        """Hand a section in."""
        return await step(info, SectionPayload, input, stages.hand_in)

    @mutation("Agree with a section that was handed in.", requires=Permission.MASTERPLAN_WRITE)
    async def section_approve(self, info: Info, input: inputs.SectionStepInput) -> SectionPayload:
        """Approve a section."""
        return await step(info, SectionPayload, input, stages.approve)

    @mutation(
        "Make a section a draft again and tell its owner why.",
        requires=Permission.MASTERPLAN_WRITE,
    )
    async def section_reopen(self, info: Info, input: inputs.SectionReopenInput) -> SectionPayload:
        """Reopen a section."""
        return await step(info, SectionPayload, input, stages.reopen, note=input.note)

    @mutation(
        "Give a section to a unit or a role, or back to its chapter's owner.",
        requires=Permission.MASTERPLAN_WRITE,
    )
    async def section_assign(self, info: Info, input: inputs.SectionAssignInput) -> SectionPayload:
        """Assign a section."""
        return await perform(
            info,
            SectionPayload,
            input.id,
            "sec",
            lambda s, key: assigning.assign_section(
                s, key, expected_version=input.expected_version, owner=input.owner()
            ),
        )

    @mutation(
        "Give a chapter to a unit or a role, or back to Bappeda.",
        requires=Permission.MASTERPLAN_WRITE,
    )
    async def chapter_assign(self, info: Info, input: inputs.ChapterAssignInput) -> ChapterPayload:
        """Assign a chapter."""
        return await perform(
            info,
            ChapterPayload,
            input.id,
            "chp",
            lambda s, key: assigning.assign_chapter(
                s, key, expected_version=input.expected_version, owner=input.owner()
            ),
        )

    @mutation("Add an empty section to a chapter.", requires=Permission.MASTERPLAN_WRITE)
    async def section_add(self, info: Info, input: inputs.SectionAddInput) -> SectionPayload:
        """Add a section."""
        return await perform(
            info,
            SectionPayload,
            input.chapter_id,
            "chp",
            lambda s, key: arranging.add_section(
                s, key, title=input.title, idempotency_key=input.idempotency_key
            ),
            named="chapterId",
        )

    @mutation("Remove a section that nobody has written.", requires=Permission.MASTERPLAN_WRITE)
    async def section_remove(self, info: Info, input: inputs.SectionStepInput) -> ChapterPayload:
        """Remove a section."""
        return await perform(
            info,
            ChapterPayload,
            input.id,
            "sec",
            lambda s, key: arranging.remove_section(
                s, key, expected_version=input.expected_version
            ),
        )

    @mutation("Put a chapter's sections in another order.", requires=Permission.MASTERPLAN_WRITE)
    async def sections_order(self, info: Info, input: inputs.SectionsOrderInput) -> ChapterPayload:
        """Order sections."""
        return await perform(
            info,
            ChapterPayload,
            input.chapter_id,
            "chp",
            lambda s, key: arranging.order_sections(s, key, section_ids=input.ids()),
            named="chapterId",
        )
