"""What every part of the bench is given, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.data.shape import Size
from tests.bench.data.store import FOLDER
from tests.bench.goals import Goal
from tests.bench.rounds import Sample


@dataclass(frozen=True)
class Plan:
    """What is measured, how often and for how long."""

    operations: tuple[str, ...]
    contenders: tuple[str, ...]
    rounds: int
    seconds: float
    size: Size
    tell: Callable[[str], None] = field(default=lambda _text: None)
    logs: Path = FOLDER / "logs"
    files: Path = FOLDER / "requests"

    def prepare(self) -> None:
        """Make the folders for logs and requests."""
        for folder in (self.logs, self.files):
            folder.mkdir(parents=True, exist_ok=True)


@dataclass(frozen=True)
class Outcome:
    """What a part has found: lines for people, goals, and every single sample."""

    lines: list[str]
    goals: list[Goal]
    samples: list[Sample] = field(default_factory=list)


def outcome(
    goals: Iterable[Goal], lines: Iterable[str] = (), samples: Iterable[Sample] = ()
) -> Outcome:
    """Gather what a part has found."""
    return Outcome(list(lines), list(goals), list(samples))
