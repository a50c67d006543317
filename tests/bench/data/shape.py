"""How much each city has: skewed as in real life, the same at every run."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random

from tenants.cities.reference import FOLDER
from tenants.cities.registration import slug_of

SEED = 20221031
SKEW = 0.9
"""Sigma of the log-normal weights: the largest city has about twelve times the mean."""


@dataclass(frozen=True)
class CityShape:
    """One made-up city: a region of the register and how much it has."""

    id: int
    region_code: str
    slug: str
    name: str
    zone: str
    innovations: int

    def rng(self, *purpose: object) -> Random:
        """A source of chance of the city's own, which nothing else of the bench draws from."""
        return Random(f"{SEED}/{self.id}/{purpose}")


@dataclass(frozen=True)
class Size:
    """How large the made-up nation is; `cities` are the first of the register."""

    innovations: int = 100_000
    cities: int = 514

    def __str__(self) -> str:
        return f"{self.innovations}-in-{self.cities}"


def cities(size: Size) -> list[CityShape]:
    """The cities that together have about so many innovations, each at least one."""
    rng = Random(SEED)
    regions = list(islice(_regions(), size.cities))
    weights = [rng.lognormvariate(0, SKEW) for _ in regions]
    whole = sum(weights)
    return [
        CityShape(
            number,
            region["kemendagri_code"],
            slug_of(region["name"]),
            region["name"],
            region["timezone"],
            max(1, round(size.innovations * weight / whole)),
        )
        for number, (region, weight) in enumerate(zip(regions, weights, strict=True), start=1)
    ]


def _regions() -> Iterator[dict[str, str]]:
    with (FOLDER / "regions.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
