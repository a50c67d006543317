"""Where a workbook keeps what: agreed between the writer and the reader."""

from __future__ import annotations

KEYS_ROW = 0
"""The hidden row of the columns' keys, from 0: it travels with columns that people move."""
TITLE_ROW, GUIDE_ROW, GROUP_ROW = 1, 2, 3
HEADING_ROWS = (4, 5)
"""Headings in the workbook's language and in the other."""
FIRST_ROW = 6
"""Where rows begin, from 0."""
ID_KEY = "id"
"""Key of the column that says which stored row a row is."""
HIDDEN_SHEET = "_kotacerdas"
"""What no person reads: facts, and what stood when the workbook was made."""
LISTS_SHEET = "_daftar"
FACTS = ("format", "kind", "city", "participation", "unit", "language", "made_at")
"""The first rows of the hidden sheet: a name and a value each."""
STANDING_ROW = 10
"""Where the hidden sheet lists rows, from 0: id, version, fingerprints in the order of the keys."""
