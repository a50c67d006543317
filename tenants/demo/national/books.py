"""The books of a plan: chapters as the guide has them, each with one written section."""

from __future__ import annotations

from datetime import date
from random import Random
from uuid import UUID

from tenants.cities.workflow import Stage
from tenants.demo.national import words
from tenants.demo.national.calendar import Way
from tenants.demo.national.nation import Guide, Place
from tenants.demo.national.people import Staff
from tenants.demo.national.plans import Plan
from tenants.demo.national.rows import Rows, moment
from tenants.editions import rules
from tenants.masterplan.books.models import Book, Chapter, Section, SectionRevision, SectionState
from tenants.masterplan.richtext.body import EMPTY, Body, checked
from tenants.masterplan.richtext.words import word_count

SENTENCES = 4
"""Enough for what the guides ask of a section."""


def write_books(rows: Rows, way: Way, guide: Guide, place: Place, staff: Staff, plan: Plan) -> None:
    """Add all books; before the presentation some sections are unfinished, after it none."""
    random = rows.random(f"books {way.year}")
    for template in guide.rules.books:
        names = {"name": template.name.id, "name_en": template.name.en}
        book_id = rows.new(Book, masterplan_id=plan.id, number=template.number, **names)
        for ordinal, each in enumerate(template.chapters, start=1):
            chapter_id = _chapter(rows, book_id, ordinal, each)
            state = _state(way, random)
            body = EMPTY if state is SectionState.EMPTY else _body(random, place, each)
            _section(rows, chapter_id, each, state, body, staff.planner, way.sessions[-1])


def _state(way: Way, random: Random) -> SectionState:
    if way.reached(Stage.PRESENTED):
        return SectionState.APPROVED
    return random.choice(list(SectionState))


def _chapter(rows: Rows, book_id: UUID, ordinal: int, template: rules.Chapter) -> UUID:
    guidance = template.guidance
    return rows.new(
        Chapter,
        book_id=book_id,
        ordinal=ordinal,
        code=template.code,
        name=template.name.id,
        name_en=template.name.en,
        guidance=guidance.id if guidance else "",
        guidance_en=guidance.en if guidance else "",
        sources=[each.id for each in template.sources],
        sources_en=[each.en for each in template.sources],
        minimum_words=template.minimum_words,
    )


def _body(random: Random, place: Place, template: rules.Chapter) -> Body:
    about = f"Contoh: {template.name.id} untuk {place.name}."
    text = words.paragraph(random, SENTENCES)
    paragraphs = [{"type": "paragraph", "content": each} for each in (about, text)]
    return checked({"blocks": paragraphs})


def _section(
    rows: Rows,
    chapter_id: UUID,
    template: rules.Chapter,
    state: SectionState,
    body: Body,
    writer: UUID,
    day: date,
) -> None:
    is_empty = state is SectionState.EMPTY
    text = {"title": template.name.id, "body": body, "words": word_count(body)}
    edited = {"edited_by": None if is_empty else writer}
    section_id = rows.new(
        Section,
        chapter_id=chapter_id,
        ordinal=1,
        **text,
        state=state,
        revision=0 if is_empty else 1,
        **edited,
        edited_at=None if is_empty else moment(day),
    )
    if not is_empty:
        facts = {"number": 1, "section_version": 1, **text, **edited}
        rows.new(SectionRevision, section_id=section_id, **facts)
