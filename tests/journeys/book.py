"""The masterplan's book: asked for, rendered by the worker, fetched by a signed link."""

from __future__ import annotations

import hashlib
import time
from uuid import uuid4

import pypdfium2

from tests.journeys.people import Answer, Person
from tests.journeys.year import Year, plan

PATIENCE_SECONDS = 90
LEAST_PAGES = 20


def rendering(year: Year) -> None:
    """Bappeda asks twice, once by a double click and once in earnest: both books are the same."""
    bappeda = year["bappeda"]
    key, asked = str(uuid4()), {"version_id": year.version["id"]}
    first = bappeda.does("documentRequest", **asked, idempotency_key=key)
    double = bappeda.does("documentRequest", **asked, idempotency_key=key)
    assert first["id"] == double["id"], "one idempotency key asked for two books"
    bappeda.is_refused("DOCUMENT_NOT_READY", "documentLink", id=first["id"])
    second = bappeda.makes("documentRequest", **asked)
    year.book, other = finished(bappeda, first), finished(bappeda, second)
    assert first["id"] != other["id"]
    assert year.book["hash"] == other["hash"], "the same content made two different books"
    readers = [bappeda.email, year["admin"].email]
    for _ in (first, second):
        year.post.expects("book", readers, name=plan().title, version=1)
    year.pages = pages_of(download(bappeda, year.book["id"]), year.book)


def finished(person: Person, book: Answer) -> Answer:
    """Wait until the job has made the book, and return it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        found: Answer = person.reads("book", id=book["id"])["node"]
        if found["state"] != "WAITING":
            assert found["state"] == "READY", f"the book failed: {found}"
            assert found["warnings"] == [], f"the book has warnings: {found['warnings']}"
            return found
        assert time.monotonic() < deadline, f"no book after {PATIENCE_SECONDS} s: {found}"
        time.sleep(0.2)


def link(person: Person, book_id: str) -> str:
    """Return a signed link to a book."""
    return person.learns("url", "documentLink", id=book_id)


def download(person: Person, book_id: str) -> bytes:
    """Fetch a book by a signed link."""
    answer = person.get(link(person, book_id))
    assert answer.status_code == 200, f"the link does not work: {answer.status_code}"
    assert "Buku-2" in answer.headers["content-disposition"]
    return answer.content


def pages_of(content: bytes, book: Answer) -> int:
    """Check that the file is the book that was announced, and return its number of pages."""
    assert content.startswith(b"%PDF"), content[:16]
    assert hashlib.sha256(content).hexdigest() == book["hash"], "other bytes than announced"
    assert len(content) == book["sizeBytes"]
    pdf = pypdfium2.PdfDocument(content)
    pages = len(pdf)
    pdf.close()
    assert LEAST_PAGES < pages == book["pages"], f"{pages} pages"
    return pages
