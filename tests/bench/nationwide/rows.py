"""A nation at work in a scratch database, with words as frequent as in the demo's own texts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import psycopg

ROWS = Path(__file__).with_name("rows.sql")
TEXTS = Path("tenants/cities/reference/demo/bukittinggi")
FIELDS = ("problem", "solution", "benefit", "uniqueness", "partners", "replication")


def load(superuser_url: str) -> None:
    """Write the rows past the rules; the reference data are there already."""
    found = [
        innovation
        for path in sorted(TEXTS.glob("innovations_*.json"))
        for innovation in json.loads(path.read_text())["innovations"]
    ]
    texts = [innovation[field] for innovation in found for field in FIELDS]
    sentences = [each for text in texts for each in re.split(r"(?<=\.) ", text)]
    words = re.findall(r"[^\W\d]+", " ".join(innovation["name"] for innovation in found))
    with psycopg.connect(superuser_url) as connection:
        for table, rows in (("sentence", sentences), ("word", words)):
            connection.execute(f"create temp table {table} ({table} text)")
            with connection.cursor().copy(f"copy {table} from stdin") as copy:
                for row in rows:
                    copy.write_row([row])
        connection.execute(ROWS.read_text())
