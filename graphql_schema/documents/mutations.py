"""Asking for books, fetching them, and stopping background work."""

from __future__ import annotations

from uuid import UUID

import strawberry
from sqlalchemy.orm import Session

from graphql_schema.context import Info
from graphql_schema.documents.types import Document, Job
from graphql_schema.mutating import Creation, Payload, changed, mutation, perform
from kotacerdas.identity.policy import Permission
from kotacerdas.language import Language
from tenants import cancelling
from tenants.documents import actions
from tenants.documents.queries import MASTERPLAN


@strawberry.type
class DocumentPayload(Payload):
    """A document, or errors."""

    prefix = "doc"
    document: Document | None = changed()


@strawberry.type
class DocumentLinkPayload(Payload):
    """A signed link to a finished file, or errors."""

    prefix = "doc"
    document: Document | None = changed()
    url: str | None = strawberry.field(
        default=None, description="Address of the file; rights are checked again when it is used."
    )


@strawberry.type
class JobPayload(Payload):
    """A job, or errors."""

    prefix = "job"
    job: Job | None = changed()


@strawberry.input(description="Books of a frozen version.")
class DocumentRequestInput(Creation):
    """Books of a frozen version."""

    version_id: strawberry.ID = strawberry.field(description="The frozen version.")
    books: list[int] = strawberry.field(
        default_factory=lambda: [MASTERPLAN],
        description="Numbers of the books to make as one file; by default 2, the masterplan.",
    )
    language: Language = strawberry.field(
        default=Language.ID, description="Language of its headings."
    )


@strawberry.input(description="The document to fetch.")
class DocumentLinkInput:
    """The document to fetch."""

    id: strawberry.ID = strawberry.field(description="The document.")


@strawberry.input(description="The job to stop.")
class JobCancelInput:
    """The job to stop."""

    id: strawberry.ID = strawberry.field(description="The job.")


@strawberry.type
class DocumentMutations:
    """Asking for books, fetching them, and stopping background work."""

    @mutation(
        "Ask for books of a frozen version as one PDF; a job makes it.",
        requires=Permission.DOCUMENT_REQUEST,
    )
    async def document_request(self, info: Info, input: DocumentRequestInput) -> DocumentPayload:
        """Ask for a book."""
        return await perform(
            info,
            DocumentPayload,
            input.version_id,
            "ver",
            lambda s, key: actions.request(
                s,
                key,
                books=input.books,
                language=input.language.value,
                idempotency_key=input.idempotency_key,
            ),
            named="versionId",
        )

    @mutation(
        "Sign a link to a finished file; it lives for some minutes.", requires=Permission.CITY_READ
    )
    async def document_link(self, info: Info, input: DocumentLinkInput) -> DocumentLinkPayload:
        """Sign a link."""
        links: list[str] = []

        def sign(session: Session, key: UUID) -> UUID:
            links.append(actions.link(session, key, info.context.settings))
            return key

        payload = await perform(info, DocumentLinkPayload, input.id, "doc", sign)
        payload.url = next(iter(links), None)
        return payload

    @mutation(
        "Cancel a waiting job, or ask a running one to stop; an export is stopped by who asked.",
        requires=cancelling.PERMISSIONS,
    )
    async def job_cancel(self, info: Info, input: JobCancelInput) -> JobPayload:
        """Cancel a job."""
        return await perform(info, JobPayload, input.id, "job", cancelling.cancel)
