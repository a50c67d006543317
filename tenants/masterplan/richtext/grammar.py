"""What a section's text may hold. The tree is flat on purpose: nothing can be nested endlessly.

A body is `{"blocks": [block, ...]}`. Each block has a `type`, and an `id` that it keeps through all
changes, so that remarks can point at it:

    paragraph, quote   content
    heading            level 1 to 3, content
    list               ordered, items: [{level 1 to 3, content}]
    table              caption, header_rows, rows: [[content, ...], ...]
    picture            picture (id of an uploaded one), caption, alternative
    data               source: what the plan itself holds, written out when it is frozen

`content` is a list of runs `{text, marks?, link?}`; a plain text stands for one run.
"""

from __future__ import annotations

from enum import StrEnum

KIB = 1024
MOST_BYTES = 64 * KIB
"""Of a whole body as compact JSON in UTF-8."""
MOST_BLOCKS = 500
MOST_NODES = 6_000
"""Blocks, items, cells and runs together."""
MOST_COLUMNS = 20
MOST_ROWS = 500
MOST_HEADERS = 3
DEEPEST_LIST = 3
DEEPEST_HEADING = 3
LONGEST_RUN = 10_000
MOST_FAULTS = 50
"""After these, checking stops: nobody reads more."""
LINK_SCHEMES = ("http", "https", "mailto")


class Mark(StrEnum):
    """How a run is set."""

    BOLD = "bold"
    ITALIC = "italic"
    SUBSCRIPT = "sub"
    SUPERSCRIPT = "sup"
    UNDERLINE = "underline"


class DataSource(StrEnum):
    """What of the plan a data block shows."""

    PROGRAMMES = "programmes"
    BUDGETS = "budgets"
    READINESS = "readiness"
    GAP = "gap"
    SWOT = "swot"
    ROADMAP = "roadmap"
    QUICK_WINS = "quick_wins"
    UNITS = "units"
    VISION = "vision"
