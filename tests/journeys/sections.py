"""September: the sections of the books are written; in one of them two authors meet."""

from __future__ import annotations

from typing import Any

from tests.journeys.people import Answer
from tests.journeys.submitting import step
from tests.journeys.year import Year, section_texts


def writing(year: Year) -> None:
    """Bappeda writes every section; what the plan lacks afterwards is no section."""
    empty = shelves(year)
    lacking = [each for each in empty["completeness"]["items"] if each["path"][0] == "books"]
    found = sections_of(empty)
    assert {each["code"] for each in lacking} == {"SECTION_EMPTY"}
    assert len(lacking) == len(found) == len(section_texts())
    for text in section_texts():
        section = found[text.book, text.chapter]
        written = year["bappeda"].does("sectionUpdate", **step(section), body=text.body)
        assert written["state"] == "DRAFT", written
    meeting(year, found[1, "introduction"])
    approving(year)
    left = shelves(year)["completeness"]["items"]
    assert not [each for each in left if each["path"][0] == "books"], left


def approving(year: Year) -> None:
    """Bappeda hands every section in, the administrator approves it; neither skips a step."""
    bappeda, admin = year["bappeda"], year["admin"]
    for section in sections_of(shelves(year)).values():
        admin.is_refused("SECTION_WRONG_STATE", "sectionApprove", **step(section))
        ready = bappeda.does("sectionHandIn", **step(section))
        done = admin.does("sectionApprove", **step(ready))
        assert done["state"] == "APPROVED", done
        planners = [admin.email, bappeda.email]
        year.post.expects("section_ready", planners, title=section["title"])


def meeting(year: Year, before: Answer) -> None:
    """The administrator still had the empty section open: the late text is kept and discarded."""
    admin = year["admin"]
    late = {"blocks": [{"type": "paragraph", "content": "Terlambat."}]}
    admin.is_refused("STALE_VERSION", "sectionUpdate", **step(before), body=late)
    section = sections_of(shelves(year, "admin"))[1, "introduction"]
    (draft,) = section["myDrafts"]
    assert (draft["kind"], "Terlambat." in str(draft["body"])) == ("CONFLICT", True)
    assert sections_of(shelves(year))[1, "introduction"]["myDrafts"] == []
    admin.does("sectionDraftDiscard", draft_id=draft["id"])


def shelves(year: Year, reader: str = "bappeda") -> Answer:
    """The plan's books, and what it lacks."""
    found: Answer = year[reader].reads("shelves", id=year.plan["id"])["node"]
    return found


def sections_of(plan: Answer) -> dict[tuple[int, str], Any]:
    """The first section of each chapter, by book and chapter."""
    return {
        (book["number"], chapter["code"]): chapter["sections"][0]
        for book in plan["books"]
        for chapter in book["chapters"]
    }
