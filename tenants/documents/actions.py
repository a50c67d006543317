"""Asking for books, and noting what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, Invalid, NotFound, Unauthenticated, WrongState
from kotacerdas.files import file_url
from kotacerdas.idempotency import once
from kotacerdas.identity import policy
from kotacerdas.identity.policy import Permission, Role
from kotacerdas.identity.queries import members_with, still_members
from kotacerdas.jobs import Kind, Queue, enqueue
from kotacerdas.language import Language
from kotacerdas.rows import locked
from kotacerdas.scope import scope_of, tenant_of
from kotacerdas.settings import Settings
from tenants.documents.models import Document, DocumentKind, DocumentState
from tenants.documents.queries import MASTERPLAN, books_in, require_ready, segment, title_of
from tenants.documents.texts import in_state
from tenants.masterplan.models import MasterplanVersion
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind

RENDER = Kind("documents.render", Queue.RENDER, Permission.DOCUMENT_REQUEST)
"""The job that renders one document; its subject is the document."""

CANCELLED = {
    "id": "Pembuatan buku dibatalkan. Minta dokumen baru bila buku masih diperlukan.",
    "en": "Rendering was cancelled. Ask for a new document if the book is still needed.",
}
"""Why a document has no file, in its language."""


class DocumentFinished(WrongState):
    """A document that is ready or has failed never changes."""

    code = "DOCUMENT_FINISHED"
    id = "Dokumen ini sudah selesai ({state_id}) dan tidak berubah lagi. Minta dokumen baru."
    en = "This document has ended ({state_en}) and never changes. Ask for a new one."


class BookUnknown(DomainError):
    """The version has no book of this number."""

    code = "BOOK_UNKNOWN"
    id = "Versi ini tidak memuat Buku {given}. Pilih nomor buku yang ada: {choices}."
    en = "This version has no book {given}. Choose from the numbers that it has: {choices}."


def request(
    session: Session,
    version_id: UUID,
    *,
    books: Sequence[int] = (MASTERPLAN,),
    language: str = "id",
    idempotency_key: str | None = None,
) -> Document:
    """Ask for books of a frozen version as one file; it and its job exist together or not at all.

    Raises BookUnknown for a number that the version does not have.
    """
    policy.require(session, Permission.DOCUMENT_REQUEST)
    numbers = sorted(set(books))
    asked: dict[str, Any] = {"do": "document.request", "version": version_id, "language": language}
    if numbers != [MASTERPLAN]:  # a key given before books could be chosen still fits
        asked["books"] = numbers
    document_id = once(
        session, idempotency_key, asked, lambda: _request(session, version_id, numbers, language)
    )
    return session.get_one(Document, (tenant_of(session), document_id))


def link(session: Session, document_id: UUID, settings: Settings) -> str:
    """Return a signed address of the file, good for `settings.link_seconds`.

    The right to read is asked here and again when the address is opened. Raises NotFound or
    DocumentNotReady.
    """
    policy.require(session, Permission.CITY_READ)
    document = session.get(Document, (tenant_of(session), document_id))
    if document is None:
        raise NotFound
    require_ready(document)
    return file_url(settings, segment(document))


def complete(
    session: Session,
    document_id: UUID,
    *,
    sha256: str,
    size_bytes: int,
    pages: int,
    warnings: Sequence[str],
) -> Document:
    """Note the finished file and tell those who wait; for the worker, in its fenced transaction."""
    document = _waiting(session, document_id)
    document.state = DocumentState.READY
    document.hash, document.size_bytes = sha256, size_bytes
    document.pages, document.warnings = pages, list(warnings)
    facts = {"state": document.state, "hash": sha256, "pages": pages}
    audit.record(session, "document.complete", "document", document.id, after=facts)
    _tell(session, document, NotificationKind.BOOK_READY, pages=str(pages))
    return document


def fail(session: Session, document_id: UUID, *, reason: str) -> Document:
    """Note that no file came of it and tell those who wait; for the worker's last attempt.

    `reason` is a sentence for people, in the document's language.
    """
    document = _waiting(session, document_id)
    _end_without_file(session, document, reason)
    job = str(document.job_id or "")
    _tell(session, document, NotificationKind.BOOK_FAILED, reason=reason, job=job)
    return document


def abandon(session: Session, document_id: UUID) -> None:
    """Note that a cancelled job leaves no file; nobody is told, for it was somebody's wish."""
    document = locked(session, Document, document_id)
    if document.state is DocumentState.WAITING:
        _end_without_file(session, document, CANCELLED[document.language])


def _end_without_file(session: Session, document: Document, reason: str) -> None:
    document.state, document.failure = DocumentState.FAILED, reason
    facts = {"state": document.state, "reason": reason}
    audit.record(session, "document.fail", "document", document.id, after=facts)


def _request(session: Session, version_id: UUID, books: list[int], language: str) -> UUID:
    person_id = scope_of(session).person_id
    if person_id is None:
        raise Unauthenticated
    if language not in set(Language):
        raise Invalid("language", "pilih id atau en.", "choose id or en.")
    tenant_id = tenant_of(session)
    version = session.get(MasterplanVersion, (tenant_id, version_id))
    if version is None:
        raise NotFound(path=("versionId",))
    _refuse_unknown(books, books_in(version.content))
    document_id = uuid7()
    facts: dict[str, Any] = {
        "masterplan_version_id": version_id,
        "books": books,
        "language": language,
    }
    session.add(
        Document(
            tenant_id=tenant_id,
            id=document_id,
            kind=DocumentKind.MASTERPLAN,
            job_id=enqueue(session, RENDER, document_id),
            requested_by=person_id,
            **facts,
        )
    )
    audit.record(session, "document.request", "document", document_id, after=facts)
    session.flush()  # the key's row and the caller look it up
    return document_id


def _refuse_unknown(books: list[int], known: list[int]) -> None:
    unknown = ", ".join(str(number) for number in books if number not in known)
    if unknown or not books:
        choices = ", ".join(map(str, known))
        raise BookUnknown(path=("books",), given=unknown or "–", choices=choices)


def _waiting(session: Session, document_id: UUID) -> Document:
    document = locked(session, Document, document_id)
    if document.state is not DocumentState.WAITING:
        raise in_state(DocumentFinished, document)
    return document


def _tell(session: Session, document: Document, kind: NotificationKind, **facts: str) -> None:
    asker = still_members(session, [document.requested_by])
    people = [*asker, *members_with(session, [Role.CITY_ADMIN])]
    data = {"name": title_of(session, document), **facts}
    tell(session, kind, subject_id=document.id, data=data, people=people, key="")
