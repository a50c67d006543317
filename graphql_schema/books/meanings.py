"""What the enums of books and of differences mean, by the names that clients see."""

from __future__ import annotations

from enum import Enum

from kotacerdas.word_diff import Kind
from tenants.masterplan.books.models import DraftKind, SectionState
from tenants.masterplan.comparing import Part
from tenants.masterplan.richtext.comparison import Change

BOOKS: dict[type[Enum], dict[str, str]] = {
    SectionState: {
        "EMPTY": "Nobody has written it.",
        "DRAFT": "Being written.",
        "READY": "Handed in; the planners check it.",
        "APPROVED": "The planners agreed; it changes no more until it is reopened.",
    },
    DraftKind: {
        "AUTOSAVE": "Kept while it was written.",
        "CONFLICT": "Sent after somebody else had changed the section.",
    },
    Change: {
        "ADDED": "In the latter alone.",
        "REMOVED": "In the former alone.",
        "CHANGED": "In both, and different.",
    },
    Part: {
        "STATEMENT": "Title, vision, missions and goals.",
        "ANALYSIS": "Indicators of goals, readiness, gaps, SWOT points and strategies.",
        "SECTION": "A section of a book.",
        "PROGRAMME": "What a unit will do for one pillar.",
    },
    Kind: {
        "KEPT": "In both texts.",
        "REMOVED": "In the former alone.",
        "ADDED": "In the latter alone.",
    },
}
