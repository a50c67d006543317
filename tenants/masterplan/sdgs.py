"""The sustainable development goals and their targets, as the reference file holds them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import orjson

FILE = Path(__file__).parent / "reference" / "sdgs.json"


@dataclass(frozen=True)
class SdgGoal:
    """One of the 17 goals (TPB) with the codes of its targets, such as 11.2 and 11.a."""

    number: int
    name: str
    name_en: str
    targets: tuple[str, ...]


def _read() -> dict[int, SdgGoal]:
    document = orjson.loads(FILE.read_bytes())
    return {
        each["number"]: SdgGoal(
            each["number"], each["name"]["id"], each["name"]["en"], tuple(each["targets"])
        )
        for each in document["goals"]
    }


GOALS = _read()
"""All goals by number."""

PLACES = {target: place for goal in GOALS.values() for place, target in enumerate(goal.targets)}
"""Every target's code and its place within its goal: 1.a follows 1.5."""


def goal_of(target: str) -> int:
    """Return the goal of a known target's code."""
    return int(target.partition(".")[0])


def in_order(targets: set[str]) -> list[str]:
    """Return known targets in the order of the United Nations' list."""
    return sorted(targets, key=lambda target: (goal_of(target), PLACES[target]))
