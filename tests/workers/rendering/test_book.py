from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf

from tests.workers.rendering.analysed import SWOT
from tests.workers.rendering.pages import ink_outside, overprinted, page_texts, standards
from tests.workers.rendering.sample import PILLARS, SOURCES, sample_book
from workers.rendering.book import render_book
from workers.rendering.typesetting import TEMPLATES


def render(content):
    return render_book(content, lambda step: None, lambda: False)


def test_a_book_tells_its_steps_in_order(book, steps):
    assert steps == ["data", "layout", "checks", "store-ready"]


def test_a_book_of_42_programmes_has_42_pages_and_no_warnings(book):
    assert (book.pages, book.warnings) == (42, ())
    assert len(page_texts(book.pdf)) == 42
    assert book.sha256 == hashlib.sha256(book.pdf).hexdigest()


def test_the_same_content_gives_the_same_bytes(book):
    assert render(sample_book()).pdf == book.pdf


def test_another_content_gives_other_bytes_and_its_hash_on_the_imprint():
    content = replace(sample_book(), frozen_on=date(2022, 10, 9)).sealed()
    imprint = page_texts(render(content).pdf)[1]
    assert "9 Oktober 2022" in imprint
    assert content.content_hash in imprint.replace(" ", "")


def test_a_book_claims_pdf_a_2a_and_pdf_ua_1_and_is_tagged_and_titled(book):
    assert standards(book.pdf) == ("2", "A", "1")
    with pikepdf.open(io.BytesIO(book.pdf)) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == "id"
        assert file.Root.StructTreeRoot.Type == "/StructTreeRoot"
        assert str(file.docinfo["/Title"]) == "Masterplan Smart City Kota Bukittinggi"
        assert str(file.docinfo["/CreationDate"]) == "D:20221008120000Z"


def test_every_programme_pillar_and_sum_can_be_found_in_the_text(book):
    text = " ".join(page_texts(book.pdf))
    for dimension in sample_book().dimensions:
        assert dimension.name in text
        for programme in dimension.programmes:
            assert programme.name in text
            assert programme.description in text
    assert "Rp191.635.500.000,00" in text
    assert "Rp21,6 miliar" in text


def test_the_text_layer_keeps_soft_hyphens_only_at_line_ends(book):
    with pikepdf.open(io.BytesIO(book.pdf)) as file:
        maps = {
            font.ToUnicode.objgen: font.ToUnicode.read_bytes()
            for page in file.pages
            for font in page.Resources.Font.values()
        }
        contents = b"".join(page.Contents.read_bytes() for page in file.pages)
    assert not re.search(rb"<[0-9A-F]{4}00AD>", b"".join(maps.values()))
    assert not re.search(rb"ActualText<FEFF[0-9A-F]{4,}00AD>", contents)


def test_contents_name_every_chapter_with_its_page(book):
    contents = page_texts(book.pdf)[2]
    assert re.search(r"3 Smart Government[ .]*3 3\.1 Daftar program[ .]*3 ", contents)
    for name, _ in PILLARS.values():
        assert name in contents


def test_wide_tables_lie_on_landscape_pages_and_nothing_leaves_the_page(book):
    with pikepdf.open(io.BytesIO(book.pdf)) as file:
        landscape = [page.mediabox[2] > page.mediabox[3] for page in file.pages]
    assert sum(map(bool, landscape)) == 10
    assert ink_outside(book.pdf) == []
    assert overprinted(book.pdf) == []


def test_a_table_over_several_pages_repeats_its_header(book):
    roadmap = [text for text in page_texts(book.pdf) if "Jangka waktu 2023 2024" in text]
    assert len(roadmap) == 3


def test_an_english_book_has_english_labels_and_keeps_the_citys_words():
    rendered = render(sample_book("en"))
    text = " ".join(page_texts(rendered.pdf))
    assert "Budget per year by pillar" in text
    assert "Rp21.6 billion" in text
    assert "Portal Layanan Terpadu" in text
    with pikepdf.open(io.BytesIO(rendered.pdf)) as file:
        assert str(file.Root.Lang) == "en"


def test_an_almost_empty_plan_is_still_a_book():
    first, *_ = sample_book().dimensions
    content = replace(
        sample_book(), vision="", missions=(), dimensions=(replace(first, programmes=()),)
    )
    text = " ".join(page_texts(render(content).pdf))
    assert "Belum ada program pada pilar ini." in text
    assert "Visi belum diisi." in text


def test_a_ten_year_plan_splits_its_wide_tables_by_five_years():
    content = replace(sample_book(), period_end=2032)
    rendered = render(content)
    text = " ".join(page_texts(rendered.pdf))
    assert "Peta jalan program 2023–2027" in text
    assert "Peta jalan program 2028–2032" in text
    assert ink_outside(rendered.pdf) == []


def test_templates_take_user_text_only_as_data():
    sources = {path.name: path.read_text("utf-8") for path in Path(TEMPLATES).glob("*.typ")}
    assert len(sources) == 10
    for source in sources.values():
        assert not re.search(r"\beval\b|\bplugin\b|@preview|\braw\(", source)
    inputs = [name for name, source in sources.items() if "sys.inputs" in source]
    assert inputs == ["style.typ"]


def test_every_label_exists_in_both_languages_and_is_used():
    labels = json.loads((TEMPLATES / "labels.json").read_text("utf-8"))
    assert labels["id"].keys() == labels["en"].keys()
    source = "".join(path.read_text("utf-8") for path in TEMPLATES.glob("*.typ"))
    by_data = {"short", "medium", "long", *SOURCES, "other", *SWOT}
    unused = [
        key
        for key in labels["id"]
        if key not in by_data and not re.search(rf"labels\.{key}\b(?!-)", source)
    ]
    assert unused == []
