"""Frozen books: texts and data blocks as they were, and what the next version changed."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from kotacerdas.errors import NotFound
from tenants.masterplan import freezing, programmes
from tenants.masterplan.books import editing
from tenants.masterplan.comparing import Part, changes_between
from tenants.masterplan.content import from_json, hash_of
from tenants.masterplan.models import MasterplanVersion
from tenants.masterplan.richtext.comparison import Change
from tenants.notifications.models import NotificationKind
from tests.tenants.masterplan.books.shelf import WORDS, body
from tests.tenants.masterplan.books.test_stages import told
from tests.tenants.masterplan.planning import codes


@pytest.fixture
def ready(shelf):
    """A plan that lacks nothing; its strategy shows the programmes."""
    shelf.ready()
    section = shelf.section("strategy")
    blocks = [{"type": "data", "source": source, "id": source} for source in SOURCES]
    shelf.run(
        editing.update,
        section.id,
        expected_version=section.version,
        body=body(WORDS, *blocks),
    )
    return shelf


SOURCES = ("programmes", "budgets", "roadmap", "quick_wins", "units", "vision", "swot", "readiness")


def test_a_version_holds_the_sections_with_their_data_written_out(ready):
    version = ready.freeze()
    content = from_json(version.content)
    assert version.content_hash.hex() == hash_of(content)
    assert [(book.number, [c.code for c in book.chapters]) for book in content.books] == [
        (1, ["introduction", "readiness"]),
        (2, ["strategy"]),
    ]
    (section,) = content.books[1].chapters[0].sections
    assert section.id == str(ready.section("strategy").id)
    tables = {block["id"]: block for block in section.blocks if block["type"] == "data"}
    assert tables["programmes"]["rows"][0] == [
        "GOV-01",
        "Program government",
        "Smart Government",
        "Dinas Komunikasi dan Informatika",
        "5 tahun",
    ]
    assert tables["budgets"]["columns"] == ["Pilar", *map(str, range(2023, 2028)), "Jumlah (Rp)"]
    assert tables["budgets"]["rows"][0][-1] == "1500000000.00"
    assert tables["vision"]["rows"][0] == ["Visi", "Kota yang melayani.", ""]
    assert len(tables["units"]["rows"]) == 1
    assert tables["quick_wins"]["rows"] == []


def test_empty_sections_keep_a_plan_from_being_frozen(shelf):
    errors = shelf.refused(freezing.freeze, shelf.plan_id, expected_version=1)
    assert codes(errors)[-3:] == ["SECTION_EMPTY"] * 3


def test_the_citys_leaders_are_told_of_a_version(ready):
    ready.freeze()
    assert told(ready, NotificationKind.VERSION_FROZEN) == {ready.bappeda.person_id}


def test_a_later_change_of_a_section_leaves_the_version_and_shows_in_the_next(ready):
    first = ready.freeze()
    before = dict(first.content)
    section = ready.section()
    ready.write(section, WORDS.replace("kata3 ", "kalimat "))
    added = ready.programme(ready.plan_id, "people", name="Program baru")
    second = ready.freeze()
    key = (ready.city.id, first.id)
    assert ready.run(lambda s: s.get_one(MasterplanVersion, key)).content == before
    changes = ready.run(changes_between, second.id)
    (text_change,) = [
        each for each in changes if each.part is Part.SECTION and "Pendahuluan" in each.name
    ]
    assert (text_change.change, text_change.field) == (Change.CHANGED, "body")
    assert [piece.text for piece in text_change.words][1:3] == ["kata3", "kalimat"]
    new = {each.change for each in changes if each.name.startswith(added.code)}
    assert new == {Change.ADDED}
    assert not [each for each in changes if each.part is Part.STATEMENT]
    everything = ready.run(changes_between, second.id, since=0)
    assert {each.change for each in everything} == {Change.ADDED}


def test_a_renamed_programme_has_changed_and_is_no_other(ready):
    ready.freeze()
    programme = ready.programme(ready.plan_id, "living", name="Lama")
    ready.freeze()
    ready.run(programmes.update_programme, programme.id, expected_version=1, name="Baru")
    third = ready.freeze()
    found = ready.run(changes_between, third.id)
    names = [each for each in found if each.part is Part.PROGRAMME]
    assert [(each.field, each.change) for each in names] == [("name", Change.CHANGED)]


def test_a_version_that_never_was_is_not_compared(ready, make_shelf):
    version = ready.freeze()
    for arguments in ({"since": 7},):
        with pytest.raises(NotFound):
            ready.run(changes_between, version.id, **arguments)
    with pytest.raises(NotFound):
        make_shelf().run(changes_between, version.id)


@pytest.mark.parametrize("change", ["update {} set number = 9", "delete from {}"])
def test_the_database_itself_lets_nobody_change_a_version_or_a_revision(ready, change):
    ready.freeze()
    for table in ("masterplan_version", "section_revision"):
        statement = text(f"{change.format(table)} where tenant_id = :tenant")
        with pytest.raises(Exception, match="permission denied"):
            ready.run(lambda s, q=statement: s.execute(q, {"tenant": ready.city.id}))
