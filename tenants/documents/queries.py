"""Documents as readers reach them: their names, their content, their stored files."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas import file_names
from kotacerdas.errors import NotFound, WrongState
from kotacerdas.files import StoredFile
from kotacerdas.identity import policy
from kotacerdas.identity.policy import Permission
from kotacerdas.scope import tenant_of
from tenants.documents.models import Document, DocumentState
from tenants.documents.texts import in_state
from tenants.masterplan.comparing import Content
from tenants.masterplan.content import BookContent, from_json
from tenants.masterplan.models import MasterplanVersion

BOOKS = {"id": "Buku", "en": "Book"}
MASTERPLAN = 2
"""The book that is meant where none is named: the masterplan itself."""

VERSIONS = {"id": "versi", "en": "version"}
PREFIX = "doc"
"""What names of documents begin with among all files."""


class DocumentNotReady(WrongState):
    """There is no file to read yet, or there never will be."""

    code = "DOCUMENT_NOT_READY"
    id = (
        "Dokumen ini belum dapat diunduh ({state_id}). Tunggu sampai siap; bila gagal, minta"
        " dokumen sekali lagi."
    )
    en = (
        "This document cannot be downloaded ({state_en}). Wait until it is ready; if it has failed,"
        " ask for it again."
    )


def segment(document: Document) -> str:
    """Return the path segment that names a document in `/files/...`."""
    return file_names.segment(PREFIX, document.tenant_id, document.id)


def stored_file(session: Session, document_id: UUID) -> StoredFile:
    """Return hash and file name of a finished document; raises NotFound or DocumentNotReady."""
    policy.require(session, Permission.CITY_READ)
    document = session.get(Document, (tenant_of(session), document_id))
    if document is None:
        raise NotFound
    return StoredFile(require_ready(document), filename(session, document))


def require_ready(document: Document) -> str:
    """Return the hash of a finished document's file, else raise DocumentNotReady."""
    if document.state is not DocumentState.READY or document.hash is None:
        raise in_state(DocumentNotReady, document)
    return document.hash


def book_of(session: Session, document: Document) -> BookContent:
    """Return the frozen content that the document shows, with labels in its language."""
    version = _version(session, document)
    return replace(from_json(version.content), language=document.language)


def title_of(session: Session, document: Document) -> str:
    """Return the document's name for people: `Buku 2: Masterplan ... (versi 1)`."""
    version, language = _version(session, document), document.language
    title = version.content["title"]
    return f"{_books(document, ', ')}: {title} ({VERSIONS[language]} {version.number})"


def filename(session: Session, document: Document) -> str:
    """Return a plain file name: `Buku-2-Masterplan-Kota-Bukittinggi-v1.pdf`."""
    version = _version(session, document)
    city = version.content["city"]["name"]
    words = f"{_books(document, ' ')} Masterplan {city} v{version.number}"
    return file_names.plain_name(words, ".pdf")


def books_in(content: Content) -> list[int]:
    """Return the numbers of the books that a frozen version holds, in order.

    One from before plans had sections holds the masterplan alone.
    """
    return [book["number"] for book in content.get("books", ())] or [MASTERPLAN]


def _books(document: Document, separator: str) -> str:
    return f"{BOOKS[document.language]} {separator.join(map(str, document.books))}"


def _version(session: Session, document: Document) -> MasterplanVersion:
    key = (document.tenant_id, document.masterplan_version_id)
    return session.get_one(MasterplanVersion, key)
