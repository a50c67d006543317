"""What the CHANGELOG says of releases, and of breaking changes: `[breaking] Type.field: ...`."""

from __future__ import annotations

import re
from pathlib import Path

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
HEADER = re.compile(r"^## \[(?P<version>[^\]]+)\](?: - (?P<date>.+))?$", re.MULTILINE)
LABEL = re.compile(r"\[breaking\]\W+(@?\w+(?:\.\w+)?(?:\(\w+:\))?)", re.IGNORECASE)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def labels(changelog: str) -> frozenset[str]:
    """Return the coordinates that the part above the last release labels as breaking."""
    released = next((each for each in HEADER.finditer(changelog) if _released(each)), None)
    unreleased = changelog[: released.start()] if released else changelog
    return frozenset(LABEL.findall(unreleased))


def last_release(changelog: str) -> tuple[str, str] | None:
    """Return version and day of the newest released version, or None before the first."""
    found = next((each for each in HEADER.finditer(changelog) if _released(each)), None)
    return (found["version"], found["date"]) if found else None


def _released(header: re.Match[str]) -> bool:
    return bool(DAY.fullmatch(header["date"] or ""))
