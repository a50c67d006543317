"""Choosing books: one, several, or those that a version does not have."""

from __future__ import annotations

import pytest

from tenants.documents import actions, queries
from tests.tenants.masterplan.books.shelf import Shelf, make_guide
from tests.tenants.masterplan.planning import codes


@pytest.fixture(scope="module")
def guide(database):
    return make_guide(database)


@pytest.fixture
def shelf(database, city, guide) -> Shelf:
    return Shelf(database, city, guide).ready()


def named(shelf, document) -> tuple[str, str]:
    return shelf.run(lambda s: (queries.title_of(s, document), queries.filename(s, document)))


def test_a_document_holds_the_books_that_were_asked_for_once_and_in_order(shelf):
    document = shelf.run(actions.request, shelf.freeze().id, books=[2, 1, 2])
    assert document.books == [1, 2]
    assert named(shelf, document) == (
        "Buku 1, 2: Masterplan Smart City Kota Uji (versi 1)",
        "Buku-1-2-Masterplan-Kota-Uji-v1.pdf",
    )


def test_without_a_number_the_masterplan_itself_is_made(shelf):
    document = shelf.run(actions.request, shelf.freeze().id)
    assert document.books == [2]
    assert named(shelf, document)[1] == "Buku-2-Masterplan-Kota-Uji-v1.pdf"


@pytest.mark.parametrize(("books", "named_ones"), [([1, 4, 9], "4, 9"), ([], "–")])
def test_a_book_that_the_version_does_not_have_is_refused(shelf, books, named_ones):
    version_id = shelf.freeze().id
    errors = shelf.refused(actions.request, version_id, books=books)
    assert (codes(errors), errors[0].path) == (["BOOK_UNKNOWN"], ("books",))
    assert f"Buku {named_ones}. Pilih nomor buku yang ada: 1, 2." in errors[0].text("id")


def test_one_key_for_other_books_is_refused(shelf):
    version_id = shelf.freeze().id
    shelf.run(actions.request, version_id, books=[1], idempotency_key="kunci-buku-satu")
    errors = shelf.refused(
        actions.request, version_id, books=[2], idempotency_key="kunci-buku-satu"
    )
    assert codes(errors) == ["IDEMPOTENCY_KEY_REUSED"]
