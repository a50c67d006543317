"""Asking for a workbook, and bringing one in: preview, then consent."""

from __future__ import annotations

import strawberry

from graphql_schema.context import Info
from graphql_schema.exports.mutations import ExportPayload
from graphql_schema.inputs import uuid_of
from graphql_schema.mutating import Creation, Payload, changed, mutation, perform
from graphql_schema.workbooks.types import WorkbookImport
from kotacerdas.identity.policy import Permission
from kotacerdas.language import Language
from kotacerdas.uploads.actions import WRITERS
from tenants.workbooks import bringing, requesting
from tenants.workbooks.sheet import WorkbookKind


@strawberry.type
class WorkbookImportPayload(Payload):
    """A workbook that is brought in, or errors."""

    prefix = "wbk"
    workbook: WorkbookImport | None = changed()


@strawberry.input(description="A workbook with what stands and with empty rows to fill in.")
class WorkbookRequestInput(Creation):
    """A workbook with what stands and with empty rows to fill in."""

    participation_id: strawberry.ID = strawberry.field(description="Whose rows.")
    kind: WorkbookKind = strawberry.field(description="What the rows are.")
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="Rows of this unit alone; none for all units'."
    )
    language: Language = strawberry.field(
        default=Language.ID, description="Language of words in cells; headings are in both."
    )


@strawberry.input(description="A workbook whose file has been sent.")
class WorkbookPreviewInput(Creation):
    """A workbook whose file has been sent."""

    upload_id: strawberry.ID = strawberry.field(description="Upload that has its file.")


@strawberry.input(description="Consent to what a preview tells.")
class WorkbookApplyInput:
    """Consent to what a preview tells."""

    id: strawberry.ID = strawberry.field(description="The workbook that is brought in.")
    expected_hash: str = strawberry.field(
        description="`previewHash` of the preview that was looked at; another one is refused."
    )


@strawberry.type
class WorkbookMutations:
    """Workbooks out and in."""

    @mutation(
        "Ask for a workbook to fill in offline; it is fetched as an export is.",
        requires=Permission.CITY_READ,
    )
    async def workbook_request(self, info: Info, input: WorkbookRequestInput) -> ExportPayload:
        """Ask for a workbook."""
        return await perform(
            info,
            ExportPayload,
            input.participation_id,
            "par",
            lambda s, key: requesting.request(
                s,
                info.context.settings,
                kind=input.kind,
                participation_id=key,
                unit_id=None if input.unit_id is None else uuid_of(input.unit_id, "unt", "unitId"),
                language=input.language,
                idempotency_key=input.idempotency_key,
            ),
            named="participationId",
        )

    @mutation(
        "Let a job read an uploaded workbook and show what it would change; nothing is saved.",
        requires=WRITERS,
    )
    async def workbook_preview(
        self, info: Info, input: WorkbookPreviewInput
    ) -> WorkbookImportPayload:
        """Preview a workbook."""
        return await perform(
            info,
            WorkbookImportPayload,
            input.upload_id,
            "upl",
            lambda s, key: bringing.request(s, key, idempotency_key=input.idempotency_key),
            named="uploadId",
        )

    @mutation(
        "Let a job save what the preview tells: all of it, or nothing.",
        requires=WRITERS,
    )
    async def workbook_apply(self, info: Info, input: WorkbookApplyInput) -> WorkbookImportPayload:
        """Save a workbook."""
        return await perform(
            info,
            WorkbookImportPayload,
            input.id,
            "wbk",
            lambda s, key: bringing.agree(s, key, expected_hash=input.expected_hash),
        )
