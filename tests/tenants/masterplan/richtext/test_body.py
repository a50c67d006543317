"""Rich text: a normal form for what is allowed, a named fault for all else, never a crash."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotacerdas.errors import DomainError, DomainErrors, Invalid
from tenants.masterplan.richtext import grammar
from tenants.masterplan.richtext.body import SectionTooLarge, checked
from tenants.masterplan.richtext.words import sources_of, text_of, word_count


def body(*blocks):
    return {"blocks": list(blocks)}


def paragraph(*runs, **more):
    return {"type": "paragraph", "content": list(runs), **more}


def refused(value) -> list[DomainError]:
    with pytest.raises((DomainError, DomainErrors)) as caught:
        checked(value)
    return getattr(caught.value, "errors", [caught.value])


def paths(value) -> list[str]:
    return ["/".join(error.path) for error in refused(value)]


EVERY_KIND = (
    {"type": "heading", "content": "Latar belakang", "level": 2},
    paragraph({"text": "Kota ", "marks": ["bold"]}, {"text": "cerdas.", "marks": ["bold"]}),
    {"type": "list", "items": [{"content": "Satu"}, {"level": 2, "content": "Dua"}]},
    {"type": "table", "caption": " Anggaran ", "rows": [["Tahun", "Rp"], ["2023", "5"]]},
    {"type": "picture", "picture": "pic_" + "0" * 32, "caption": "Peta"},
    {
        "type": "quote",
        "content": [{"text": "Lihat", "link": "https://example.go.id/a?b=c"}],
    },
    {"type": "data", "source": "quick_wins", "id": "qw"},
)


def test_every_kind_of_block_has_a_normal_form():
    found = checked(body(*EVERY_KIND))
    kinds = [each.pop("type") for each in found["blocks"]]
    assert kinds == ["heading", "paragraph", "list", "table", "picture", "quote", "data"]
    ids = [each.pop("id") for each in found["blocks"]]
    assert len(set(ids)) == 7
    assert ids[-1] == "qw"
    assert found["blocks"] == [
        {"level": 2, "content": [{"text": "Latar belakang"}]},
        {"content": [{"text": "Kota cerdas.", "marks": ["bold"]}]},
        {
            "ordered": False,
            "items": [
                {"level": 1, "content": [{"text": "Satu"}]},
                {"level": 2, "content": [{"text": "Dua"}]},
            ],
        },
        {
            "caption": "Anggaran",
            "header_rows": 1,
            "rows": [
                [[{"text": "Tahun"}], [{"text": "Rp"}]],
                [[{"text": "2023"}], [{"text": "5"}]],
            ],
        },
        {"picture": "pic_" + "0" * 32, "caption": "Peta", "alternative": ""},
        {"content": [{"text": "Lihat", "link": "https://example.go.id/a?b=c"}]},
        {"source": "quick_wins"},
    ]


def test_a_block_keeps_its_id_and_the_same_text_gets_the_same_one():
    first = checked(body(paragraph({"text": "Satu"}), paragraph({"text": "Satu"})))
    again = checked(body(paragraph({"text": "Nol"}), *first["blocks"]))
    assert again["blocks"][1:] == first["blocks"]
    assert first["blocks"][0]["id"] != first["blocks"][1]["id"]
    assert checked(body(paragraph({"text": "Satu"})))["blocks"][0] == first["blocks"][0]


def test_text_is_composed_and_lines_keep_their_breaks():
    (block,) = checked(body(paragraph({"text": "cafe\u0301\r\ndua\ttiga"})))["blocks"]
    assert block["content"] == [{"text": "café\ndua tiga"}]


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (None, "body"),
        ([], "body"),
        ({"blok": []}, "body"),
        ({"blocks": {}}, "body/blocks"),
        (body(7), "body/blocks/0/type"),
        (body({"type": "script"}), "body/blocks/0/type"),
        (body({"type": ["paragraph"]}), "body/blocks/0/type"),
        (body(paragraph(style="x")), "body/blocks/0"),
        (body(paragraph(id="a b")), "body/blocks/0/id"),
        (body(paragraph(id="a"), paragraph(id="a")), "body/blocks/1/id"),
        (body(paragraph({"text": 5})), "body/blocks/0/content/0/text"),
        (body(paragraph({"text": "a\u0000b"})), "body/blocks/0/content/0/text"),
        (body(paragraph({"text": "a\ud800"})), "body/blocks/0/content/0/text"),
        (body(paragraph({"text": "x" * 10_001})), "body/blocks/0/content/0/text"),
        (body(paragraph({"text": "a", "marks": ["blink"]})), "body/blocks/0/content/0/marks"),
        (body(paragraph({"text": "a", "marks": ["sub", "sup"]})), "body/blocks/0/content/0/marks"),
        (body({"type": "heading", "level": 4, "content": "a"}), "body/blocks/0/level"),
        (body({"type": "heading", "level": True, "content": "a"}), "body/blocks/0/level"),
        (body({"type": "list", "ordered": "ya"}), "body/blocks/0/ordered"),
        (body({"type": "list", "items": [{"level": 2}]}), "body/blocks/0/items/0/level"),
        (body({"type": "list", "items": [{}, {"level": 4}]}), "body/blocks/0/items/1/level"),
        (body({"type": "table", "rows": [["a"], ["a", "b"]]}), "body/blocks/0/rows"),
        (body({"type": "table", "rows": [["a"] * 21]}), "body/blocks/0/rows/0"),
        (body({"type": "table", "rows": [], "header_rows": 1}), "body/blocks/0/header_rows"),
        (body({"type": "picture", "picture": "https://a.b/c.png"}), "body/blocks/0/picture"),
        (body({"type": "data", "source": "passwords"}), "body/blocks/0/source"),
    ],
)
def test_what_is_not_allowed_is_named_with_its_path(value, path):
    (error,) = refused(value)
    assert "/".join(error.path) == path
    assert error.code == "INVALID"
    assert error.text("id") != error.text("en")


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,<b>",
        "//evil.example",
        "ftp://a.b",
        "https://",
        "https://user:secret@a.b/",
        "https://[::1",
        "mailto:nobody",
        "https://a.b/c d",
        "https://a.b/" + "x" * 2_000,
    ],
)
def test_only_links_that_lead_somewhere_safe_are_taken(link):
    assert paths(body(paragraph({"text": "a", "link": link}))) == ["body/blocks/0/content/0/link"]


@pytest.mark.parametrize(
    "link", ["http://a.b", "https://a.b:8080/x#y", "mailto:a@b.go.id?subject=x"]
)
def test_web_and_mail_addresses_are_links(link):
    (block,) = checked(body(paragraph({"text": "a", "link": link})))["blocks"]
    assert block["content"][0]["link"] == link


def test_all_faults_are_told_together():
    value = body(paragraph({"text": 1}), {"type": "x"}, {"type": "heading", "level": 9})
    assert paths(value) == [
        "body/blocks/0/content/0/text",
        "body/blocks/1/type",
        "body/blocks/2/level",
    ]


def test_a_hopeless_tree_is_left_after_fifty_faults():
    assert len(refused(body(*[{"type": "x"}] * 400))) == grammar.MOST_FAULTS


def test_a_tree_of_too_many_parts_is_refused_though_it_is_small():
    cells = [[""] * 20] * 200
    errors = refused(body(*[{"type": "table", "rows": cells}] * 3))
    assert "6000" in errors[0].text("id")


def test_a_body_over_64_kib_is_told_its_size_and_what_to_do():
    (error,) = refused(body(*[paragraph({"text": "a" * 9_000})] * 8))
    assert isinstance(error, SectionTooLarge)
    assert "71 KiB" in error.text("id")
    assert "Divide it into several sections" in error.text("en")


def test_deep_nesting_is_refused_without_being_walked():
    deep: object = "x"
    for _ in range(50_000):
        deep = [deep]
    assert paths(body({"type": "paragraph", "content": deep})) == ["body/blocks/0/content/0"]


def test_words_are_counted_as_people_read_them():
    found = checked(
        body(
            paragraph({"text": "Kota"}, {"text": "cerdas", "marks": ["bold"]}, {"text": ", 2,5%"}),
            {"type": "list", "items": [{"content": "a-b c"}]},
            {"type": "data", "source": "swot"},
        )
    )
    assert word_count({"blocks": found["blocks"][:1]}) == 2
    assert word_count({"blocks": found["blocks"][1:2]}) == 2
    assert word_count({"blocks": found["blocks"][2:]}) == 0
    assert sources_of(found) == {"swot"}
    assert text_of(found["blocks"][1]) == "- a-b c"


texts = st.text(max_size=30)
runs = st.one_of(
    texts,
    st.lists(
        st.fixed_dictionaries(
            {"text": texts},
            optional={
                "marks": st.lists(st.sampled_from([mark.value for mark in grammar.Mark])),
                "link": st.sampled_from(["https://a.b/c", "mailto:a@b.id", "", "x"]),
            },
        ),
        max_size=4,
    ),
)
blocks = st.one_of(
    st.fixed_dictionaries({"type": st.sampled_from(["paragraph", "quote"]), "content": runs}),
    st.fixed_dictionaries(
        {"type": st.just("heading"), "content": runs}, optional={"level": st.integers(0, 4)}
    ),
    st.fixed_dictionaries(
        {
            "type": st.just("list"),
            "items": st.lists(
                st.fixed_dictionaries({"content": runs}, optional={"level": st.integers(1, 3)}),
                max_size=4,
            ),
        }
    ),
    st.fixed_dictionaries(
        {
            "type": st.just("table"),
            "rows": st.integers(1, 3).flatmap(
                lambda width: st.lists(st.lists(runs, min_size=width, max_size=width), max_size=3)
            ),
        },
        optional={"caption": texts},
    ),
    st.fixed_dictionaries({"type": st.just("data"), "source": st.sampled_from(["swot", "vision"])}),
)
trees = st.fixed_dictionaries({"blocks": st.lists(blocks, max_size=6)})
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["blocks", "type", "content", "text", "marks", "rows", "items", "id", "x"]
            )
            | texts,
            inner,
            max_size=5,
        )
    ),
    max_leaves=30,
)


@given(trees)
def test_the_normal_form_of_a_normal_form_is_itself(tree):
    try:
        once = checked(tree)
    except (Invalid, DomainErrors):
        return
    assert checked(once) == once
    assert orjson.loads(orjson.dumps(once)) == once


@given(anything | st.fixed_dictionaries({"blocks": st.lists(anything, max_size=4)}))
def test_any_tree_whatever_is_taken_or_refused_with_a_text(tree):
    try:
        body = checked(tree)
    except (DomainError, DomainErrors) as refusal:
        errors = getattr(refusal, "errors", [refusal])
        told = [error.text(language).encode() for error in errors for language in ("id", "en")]
        shown = {bool(error.path) for error in errors}
    else:
        told, shown = [orjson.dumps(body)], {True}
    assert all(told)
    assert shown == {True}
