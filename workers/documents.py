"""Rendering a document: frozen content in, a stored file and a notice out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from kotacerdas.files import FileStore
from kotacerdas.jobs import Lease
from kotacerdas.scope import tenant_of
from kotacerdas.tenancy import Json
from tenants.documents import actions, queries
from tenants.documents.models import Document, DocumentState
from tenants.masterplan.content import BookContent
from workers.rendering.book import render_book
from workers.rendering.errors import (
    FAILURES,
    RenderCancelled,
    RenderCrashed,
    RenderFailed,
)
from workers.runner import Cancelled, Handler, Permanent, Run


class BookUnrenderable(Permanent):
    """The same content would fail again."""

    code = "BOOK_UNRENDERABLE"
    id = "{cause}: {text_id}"
    en = "{cause}: {text_en}"


@dataclass(frozen=True)
class StoredBook:
    """A finished book in the file store, named by its hash."""

    sha256: str
    size_bytes: int
    pages: int
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """The frozen content, and the numbers of the books to make of it."""

    content: BookContent
    books: tuple[int, ...]


def _load(session: Session, lease: Lease) -> Asked | None:
    """Read what to render; nothing if the document has its file or its failure already."""
    document = session.get(Document, (tenant_of(session), lease.subject_id))
    if document is None or document.state is not DocumentState.WAITING:
        return None
    return Asked(queries.book_of(session, document), tuple(document.books))


def _render(asked: Asked, run: Run) -> StoredBook:
    try:
        book = render_book(asked.content, run.step, run.cancelled, numbers=asked.books)
    except RenderCancelled as cancelled:
        raise Cancelled from cancelled
    except RenderCrashed:
        raise
    except RenderFailed as failure:
        raise BookUnrenderable(
            cause=failure.code, text_id=failure.text("id"), text_en=failure.text("en")
        ) from failure
    run.step("store")
    sha256 = FileStore(run.settings).store(book.pdf)
    return StoredBook(sha256, len(book.pdf), book.pages, book.warnings)


def _keep(session: Session, lease: Lease, book: StoredBook) -> Json:
    actions.complete(
        session,
        lease.subject_id,
        sha256=book.sha256,
        size_bytes=book.size_bytes,
        pages=book.pages,
        warnings=book.warnings,
    )
    return {"document": str(lease.subject_id), "pages": book.pages}


def _dead(session: Session, lease: Lease, error: str) -> None:
    """Tell people why in their words: the error's text is the log's, its code names the reason."""
    document = session.get_one(Document, (tenant_of(session), lease.subject_id))
    reason: DomainError = RenderFailed()
    for word in error.split(": "):
        reason = FAILURES[word]() if word in FAILURES else reason
    actions.fail(session, document.id, reason=reason.text(document.language))


def _cancelled(session: Session, lease: Lease) -> None:
    actions.abandon(session, lease.subject_id)


HANDLER = Handler(
    actions.RENDER, load=_load, work=_render, keep=_keep, dead=_dead, cancelled=_cancelled
)
