"""Handing in, approving, reopening, assigning and arranging sections; what is missing."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from uuid_utils.compat import uuid7

from kotacerdas.identity.policy import Role
from tenants.masterplan.books import arranging, assigning, editing, stages
from tenants.masterplan.books.models import SectionState
from tenants.masterplan.books.owners import Owner
from tenants.masterplan.completeness.item import PLANNERS
from tenants.masterplan.completeness.item import Owner as Whose
from tenants.masterplan.completeness.rule import missing
from tenants.notifications.models import Notification, NotificationKind
from tests.tenants.masterplan.books.shelf import body
from tests.tenants.masterplan.planning import codes


def told(shelf, kind):
    mine = select(Notification.person_id).where(
        Notification.tenant_id == shelf.city.id, Notification.kind == kind
    )
    return set(shelf.run(lambda session: session.scalars(mine).all()))


def lacks(shelf, code=None):
    items = shelf.run(missing, shelf.plan_id)
    return [item for item in items if item.place.book and code in (None, item.error.code)]


def test_a_text_is_handed_in_approved_and_reopened(shelf):
    section = shelf.write(shelf.section())
    section = shelf.run(
        stages.hand_in, section.id, expected_version=section.version, scope=shelf.bappeda
    )
    assert section.state is SectionState.READY
    assert told(shelf, NotificationKind.SECTION_READY) == {
        shelf.bappeda.person_id,
        shelf.scope.person_id,
    }
    section = shelf.run(stages.approve, section.id, expected_version=section.version)
    assert section.state is SectionState.APPROVED
    section = shelf.run(
        stages.reopen, section.id, expected_version=section.version, note="Kurang data."
    )
    assert section.state is SectionState.DRAFT
    assert told(shelf, NotificationKind.SECTION_RETURNED) == {shelf.bappeda.person_id}


def test_each_step_is_refused_in_another_state(shelf):
    section = shelf.section()
    steps = [(stages.hand_in, {}), (stages.approve, {}), (stages.reopen, {"note": "x"})]
    for rule, more in steps:
        errors = shelf.refused(rule, section.id, expected_version=section.version, **more)
        assert codes(errors) == ["SECTION_WRONG_STATE"]
        assert "kosong" in errors[0].text("id")
        errors = shelf.refused(rule, section.id, expected_version=7, **more)
        assert codes(errors) == ["STALE_VERSION"]


def test_a_text_under_the_guides_minimum_is_not_handed_in(shelf):
    section = shelf.write(shelf.section(), "Terlalu pendek.")
    errors = shelf.refused(stages.hand_in, section.id, expected_version=section.version)
    assert codes(errors) == ["SECTION_TOO_SHORT"]
    assert "2 kata" in errors[0].text("id")
    assert "20" in errors[0].text("en")


def test_units_neither_approve_nor_reopen(shelf):
    section = shelf.section()
    scope = shelf.city.scope(Role.UNIT_HEAD, shelf.unit_id)
    given = {"expected_version": section.version, "scope": scope}
    for rule, more in ((stages.approve, {}), (stages.reopen, {"note": "x"})):
        assert codes(shelf.refused(rule, section.id, **given, **more)) == ["FORBIDDEN"]


def test_a_section_given_to_a_unit_is_written_by_its_people_who_are_told(shelf):
    scope = shelf.city.scope(Role.UNIT_OPERATOR, shelf.unit_id)
    section = shelf.section()
    section = shelf.run(
        assigning.assign_section,
        section.id,
        expected_version=section.version,
        owner=Owner(None, shelf.unit_id),
    )
    assert told(shelf, NotificationKind.SECTION_ASSIGNED) == {scope.person_id}
    assert shelf.write(section, scope=scope).revision == 1
    other = shelf.city.scope(Role.UNIT_OPERATOR, shelf.city.unit("Dinas Lain"))
    errors = shelf.refused(
        editing.update, section.id, expected_version=2, body=body("a"), scope=other
    )
    assert codes(errors) == ["SECTION_NOT_YOURS"]
    assert "Dinas Komunikasi" in errors[0].text("en")


def test_a_chapters_owner_owns_the_sections_without_one(shelf):
    chapter = shelf.chapter("readiness")
    shelf.run(
        assigning.assign_chapter,
        chapter.id,
        expected_version=chapter.version,
        owner=Owner(None, shelf.unit_id),
    )
    scope = shelf.city.scope(Role.UNIT_HEAD, shelf.unit_id)
    assert shelf.write(shelf.section("readiness"), scope=scope).revision == 1
    section = shelf.section("readiness")
    shelf.run(
        assigning.assign_section,
        section.id,
        expected_version=section.version,
        owner=Owner(Role.CITY_ADMIN),
    )
    section = shelf.section("readiness")
    errors = shelf.refused(
        editing.update,
        section.id,
        expected_version=section.version,
        body=body("b"),
        scope=scope,
    )
    assert codes(errors) == ["SECTION_NOT_YOURS"]


@pytest.mark.parametrize(
    "owner",
    [Owner(None), Owner(Role.EXPERT), Owner(Role.UNIT_HEAD), Owner(Role.BAPPEDA, uuid7())],
    ids=["nobody", "expert", "unit_head", "role_and_unit"],
)
def test_an_owner_is_one_unit_or_one_of_the_planners_roles(shelf, owner):
    section = shelf.section()
    errors = shelf.refused(assigning.assign_section, section.id, expected_version=1, owner=owner)
    assert codes(errors) == ["SECTION_OWNER_UNFIT"]


def test_a_unit_of_another_city_or_one_that_has_ended_owns_nothing(shelf, make_shelf):
    section, other = shelf.section(), make_shelf().unit_id
    rule = assigning.assign_section
    given = {"expected_version": section.version}
    errors = shelf.refused(rule, section.id, **given, owner=Owner(None, other))
    assert (codes(errors), errors[0].path) == (["NOT_FOUND"], ("ownerUnitId",))
    ended = text("update unit set valid_to = '2022-01-01' where tenant_id = :t and id = :u")
    values = {"t": shelf.city.id, "u": shelf.unit_id}
    shelf.run(lambda session: session.execute(ended, values))
    errors = shelf.refused(rule, section.id, **given, owner=Owner(None, shelf.unit_id))
    assert codes(errors) == ["UNIT_ENDED"]


def test_sections_are_added_ordered_and_removed_while_empty(shelf):
    chapter = shelf.chapter()
    added = shelf.run(
        arranging.add_section, chapter.id, title="Dasar hukum", idempotency_key="kunci-1234"
    )
    again = shelf.run(
        arranging.add_section, chapter.id, title="Dasar hukum", idempotency_key="kunci-1234"
    )
    assert (added.id, added.ordinal) == (again.id, 2)
    first = shelf.section()
    shelf.run(arranging.order_sections, chapter.id, section_ids=[added.id, first.id])
    assert shelf.section().id == added.id
    assert shelf.stored(first.id).version == first.version
    shelf.run(arranging.remove_section, added.id, expected_version=added.version)
    assert shelf.section().id == first.id


def test_a_written_section_and_a_chapters_last_one_stay(shelf):
    chapter, section = shelf.chapter(), shelf.section()
    remove = arranging.remove_section
    errors = shelf.refused(remove, section.id, expected_version=section.version)
    assert codes(errors) == ["LAST_SECTION"]
    shelf.run(arranging.add_section, chapter.id, title="Lain")
    written = shelf.write(section)
    errors = shelf.refused(remove, written.id, expected_version=written.version)
    assert codes(errors) == ["SECTION_HAS_TEXT"]


def test_an_order_names_each_section_once(shelf):
    chapter, section = shelf.chapter(), shelf.section()
    for ids in ([], [section.id, section.id], [uuid7()]):
        errors = shelf.refused(arranging.order_sections, chapter.id, section_ids=ids)
        assert codes(errors) == ["SECTION_ORDER_INCOMPLETE"]


def test_a_chapter_has_fifty_sections_at_most(shelf):
    chapter = shelf.chapter()
    for number in range(arranging.MOST_SECTIONS - 1):
        shelf.run(arranging.add_section, chapter.id, title=f"Subbab {number}")
    errors = shelf.refused(arranging.add_section, chapter.id, title="Satu lagi")
    assert codes(errors) == ["TOO_MANY_SECTIONS"]


def test_units_do_not_change_which_sections_there_are(shelf):
    scope = shelf.city.scope(Role.UNIT_HEAD, shelf.unit_id)
    chapter, section = shelf.chapter(), shelf.section()
    for rule, key, more in (
        (arranging.add_section, chapter.id, {"title": "x"}),
        (arranging.order_sections, chapter.id, {"section_ids": [section.id]}),
        (arranging.remove_section, section.id, {"expected_version": 1}),
        (assigning.assign_section, section.id, {"expected_version": 1, "owner": None}),
        (assigning.assign_chapter, chapter.id, {"expected_version": 1, "owner": None}),
    ):
        assert codes(shelf.refused(rule, key, **more, scope=scope)) == ["FORBIDDEN"]


def test_empty_and_short_sections_keep_the_plan_from_being_frozen(shelf):
    assert [item.error.code for item in lacks(shelf)] == ["SECTION_EMPTY"] * 3
    shelf.write(shelf.section(), "Pendek saja.")
    short, *empty = lacks(shelf)
    assert (short.error.code, short.owner, short.blocks) == ("SECTION_TOO_SHORT", PLANNERS, True)
    assert (short.place.book, short.place.chapter) == (1, "introduction")
    assert short.place.section_id == shelf.section().id
    assert [item.place.chapter for item in empty] == ["readiness", "strategy"]


def test_what_a_unit_owes_is_named_with_the_unit(shelf):
    chapter = shelf.chapter("strategy")
    owner = Owner(None, shelf.unit_id)
    shelf.run(assigning.assign_chapter, chapter.id, expected_version=1, owner=owner)
    item = lacks(shelf)[-1]
    name = "Dinas Komunikasi dan Informatika"
    assert item.owner == Whose(Role.UNIT_OPERATOR, shelf.unit_id, name)
    section = shelf.section("strategy")
    shelf.run(
        assigning.assign_section, section.id, expected_version=1, owner=Owner(Role.CITY_ADMIN)
    )
    assert lacks(shelf)[-1].owner == Whose(Role.CITY_ADMIN)


def test_a_text_that_is_not_approved_is_advice_and_blocks_nothing(shelf):
    shelf.write_all()
    items = lacks(shelf, "SECTION_UNAPPROVED")
    assert [item.blocks for item in items] == [False] * 3
    section = shelf.section()
    shelf.run(stages.hand_in, section.id, expected_version=section.version)
    assert "Check and approve it." in lacks(shelf)[0].error.text("en")
    section = shelf.section()
    shelf.run(stages.approve, section.id, expected_version=section.version)
    assert len(lacks(shelf)) == 2
