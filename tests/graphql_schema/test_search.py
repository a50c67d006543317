"""Who finds what: published things for everybody, and besides what the caller may read."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import update

from kotacerdas.identity.policy import Grant, Permission, Role
from kotacerdas.scope import Door, Scope
from tenants.masterplan.models import ItemKind
from tenants.submissions.models import Innovation
from tests.graphql_schema.places import innovation
from tests.graphql_schema.published import item

SEARCH = """query($text: String!, $kinds: [ItemKind!], $dimension: String, $province: String,
    $region: RegionCode, $first: Int, $after: String) {
  search(text: $text, kinds: $kinds, dimension: $dimension, province: $province, region: $region,
      first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { kind name unitName isPublished city { slug } dimension { code }
      nameParts { text isMatch } fragment { text isMatch }
      publishedItem { id content versionNumber } innovation { id state } programme { id } } } }"""


@pytest.fixture
def word():
    """A word that no other test writes."""
    return f"q{uuid4().hex}"


@pytest.fixture
def found(data):
    """Return a function: the connection that a search gives."""
    return lambda text, by=None, **given: data(SEARCH, by, text=text, **given)["search"]


def names(page):
    assert page["totalCount"] == len(page["nodes"])
    return sorted(node["name"] for node in page["nodes"])


def test_everybody_finds_what_is_published_and_nobody_what_is_not(
    found, database, make_city, ministry, word
):
    mine, other, third = make_city(), make_city(), make_city()
    item(database, other, f"Terbit {word}")
    for city in (mine, other, third):
        innovation(database, city, name=f"Rahasia {city.id} {word}")
    hidden = {city.id: f"Rahasia {city.id} {word}" for city in (mine, other, third)}
    public = f"Terbit {word}"
    assert names(found(word)) == [public]
    for role in Role:
        if role in (Role.OPERATOR, Role.MINISTRY_ADMIN, Role.MINISTRY_READER):
            everything = sorted(hidden.values())
            assert names(found(word, ministry(role=role))) == everything
        else:
            assert names(found(word, mine.scope(role))) == sorted([hidden[mine.id], public])
    expert = mine.person(Role.EXPERT)
    both = tuple(Grant(city.id, Role.EXPERT) for city in (mine, third))
    seen = names(found(word, Scope(Door.CITY, mine.id, expert, both)))
    assert seen == sorted([hidden[mine.id], hidden[third.id], public])


def test_row_level_security_alone_hides_other_cities_rows(database, make_city, word):
    from tenants.search.asking import Asked
    from tenants.search.matching import counted, working
    from tests.predicate.hook import suspended

    mine, other = make_city(), make_city()
    innovation(database, other, name=f"Rahasia {word}")
    everything = counted(working(Asked.of(word), None))
    with suspended(), database.unit_of_work(mine.scope()) as session:
        assert session.scalar(everything) == 0


def test_a_token_without_the_right_to_read_finds_what_strangers_find(found, database, city, word):
    innovation(database, city, name=f"Rahasia {word}")
    narrowed = (Grant(city.id, Role.CITY_ADMIN, None, frozenset({Permission.AUDIT_READ})),)
    scope = Scope(Door.CITY, city.id, city.person(Role.CITY_ADMIN), narrowed)
    assert names(found(word, scope)) == []


def test_a_hit_says_where_it_is_and_opens_only_to_its_readers(found, database, make_city, word):
    mine, other = make_city(), make_city()
    row_id = innovation(database, other, name=f"E-Parkir {word}")
    item(database, other, f"E-Parkir {word}", row_id=row_id)
    (stranger,) = found(word, mine.scope())["nodes"]
    assert stranger["isPublished"]
    assert stranger["innovation"] is None
    assert stranger["publishedItem"]["content"]["solution"] == "Karcis daring."
    assert stranger["unitName"] == "Dinas Perhubungan"
    assert (stranger["city"], stranger["dimension"]) == ({"slug": other.slug}, {"code": "economy"})
    (own,) = found(word, other.scope())["nodes"]
    assert own["isPublished"]
    assert own["innovation"]["state"] == "DRAFT"
    assert own["publishedItem"]["versionNumber"] == 1


WRITINGS = ["E-Parkir", "e-parkir", "eParkir", "E Parkir", "EPARKIR"]


@pytest.mark.parametrize("written", WRITINGS)
@pytest.mark.parametrize("typed", ["e-parkir", "e-park", "eparkir", "e parkir", "E-Park"])
def test_a_word_with_a_hyphen_is_found_however_it_is_written(
    found, database, city, word, written, typed
):
    item(database, city, f"{written} {word}")
    assert names(found(f"{typed} {word}")) == [f"{written} {word}"]


@pytest.mark.parametrize(
    ("typed", "body"),
    [
        ("pengelolaan sampah", "Kelurahan mengelola sampah sendiri."),
        ("siapa yang sudah punya sampah", "Warga mempunyai bank sampah."),
        ("sampa", "Bank sampah."),
        ("layanan", "Melayani warga."),
    ],
)
def test_stems_beginnings_and_filling_words_are_understood(
    found, database, city, word, typed, body
):
    item(database, city, f"Kelola {word}", body=body)
    assert names(found(f"{typed} {word}")) == [f"Kelola {word}"]


def test_what_is_in_the_name_comes_before_what_is_in_the_text(found, database, make_city, word):
    item(database, make_city(), "Lain sekali", body=f"Tentang {word} saja.")
    item(database, make_city(), f"Tentang {word}")
    page = found(word)
    assert [node["name"] for node in page["nodes"]] == [f"Tentang {word}", "Lain sekali"]


def test_found_words_are_told_as_parts_and_markup_stays_text(found, database, city, word):
    item(database, city, f"<b>{word}</b>", body=f"Ada <script> dan {word}, selesai.")
    (node,) = found(word[:6])["nodes"]
    assert "".join(part["text"] for part in node["nameParts"]) == f"<b>{word}</b>"
    assert [part["text"] for part in node["nameParts"] if part["isMatch"]] == [word]
    assert [part["text"] for part in node["fragment"] if part["isMatch"]] == [word]
    assert "\x02" not in str(node)


def test_pages_over_several_scopes_give_each_hit_once(found, database, make_city, word):
    mine, others = make_city(), [make_city() for _ in range(4)]
    for city in others:
        item(database, city, f"Terbit {city.id} {word}")
    for number in range(5):
        innovation(database, mine, name=f"Milik {number} {word}")
    seen, after, pages = [], None, 0
    while pages == 0 or after:
        page = found(word, mine.scope(), first=2, after=after)
        assert page["totalCount"] == 9
        seen += [node["name"] for node in page["nodes"]]
        pages += 1
        after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None
    assert pages == 5
    assert len(set(seen)) == len(seen) == 9


def test_a_search_is_narrowed_by_kind_pillar_province_and_region(found, database, make_city, word):
    one, two = make_city(), make_city()
    item(database, one, f"Satu {word}")
    item(database, two, f"Dua {word}", kind=ItemKind.PROGRAMME)
    innovation(database, two, name=f"Tiga {word}")
    by = two.scope()
    assert names(found(word, by, kinds=["PROGRAMME"])) == []
    assert names(found(word, by, kinds=["INNOVATION"])) == [f"Satu {word}", f"Tiga {word}"]
    assert names(found(word, kinds=["PROGRAMME"])) == [f"Dua {word}"]
    assert names(found(word, region=one.region_code)) == [f"Satu {word}"]
    assert names(found(word, province="uji")) == [f"Dua {word}", f"Satu {word}"]
    assert names(found(word, province="Lain")) == []
    assert names(found(word, dimension="economy")) == [f"Dua {word}", f"Satu {word}"]
    assert names(found(word, dimension="mobility")) == []


def test_what_is_changed_is_found_by_its_new_words(found, database, city, word):
    row_id = innovation(database, city, name="Belum")
    by = city.scope()
    assert names(found(word, by)) == []
    with database.unit_of_work(by) as session:
        named = update(Innovation).where(Innovation.tenant_id == city.id, Innovation.id == row_id)
        session.execute(named.values(solution=f"Sekarang {word}"))
    assert names(found(word, by)) == ["Belum"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"text": "!?"}, "NO_WORDS"),
        ({"text": " "}, "INVALID"),
        ({"text": "x" * 201}, "INVALID"),
        ({"text": "a\x02b"}, "INVALID"),
        ({"text": "a", "first": 0}, "INVALID"),
        ({"text": "a", "after": "x"}, "BAD_CURSOR"),
        ({"text": "a", "province": "x" * 201}, "INVALID"),
    ],
)
def test_what_nobody_can_look_for_is_refused(ask, given, code):
    (error,) = ask(SEARCH, **given).errors
    assert error.original_error.code == code


def test_a_cursor_of_another_search_is_refused(ask, found, database, make_city, word):
    for _ in range(2):
        item(database, make_city(), f"Terbit {word}")
    cursor = found(word, first=1)["pageInfo"]["endCursor"]
    (error,) = ask(SEARCH, text=f"{word} lain", after=cursor).errors
    assert error.original_error.code == "BAD_CURSOR"


@pytest.mark.parametrize("text", ["'", "a & b | !c", "'x':*", "a\\b", "(", "🙂 kota", "-", "e-"])
def test_signs_of_the_query_language_are_plain_text(ask, text):
    result = ask(SEARCH, text=text)
    assert [error.original_error.code for error in result.errors or []] in ([], ["NO_WORDS"])
