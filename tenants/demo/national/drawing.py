"""Who takes part: the publicly named cities, and drawn ones up to each cohort's quota."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tenants.cities.queries import COUNTED
from tenants.cities.workflow import Stage
from tenants.demo.national.nation import Nation, Year
from tenants.demo.national.rows import SEED

PLAYED = {"13.75": 2022, "13.77": 2022}
"""Bukittinggi and Pariaman, who play their year by the rules."""

DRAWN_STAGES = (
    *(
        Stage.INVITED,
        Stage.INVITED,
        Stage.ASSESSED,
        Stage.ASSESSED,
        Stage.NOT_SELECTED,
        Stage.RESERVE,
        Stage.RESERVE,
    ),
    *(
        Stage.SELECTED,
        Stage.SELECTED,
        Stage.COMMITTED,
        Stage.COMMITTED,
        Stage.INSTITUTED,
        Stage.INSTITUTED,
        Stage.INSTITUTED,
    ),
    *(
        Stage.MENTORED,
        Stage.MENTORED,
        Stage.MENTORED,
        Stage.PRESENTED,
        Stage.PRESENTED,
        Stage.PRESENTED,
    ),
    *(
        Stage.REVISION,
        Stage.REVISION,
        Stage.REVISION,
        Stage.ACCEPTED,
        Stage.ACCEPTED,
        Stage.ACCEPTED,
        Stage.ADOPTED,
        Stage.ADOPTED,
    ),
    *(Stage.WITHDRAWN, Stage.NOT_FINISHED),
)
"""Where the last cohort's drawn cities stand, each stage of the process among them.

Real participations are never shown as unfinished: what became of them is not known.
"""


@dataclass(frozen=True)
class Seat:
    """A city's place in a cohort; a `drawn` one is nobody's real participation."""

    region_code: str
    year: int
    stage: Stage
    drawn: bool


def draw(nation: Nation) -> list[Seat]:
    """Fill every counted cohort up to its quota, with as many repeats as it had."""
    random = Random(f"{SEED}/draw")  # noqa: S311  (a demo, no secret)
    free = _free(nation)
    random.shuffle(free)
    before: set[str] = set()
    seats: list[Seat] = []
    first, last = COUNTED
    for year in nation.years:
        if first <= year.year <= last:
            chosen = list(_chosen(year, before, free, random))
            before.update(chosen)
            seats += _seats(year, chosen, random, last=year.year == last)
    return seats


def _free(nation: Nation) -> list[str]:
    """Regions that may be drawn: named in no cohort, and with a head of their own."""
    named = {code for year in nation.years for code in year.named}
    return [
        place.code
        for place in nation.places.values()
        if place.code not in named and not place.kind.endswith("ADMINISTRASI")
    ]


def _chosen(year: Year, before: set[str], free: list[str], random: Random) -> Iterator[str]:
    played = {code for code, played_in in PLAYED.items() if played_in == year.year}
    known = sorted(year.named | played)
    yield from known
    repeated = max(0, year.repeats - len(before & year.named))
    yield from random.sample(sorted(before - year.named), repeated)
    wanted = year.quota - len(known) - repeated
    fresh = [code for code in free if code not in before and code not in PLAYED][:wanted]
    yield from fresh


def _seats(year: Year, chosen: list[str], random: Random, *, last: bool) -> Iterator[Seat]:
    stages = iter(DRAWN_STAGES if last else ())
    for code in chosen:
        drawn = code not in year.named
        usual = Stage.IMPLEMENTING if random.random() < 0.9 else Stage.ADOPTED
        stage = next(stages, usual) if drawn and code not in PLAYED else usual
        yield Seat(code, year.year, stage, drawn)
