"""Reading a plan's books as content, each data block written out from the plan itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from tenants.masterplan import analysis_tables
from tenants.masterplan.analysis_tables import Table
from tenants.masterplan.books.models import Book, Chapter, Section
from tenants.masterplan.content import BookContent, ProgrammeContent
from tenants.masterplan.models import Masterplan
from tenants.masterplan.richtext.grammar import DataSource
from tenants.masterplan.shelf_content import ChapterContent, SectionContent, ShelfBook

HORIZONS = {"short": "1 tahun", "medium": "5 tahun", "long": "10 tahun"}


def with_books(session: Session, plan: Masterplan, content: BookContent) -> BookContent:
    """Return the content with the plan's books, read by one statement."""
    rows = session.execute(
        select(Book.number, Book.name, Chapter.code, Chapter.name.label("chapter"), Section)
        .join(Chapter, (Chapter.tenant_id == Book.tenant_id) & (Chapter.book_id == Book.id))
        .join(Section, Section.chapter_id == Chapter.id)
        .where(Book.tenant_id == plan.tenant_id, Chapter.tenant_id == plan.tenant_id)
        .where(Section.tenant_id == plan.tenant_id, Book.masterplan_id == plan.id)
        .order_by(Book.number, Chapter.ordinal, Section.ordinal, Section.id)
    ).all()
    books = tuple(
        ShelfBook(number, name, tuple(_chapters(list(inside), content)))
        for (number, name), inside in groupby(rows, key=lambda row: (row.number, row.name))
    )
    return replace(content, books=books)


def _chapters(rows: list[Row[*tuple[Any, ...]]], content: BookContent) -> Iterator[ChapterContent]:
    for (code, name), inside in groupby(rows, key=lambda row: (row.code, row.chapter)):
        sections = tuple(_section(row.Section, content) for row in inside)
        yield ChapterContent(code, name, sections)


def _section(section: Section, content: BookContent) -> SectionContent:
    blocks = tuple(_written_out(each, content) for each in section.body["blocks"])
    return SectionContent(str(section.id), section.title, blocks)


def _written_out(block: dict[str, Any], content: BookContent) -> dict[str, Any]:
    if block["type"] != "data":
        return block
    columns, rows = TABLES[DataSource(block["source"])](content)
    return {**block, "columns": columns, "rows": rows}


def _programmes(content: BookContent) -> Table:
    rows = [
        [each.code, each.name, pillar.name, each.lead_unit, HORIZONS[each.horizon]]
        for pillar in content.dimensions
        for each in pillar.programmes
    ]
    return ["Kode", "Program", "Pilar", "Penanggung jawab", "Jangka"], rows


def _quick_wins(content: BookContent) -> Table:
    rows = [
        [each.code, each.name, each.lead_unit, each.indicator, _target(each)]
        for each in _all(content)
        if each.is_quick_win
    ]
    return ["Kode", "Program", "Penanggung jawab", "Indikator", "Target"], rows


def _roadmap(content: BookContent) -> Table:
    rows = [
        [label, each.code, each.name, pillar.name]
        for horizon, label in HORIZONS.items()
        for pillar in content.dimensions
        for each in pillar.programmes
        if each.horizon == horizon
    ]
    return ["Jangka", "Kode", "Program", "Pilar"], rows


def _budgets(content: BookContent) -> Table:
    years = list(content.years)
    rows = []
    for pillar in content.dimensions:
        lines = [line for each in pillar.programmes for line in each.budgets]
        sums = [_sum(line.amount_rupiah for line in lines if line.year == y) for y in years]
        rows.append([pillar.name, *(format(amount, "f") for amount in [*sums, _sum(sums)])])
    return ["Pilar", *map(str, years), "Jumlah (Rp)"], rows


def _units(content: BookContent) -> Table:
    led: dict[str, list[str]] = {}
    for each in _all(content):
        led.setdefault(each.lead_unit, []).append(each.code)
    return ["Perangkat daerah", "Program"], [
        [unit, ", ".join(codes)] for unit, codes in sorted(led.items())
    ]


def _target(programme: ProgrammeContent) -> str:
    if not programme.targets:
        return ""
    last = programme.targets[-1]
    return f"{last.value} {programme.indicator_unit} ({last.year})"


def _all(content: BookContent) -> Iterator[ProgrammeContent]:
    for pillar in content.dimensions:
        yield from pillar.programmes


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


TABLES: dict[DataSource, Callable[[BookContent], Table]] = {
    DataSource.PROGRAMMES: _programmes,
    DataSource.BUDGETS: _budgets,
    DataSource.READINESS: analysis_tables.readiness,
    DataSource.GAP: analysis_tables.gaps,
    DataSource.SWOT: analysis_tables.swot,
    DataSource.ROADMAP: _roadmap,
    DataSource.QUICK_WINS: _quick_wins,
    DataSource.UNITS: _units,
    DataSource.VISION: analysis_tables.vision,
}
"""How each data block reads at the moment of freezing."""
