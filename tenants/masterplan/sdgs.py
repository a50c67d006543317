"""The sustainable development goals and their targets, as the reference file holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from kotacerdas.errors import DomainError

FILE = Path(__file__).parent / "reference" / "sdgs.json"
SHOWN = 40


class SdgUnknown(DomainError):
    """A number that is no sustainable development goal."""

    code = "SDG_UNKNOWN"
    id = "Tujuan TPB/SDGs {number} tidak ada. Pilih 1 sampai 17."
    en = "There is no sustainable development goal {number}. Choose 1 to 17."


class SdgTargetUnknown(DomainError):
    """A code that is no target of the sustainable development goals."""

    code = "SDG_TARGET_UNKNOWN"
    id = "Target TPB/SDGs “{target}” tidak ada. Tulis seperti 11.2 atau 11.a{choices_id}."
    en = "There is no sustainable development target “{target}”. Write it like 11.2{choices_en}."


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


def sdg_faults(goals: Iterable[int], targets: Iterable[str]) -> Iterator[DomainError]:
    """Yield each number that is no goal, and each code that is no target."""
    for place, number in enumerate(goals):
        if number not in GOALS:
            yield SdgUnknown(path=("sdgs", str(place)), number=number)
    for place, target in enumerate(targets):
        if target not in PLACES:
            yield _unknown_target(target, ("sdgTargets", str(place)))


def _unknown_target(target: str, path: tuple[str, ...]) -> SdgTargetUnknown:
    """Say which targets the goal has, where the goal at least is known."""
    goal, _, _ = target.partition(".")
    known = GOALS.get(int(goal)) if goal.isascii() and goal.isdigit() and len(goal) < 3 else None
    among = f"{known.targets[0]}–{known.targets[-1]}" if known else ""
    return SdgTargetUnknown(
        path=path,
        target=target[:SHOWN],
        choices_id=f"; tujuan {goal} punya {among}" if known else "",
        choices_en=f"; goal {goal} has {among}" if known else "",
    )
