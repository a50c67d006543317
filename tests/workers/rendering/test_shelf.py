"""The books of a plan: sections as they were written, the analysis, and what it rests on."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from tenants.masterplan.content import BookContent
from tenants.masterplan.shelf_content import ChapterContent, SectionContent, ShelfBook
from tests.workers.rendering.analysed import STATE, analysed_book, text
from tests.workers.rendering.pages import ink_outside, overprinted, page_texts, standards
from tests.workers.rendering.test_hostile import CORPUS
from workers.rendering.book import Rendered, render_book


def render(content: BookContent, *numbers: int) -> Rendered:
    return render_book(content, lambda step: None, lambda: False, numbers=numbers)


def one_section(*blocks: dict[str, Any], title: str = "Bab") -> BookContent:
    """A plan whose first book has one section."""
    chapter = ChapterContent("bab", "Bab", (SectionContent("1", title, blocks),))
    return replace(analysed_book(), books=(ShelfBook(1, "Analisis", (chapter,)),))


@pytest.fixture(scope="module")
def strategic() -> Rendered:
    return render(analysed_book(), 1)


@pytest.fixture(scope="module")
def words(strategic) -> str:
    return " ".join(page_texts(strategic.pdf))


def test_a_book_alone_has_its_name_on_the_cover_and_its_chapters(strategic):
    pages = page_texts(strategic.pdf)
    assert pages[0].startswith("BUKU 1 · GERAKAN MENUJU SMART CITY")
    assert "Analisis Strategis" in pages[0]
    contents = pages[2]
    for chapter in ("1 Pendahuluan", "2 Analisis kesiapan", "4 Visi pembangunan dan SWOT"):
        assert chapter in contents
    assert "Portal Layanan Terpadu" not in contents


def test_sections_are_printed_with_their_marks_lists_tables_and_links(strategic, words):
    assert "Kota Bukittinggi menata layanannya bersama warga; emisi CO2" in words
    assert "1. Menyatukan arah perangkat daerah a. Satu data i. Metadata baku 2." in words
    assert "1.1 Maksud dan tujuan" in words
    assert "Tabel 1. Penduduk menurut kecamatan" in words
    with pikepdf.open(io.BytesIO(strategic.pdf)) as file:
        addresses = {
            str(note.A.URI)
            for page in file.pages
            for note in page.get("/Annots", ())
            if "/A" in note and "/URI" in note.A
        }
    assert "https://bukittinggikota.go.id" in addresses


def test_a_table_of_twelve_columns_lies_on_a_landscape_page(strategic):
    with pikepdf.open(io.BytesIO(strategic.pdf)) as file:
        wide = [page.mediabox[2] > page.mediabox[3] for page in file.pages]
    pages = page_texts(strategic.pdf)
    (target,) = [number for number, page in enumerate(pages) if "Kolom 11" in page]
    assert wide[target]
    assert sum(wide) == 2  # and the matrix


def test_readiness_gaps_and_swot_are_printed_with_what_they_rest_on(words):
    assert "Skor kesiapan tiap bagian" in words
    assert "4 dari 5" in words
    assert f"{STATE} [1, hlm. 47]" in words
    assert "Matriks SWOT dan strategi turunannya" in words
    assert "Dari S1, O1" in words
    assert re.search(r"S1 Pusat perdagangan Sumatera Barat bagian utara \[3\]", words)


def test_the_list_of_references_names_each_source_once(strategic):
    last = page_texts(strategic.pdf)[-1]
    assert last.count("RPJMD Kota Bukittinggi 2021–2026") == 1
    assert "2 Bukittinggi dalam Angka. (2022). https://bps.go.id" in last
    assert "3 Pengguna internet: 78,2 persen (2022)" in last


def test_a_picture_is_named_and_its_absence_is_a_warning(strategic, words):
    assert "Gambar 1. Jam Gadang pada malam hari" in words
    assert [
        warning.startswith("Buku 1, Pendahuluan: gambar pic_") for warning in strategic.warnings
    ]


def test_what_no_section_shows_has_a_chapter_of_its_own():
    content = one_section({"type": "paragraph", "content": text("Isi.")})
    found = " ".join(page_texts(render(content, 1).pdf))
    for chapter in ("2 Analisis Kesiapan", "3 Analisis Kesenjangan", "4 Analisis SWOT"):
        assert chapter in found


def test_all_books_together_count_their_chapters_anew():
    rendered = render(analysed_book(), 1, 2, 3)
    pages = page_texts(rendered.pdf)
    assert pages[0].startswith("BUKU 1, 2, DAN 3 ·")
    contents = " ".join(pages[2:4])
    assert contents.index("Buku 1: Analisis Strategis") < contents.index("Buku 2: Masterplan")
    assert "Buku 3: Executive Summary" in contents
    assert contents.count(" 1 Pendahuluan") == 1
    assert standards(rendered.pdf) == ("2", "A", "1")
    assert ink_outside(rendered.pdf) == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_each_book_is_accessible_and_the_same_content_gives_the_same_bytes(number):
    first, second = (render(analysed_book(), number) for _ in range(2))
    assert first.pdf == second.pdf
    assert standards(first.pdf) == ("2", "A", "1")
    assert ink_outside(first.pdf) == []
    assert overprinted(first.pdf) == []


def test_an_english_book_keeps_the_words_of_the_city():
    found = " ".join(page_texts(render(analysed_book("en"), 1).pdf))
    assert "SWOT matrix and the strategies derived from it" in found
    assert f"{STATE} [1, p. 47]" in found


def test_hostile_texts_stand_in_sections_as_they_are():
    runs = [{"text": each[:10_000], "marks": ["bold"]} for each in CORPUS]
    rows = [[[run] for run in runs[:10]], *([[run] for run in runs[:10]] for _ in range(2))]
    blocks = (
        {"type": "paragraph", "content": runs},
        {"type": "heading", "level": 3, "content": runs[:4]},
        {"type": "list", "ordered": False, "items": [{"level": 1, "content": [r]} for r in runs]},
        {"type": "table", "caption": CORPUS[2], "header_rows": 3, "rows": rows},
        {"type": "table", "caption": "", "header_rows": 0, "rows": [[[]], [[]]]},
    )
    rendered = render(one_section(*blocks, title=CORPUS[1]), 1)
    found = " ".join(page_texts(rendered.pdf))
    assert "*tebal* _miring_ `kode`" in found
    assert '#eval("1") #panic("x")' in found
    assert standards(rendered.pdf) == ("2", "A", "1")


def test_the_largest_section_becomes_a_book():
    row = [text(f"sel {number} {STATE}") for number in range(20)]
    table = {"type": "table", "caption": "Besar", "header_rows": 1, "rows": [row] * 100}
    rendered = render(one_section(table), 1)
    assert rendered.pages > 20
    assert ink_outside(rendered.pdf) == []
