"""The sample masterplan with its books and the analysis that it rests on."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from tenants.masterplan.analysis_content import (
    AnalysisContent,
    CitationContent,
    GapContent,
    GoalContent,
    ReadinessContent,
    SourceContent,
    StrategyContent,
    SwotContent,
)
from tenants.masterplan.content import FORMAT, BookContent
from tenants.masterplan.shelf_content import ChapterContent, SectionContent, ShelfBook
from tests.workers.rendering.sample import MISSIONS, sample_book

RPJMD = CitationContent(1, "47", "", "", None)
STATISTICS = CitationContent(2, "12–13", "", "", None)
INDICATOR = CitationContent(None, "", "Pengguna internet", "78,2 persen", 2022)

PARTS = (
    ("Struktur", ("Sumber daya manusia", "Anggaran", "Tata kelola")),
    ("Infrastruktur", ("Fisik", "Digital", "Sosial")),
    ("Suprastruktur", ("Kebijakan", "Kelembagaan", "Prosedur")),
)
STATE = (
    "Pegawai yang memahami data terpusat di dua perangkat daerah; kecamatan dan kelurahan masih "
    "mengandalkan pencatatan tangan."
)
SWOT = {
    "strength": ("Pusat perdagangan Sumatera Barat bagian utara", "Serat optik di semua kelurahan"),
    "weakness": ("Data antarperangkat daerah belum terpadu", "Ruang kota terbatas dan berbukit"),
    "opportunity": ("Jutaan wisatawan setiap tahun", "Diaspora Minang yang terhubung"),
    "threat": ("Gempa, longsor, dan abu gunung api", "Persaingan dengan pasar daring luar"),
}


def analysis() -> AnalysisContent:
    """Two documents and an indicator, cited by statements of every kind."""
    return AnalysisContent(
        sources=(
            SourceContent("rpjmd", "RPJMD Kota Bukittinggi 2021–2026", "3", 2021, ""),
            SourceContent("bps", "Bukittinggi dalam Angka", "", 2022, "https://bps.go.id"),
        ),
        vision=(RPJMD,),
        missions=tuple((RPJMD, STATISTICS) for _ in MISSIONS),
        goals=tuple(
            GoalContent(f"{mission}.{place}", text, "", "", None, None, None, (INDICATOR,))
            for mission, (_, goals) in enumerate(MISSIONS, start=1)
            for place, text in enumerate(goals, start=1)
        ),
        readiness=tuple(
            ReadinessContent(
                element.lower(), element, part.lower(), part, place % 5 + 1, STATE, STATE, (RPJMD,)
            )
            for element, parts in PARTS
            for place, part in enumerate(parts, start=len(element))
        ),
        gaps=tuple(
            GapContent(pillar.name, 1, STATE, STATE, STATE, STATE, (STATISTICS,))
            for pillar in sample_book().dimensions
        ),
        swot=tuple(
            SwotContent(f"{kind[0].upper()}{number}", kind, text, Decimal("0.15"), 3, (INDICATOR,))
            for kind, texts in SWOT.items()
            for number, text in enumerate(texts, start=1)
        ),
        strategies=tuple(
            StrategyContent(f"{kind.upper()}-1", kind, f"{STATE} ({kind})", points)
            for kind, points in (
                ("so", ("S1", "O1")),
                ("wo", ("W1", "O2")),
                ("st", ("S2", "T1")),
                ("wt", ("W2", "T2")),
            )
        ),
    )


def text(*runs: str | dict[str, Any]) -> list[dict[str, Any]]:
    """Runs of a text; a plain word has no marks."""
    return [{"text": run} if isinstance(run, str) else run for run in runs]


PROSE = (
    {
        "type": "paragraph",
        "content": text(
            "Kota Bukittinggi menata layanannya ",
            {"text": "bersama warga", "marks": ["bold", "italic"]},
            "; emisi CO",
            {"text": "2", "marks": ["sub"]},
            " dipantau pada ",
            {"text": "laman resmi", "link": "https://bukittinggikota.go.id"},
            ". " + STATE * 3,
        ),
    },
    {"type": "heading", "level": 1, "content": text("Maksud dan tujuan")},
    {
        "type": "list",
        "ordered": True,
        "items": [
            {"level": 1, "content": text("Menyatukan arah perangkat daerah")},
            {"level": 2, "content": text("Satu data")},
            {"level": 3, "content": text("Metadata baku")},
            {"level": 1, "content": text("Memberi dasar evaluasi tahunan")},
        ],
    },
    {"type": "heading", "level": 3, "content": text("Dasar hukum")},
    {"type": "quote", "content": text("Adat basandi syarak, syarak basandi Kitabullah.")},
    {
        "type": "table",
        "caption": "Penduduk menurut kecamatan",
        "header_rows": 1,
        "rows": [
            [text("Kecamatan"), text("Penduduk"), text("Keterangan")],
            *([text("Guguk Panjang"), text("46.123"), text(STATE)] for _ in range(3)),
        ],
    },
    {
        "type": "table",
        "caption": "Target tahunan",
        "header_rows": 2,
        "rows": [
            [text(f"Kolom {number}") for number in range(12)],
            [text(str(2012 + number)) for number in range(12)],
            *([text(f"{number * 17},5") for number in range(12)] for _ in range(4)),
        ],
    },
    {
        "type": "picture",
        "picture": "pic_" + "0" * 32,
        "caption": "Jam Gadang pada malam hari",
        "alternative": "Menara jam yang diterangi lampu",
    },
)


def data(source: str) -> dict[str, Any]:
    """A data block as a version holds it."""
    return {"type": "data", "source": source, "columns": [], "rows": []}


CHAPTERS: dict[int, tuple[str, dict[str, tuple[dict[str, Any], ...]]]] = {
    1: (
        "Analisis Strategis",
        {
            "Pendahuluan": PROSE,
            "Analisis kesiapan": (PROSE[0], data("readiness"), data("units")),
            "Analisis kesenjangan": (PROSE[0], data("gap")),
            "Visi pembangunan dan SWOT": (PROSE[0], data("swot"), data("vision")),
        },
    ),
    2: (
        "Masterplan",
        {
            "Pendahuluan": PROSE[:3],
            "Visi, misi, sasaran": (PROSE[0], data("vision")),
            "Strategi per dimensi": (PROSE[0], data("programmes")),
            "Rencana aksi": (PROSE[0], data("budgets"), PROSE[0]),
            "Peta jalan": (PROSE[0], data("roadmap")),
        },
    ),
    3: ("Executive Summary", {"Ringkasan": PROSE[:1], "Quick wins": (data("quick_wins"),)}),
}


def shelf() -> tuple[ShelfBook, ...]:
    """Three books with one section in each chapter."""
    return tuple(
        ShelfBook(
            number,
            name,
            tuple(
                ChapterContent(title, title, (SectionContent(title, title, blocks),))
                for title, blocks in chapters.items()
            ),
        )
        for number, (name, chapters) in CHAPTERS.items()
    )


def analysed_book(language: str = "id") -> BookContent:
    """The sample with its books and analysis, as a version of today holds them."""
    content = sample_book(language)
    return replace(content, books=shelf(), analysis=analysis(), format=FORMAT).sealed()
