"""What a revision of an innovation changed."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from kotacerdas.word_diff import Kind
from tenants.submissions import drafting, history
from tenants.submissions.models import InnovationRevision, Verdict
from tests.tenants.refusals import refused

K = Kind


@pytest.fixture
def revised(desk):
    """The ids of three revisions; the second and the third changed the solution."""
    row, review = desk.in_review()
    for solution in ("Pendaftaran dari rumah lewat telepon.", "Pendaftaran lewat telepon."):
        desk.run("expert", desk.verdict(review, Verdict.RETURNED, "Perbaiki."))
        row = desk.innovation(row.id)
        changes = {"solution": solution, "budget_rupiah": "2000000"}
        row = desk.run(
            "operator",
            lambda s, r=row, c=changes: drafting.update(
                s, r.id, expected_version=r.version, changes=c
            ),
        )
        review = desk.review(desk.endorse(desk.submit(row)))
    numbers = select(InnovationRevision).where(InnovationRevision.tenant_id == desk.city.id)
    found = numbers.order_by(InnovationRevision.number)
    return desk.run("admin", lambda s: [each.id for each in s.scalars(found)])


def changes(desk, revision_id, **options):
    found = desk.run("admin", lambda s: history.changes_of(s, revision_id, **options))
    return {each.field: [(piece.kind, piece.text) for piece in each.words] for each in found}


def test_a_revision_shows_word_by_word_what_it_changed_since_the_one_before(desk, revised):
    assert changes(desk, revised[2]) == {
        "solution": [
            (K.KEPT, "Pendaftaran"),
            (K.REMOVED, " dari rumah"),
            (K.KEPT, " lewat telepon."),
        ]
    }
    assert set(changes(desk, revised[1])) == {"solution", "budget_rupiah"}


def test_a_revision_is_compared_with_any_earlier_one(desk, revised):
    told = changes(desk, revised[2], since=1)
    assert told["budget_rupiah"] == [
        (K.REMOVED, "150000000"),
        (K.ADDED, "2000000"),
        (K.KEPT, ".00"),
    ]
    assert changes(desk, revised[2], since=3) == {}


def test_all_that_is_written_is_new_in_the_first_revision(desk, revised):
    told = changes(desk, revised[0])
    assert told["name"] == [(K.ADDED, "Antrean Puskesmas")]
    assert "risks" not in told


def test_a_revision_that_is_not_there_has_no_changes(desk):
    refused(
        desk.database,
        desk.scopes["admin"],
        lambda s: history.changes_of(s, uuid7()),
        "NOT_FOUND",
    )
