"""The way of a participation: which stages it went through, and on which days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tenants.cities.workflow import Stage
from tenants.demo.national.drawing import Seat

USUAL = (
    *(
        Stage.INVITED,
        Stage.ASSESSED,
        Stage.SELECTED,
        Stage.COMMITTED,
        Stage.INSTITUTED,
        Stage.MENTORED,
        Stage.PRESENTED,
    ),
    *(Stage.ACCEPTED, Stage.ADOPTED, Stage.IMPLEMENTING),
)
ASIDE = {
    Stage.NOT_SELECTED: Stage.ASSESSED,
    Stage.RESERVE: Stage.ASSESSED,
    Stage.REVISION: Stage.PRESENTED,
    Stage.WITHDRAWN: Stage.COMMITTED,
    Stage.NOT_FINISHED: Stage.INSTITUTED,
}
"""Stages beside the usual way, and after which one of it they were entered."""

DAYS = {
    Stage.INVITED: (3, 1),
    Stage.ASSESSED: (4, 11),
    Stage.SELECTED: (4, 20),
    Stage.COMMITTED: (5, 16),
    Stage.INSTITUTED: (6, 13),
    Stage.MENTORED: (9, 26),
    Stage.PRESENTED: (10, 20),
    Stage.ACCEPTED: (11, 21),
    Stage.ADOPTED: (12, 12),
    Stage.IMPLEMENTING: (12, 27),
}
"""Month and day of the cohort's year on which most cities come to a stage."""

SESSIONS = ((6, 20), (7, 18), (8, 22), (9, 19))
REVISED_SHARE = 0.4
SPREAD = 5


@dataclass(frozen=True)
class Way:
    """The steps that were taken, with their days, and the days of the workshops."""

    year: int
    steps: tuple[tuple[Stage, date], ...]
    sessions: tuple[date, ...] = field(default=())

    def reached(self, stage: Stage) -> bool:
        """Whether the participation has ever come to a stage."""
        return any(each is stage for each, _ in self.steps)

    def day(self, stage: Stage) -> date:
        """Return the day on which it came there first."""
        return next(day for each, day in self.steps if each is stage)


def way_of(seat: Seat, random: Random) -> Way:
    """Return the way that leads to the seat's stage, days a little apart from other cities'."""
    late = timedelta(days=random.randrange(SPREAD))
    until = ASIDE.get(seat.stage, seat.stage)
    steps = []
    for stage in USUAL[: USUAL.index(until) + 1]:
        month, day = DAYS[stage]
        steps.append((stage, date(seat.year, month, day) + late))
    if seat.stage in ASIDE:
        steps.append((seat.stage, steps[-1][1] + timedelta(days=8)))
    elif until in USUAL[USUAL.index(Stage.ACCEPTED) :] and random.random() < REVISED_SHARE:
        presented = dict(steps)[Stage.PRESENTED]
        revised = [(Stage.REVISION, 8), (Stage.PRESENTED, 18)]
        again = [(stage, presented + timedelta(days=days)) for stage, days in revised]
        steps[USUAL.index(Stage.ACCEPTED) : USUAL.index(Stage.ACCEPTED)] = again
    days = tuple(date(seat.year, month, day) + late for month, day in SESSIONS)
    return Way(seat.year, tuple(steps), days)
