"""Writing sections: revisions, refusals, and two people at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from kotacerdas.errors import NotFound
from kotacerdas.identity.policy import Role
from tenants.cities.workflow import Stage
from tenants.masterplan.books import claims, drafts, editing, stages
from tenants.masterplan.books.editing import Conflict
from tenants.masterplan.books.history import changes_of
from tenants.masterplan.books.models import (
    DraftKind,
    SectionDraft,
    SectionRevision,
    SectionState,
)
from tenants.masterplan.richtext.comparison import Change
from tests.tenants.masterplan.books.shelf import WORDS, body
from tests.tenants.masterplan.planning import codes


def rows(shelf, model, section_id):
    mine = select(model).where(model.tenant_id == shelf.city.id, model.section_id == section_id)
    return shelf.run(lambda session: list(session.scalars(mine.order_by(model.id))))


def test_a_text_is_stored_as_the_next_revision(shelf):
    first = shelf.write(shelf.section(), "Satu dua.")
    assert (first.state, first.revision, first.words) == (SectionState.DRAFT, 1, 2)
    assert first.edited_by == shelf.bappeda.person_id
    second = shelf.write(first, "Satu tiga.")
    assert (second.revision, second.version) == (2, first.version + 1)
    revisions = rows(shelf, SectionRevision, first.id)
    assert [(each.number, each.section_version) for each in revisions] == [
        (1, first.version),
        (2, second.version),
    ]
    (change,) = shelf.run(changes_of, revisions[1].id)
    assert (change.change, [piece.text for piece in change.words]) == (
        Change.CHANGED,
        ["Satu ", "dua", "tiga", "."],
    )
    (added,) = shelf.run(changes_of, revisions[1].id, since=0)
    assert added.change is Change.ADDED


def test_a_title_alone_is_changed_too(shelf):
    section = shelf.section()
    changed = shelf.run(
        editing.update, section.id, expected_version=section.version, title=" Latar  "
    )
    assert (changed.title, changed.state, changed.body) == (
        "Latar",
        SectionState.EMPTY,
        {"blocks": []},
    )


def test_the_same_text_once_more_changes_nothing_whatever_the_version(shelf):
    first = shelf.write(shelf.section())
    again = shelf.run(editing.update, first.id, expected_version=first.version - 1, body=first.body)
    assert (again.version, again.revision) == (first.version, 1)
    assert rows(shelf, SectionDraft, first.id) == []


def test_who_came_too_late_gets_both_texts_and_keeps_a_draft(shelf):
    before = shelf.write(shelf.section(), "Awal kalimat.")
    theirs = shelf.write(before, "Awal kalimat mereka.")
    late = shelf.city.scope(Role.BAPPEDA)
    result = shelf.run(
        editing.update,
        before.id,
        expected_version=before.version,
        body=body("Awal kalimat saya."),
        title="Judul saya",
        scope=late,
    )
    assert isinstance(result, Conflict)
    text = "blocks", 0, "content", 0, "text"
    assert [_at(each.body, text) for each in (result.base, result.theirs, result.yours)] == [
        "Awal kalimat.",
        "Awal kalimat mereka.",
        "Awal kalimat saya.",
    ]
    assert shelf.stored(before.id).version == theirs.version
    (draft,) = rows(shelf, SectionDraft, before.id)
    assert (draft.kind, draft.person_id) == (DraftKind.CONFLICT, late.person_id)
    assert (draft.title, draft.base_version) == ("Judul saya", before.version)
    assert draft.body == result.yours.body


def _at(value, path):
    for step in path:
        value = value[step]
    return value


def test_of_two_who_write_at_the_same_moment_one_is_stored_and_one_kept(shelf):
    section = shelf.section()
    writers = [shelf.city.scope(Role.BAPPEDA) for _ in range(2)]
    together = Barrier(2)

    def write(scope):
        together.wait()
        return shelf.run(
            editing.update,
            section.id,
            expected_version=section.version,
            body=body(f"Tulisan {scope.person_id}"),
            scope=scope,
        )

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(write, writers))
    late = [place for place, each in enumerate(results) if isinstance(each, Conflict)]
    assert len(late) == 1
    stored = shelf.stored(section.id)
    assert stored.edited_by == writers[1 - late[0]].person_id
    (draft,) = rows(shelf, SectionDraft, section.id)
    assert draft.person_id == writers[late[0]].person_id
    assert str(draft.person_id) in str(draft.body)
    assert len(rows(shelf, SectionRevision, section.id)) == 1


def test_a_version_that_never_was_is_stale(shelf):
    errors = shelf.refused(editing.update, shelf.section().id, expected_version=9, body=body("a"))
    assert codes(errors) == ["STALE_VERSION"]


def test_faults_of_a_text_are_told_together_with_their_paths(shelf):
    wrong = {"blocks": [{"type": "x"}, {"type": "heading", "level": 7}]}
    errors = shelf.refused(editing.update, shelf.section().id, expected_version=1, body=wrong)
    assert [error.path for error in errors] == [
        ("body", "blocks", "0", "type"),
        ("body", "blocks", "1", "level"),
    ]


def test_an_approved_text_is_refused_until_it_is_reopened(shelf):
    section = shelf.write(shelf.section())
    section = shelf.run(stages.hand_in, section.id, expected_version=section.version)
    section = shelf.run(stages.approve, section.id, expected_version=section.version)
    errors = shelf.refused(
        editing.update, section.id, expected_version=section.version, body=body("a")
    )
    assert codes(errors) == ["SECTION_APPROVED"]


def test_a_unit_writes_only_what_was_given_to_it(shelf):
    scope = shelf.city.scope(Role.UNIT_OPERATOR, shelf.unit_id)
    section = shelf.section()
    given = {"expected_version": section.version, "body": body("a")}
    errors = shelf.refused(editing.update, section.id, **given, scope=scope)
    assert codes(errors) == ["SECTION_NOT_YOURS"]
    assert "Bappeda" in errors[0].text("id")
    council = shelf.city.scope(Role.COUNCIL)
    assert codes(shelf.refused(editing.update, section.id, **given, scope=council)) == ["FORBIDDEN"]


def test_nobody_writes_the_plan_of_a_city_that_has_left(shelf):
    section = shelf.section()
    shelf.stage(Stage.WITHDRAWN)
    errors = shelf.refused(
        editing.update, section.id, expected_version=section.version, body=body("a")
    )
    assert codes(errors) == ["PARTICIPATION_ENDED"]


def test_another_citys_section_is_not_found(shelf, make_shelf):
    other = make_shelf().section()
    errors = shelf.refused(editing.update, other.id, expected_version=1, body=body("a"))
    assert codes(errors) == ["NOT_FOUND"]


def test_a_draft_is_kept_while_writing_and_gone_when_the_text_is_stored(shelf):
    section = shelf.section()
    given = {"base_version": section.version, "title": "T", "scope": shelf.bappeda}
    shelf.run(drafts.save, section.id, body=body("satu"), **given)
    shelf.run(drafts.save, section.id, body=body("dua"), **given)
    (draft,) = rows(shelf, SectionDraft, section.id)
    assert (draft.kind, _at(draft.body, ("blocks", 0, "content", 0, "text"))) == (
        DraftKind.AUTOSAVE,
        "dua",
    )
    assert shelf.stored(section.id).version == section.version
    shelf.write(section)
    assert rows(shelf, SectionDraft, section.id) == []


def test_a_draft_is_thrown_away_by_its_person_alone(shelf):
    section = shelf.section()
    shelf.run(
        drafts.save, section.id, base_version=1, title="T", body=body("a"), scope=shelf.bappeda
    )
    (draft,) = rows(shelf, SectionDraft, section.id)
    assert codes(shelf.refused(drafts.discard, draft.id)) == ["NOT_FOUND"]
    assert shelf.run(drafts.discard, draft.id, scope=shelf.bappeda) == section.id
    assert rows(shelf, SectionDraft, section.id) == []


def test_a_claim_tells_who_writes_and_makes_nobody_stale(shelf):
    section = shelf.section()
    shelf.run(claims.claim, section.id, scope=shelf.bappeda)
    claimed = shelf.stored(section.id)
    assert (claimed.claimed_by, claimed.version) == (shelf.bappeda.person_id, section.version)
    shelf.run(claims.release, section.id)  # somebody else's
    assert shelf.stored(section.id).claimed_by == shelf.bappeda.person_id
    shelf.run(claims.release, section.id, scope=shelf.bappeda)
    assert shelf.stored(section.id).claimed_by is None
    assert shelf.write(section, WORDS).revision == 1


def test_changes_of_another_citys_revision_are_not_found(shelf, make_shelf):
    other = make_shelf()
    other.write(other.section())
    (revision,) = rows(other, SectionRevision, other.section().id)
    with pytest.raises(NotFound):
        shelf.run(changes_of, revision.id)
