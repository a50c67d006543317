"""A city's innovations and their reviews in the order in which they came to be."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.bench.data import texts
from tests.bench.data.city_rows import Cast, National, Row
from tests.bench.data.copying import EPOCH_MS, SPAN_MS, identity, line, moment
from tests.bench.data.shape import CityShape

COLUMNS = {
    "innovation": (
        "tenant_id, id, participation_id, unit_id, dimension_id, state, revision, name, kind,"
        " maturity, problem, solution, benefit, uniqueness, partners, replication, sustainability,"
        " risks, resources, budget_rupiah, created_by, version, created_at, updated_at"
    ),
    "review": (
        "tenant_id, id, innovation_id, revision, reviewer_id, verdict, comment, closed_at, version,"
        " created_at, updated_at"
    ),
}
STATES = {
    "draft": (18, (0,)),
    "submitted": (12, (0, 0, 0, 1)),
    "endorsed": (8, (0, 0, 1)),
    "in_review": (10, (1, 1, 2, 3)),
    "returned": (7, (1, 2)),
    "accepted": (35, (2, 3, 4, 5, 6)),
    "rejected": (10, (1, 2, 3)),
}
"""Share of each state, and how many reviews its innovations may have."""

VERDICTS = {"accepted": "accepted", "rejected": "rejected"}
DAY_MS = 24 * 3600 * 1000
PARTS = 24
"""Parts in which a city's years are written, so that cities' rows lie mixed as in real life."""


def innovation_rows(shape: CityShape, cast: Cast, national: National, part: int) -> Iterator[Row]:
    """Yield (table, line) of the part of a city's innovations, 0 to PARTS - 1."""
    first, last = (shape.innovations * each // PARTS for each in (part, part + 1))
    rng = shape.rng("innovations", part)
    for number in range(first, last):
        share = (number + rng.random()) / shape.innovations
        yield from _innovation(shape, cast, national, share, rng)


def _innovation(
    shape: CityShape, cast: Cast, national: National, share: float, rng: Random
) -> Iterator[Row]:
    begun = EPOCH_MS + int(SPAN_MS * share)
    innovation_id = identity(rng, begun)
    weights = [weight for weight, _ in STATES.values()]
    state = rng.choices(list(STATES), weights=weights)[0]
    revision = 0 if state == "draft" else rng.choice((1, 1, 1, 2))
    reviews = rng.choice(STATES[state][1])
    yield (
        "innovation",
        line(
            shape.id,
            innovation_id,
            cast.participations[int(share * len(cast.participations))],
            rng.choice(cast.units),
            rng.choices(national.pillars, weights=(30, 14, 12, 18, 16, 10))[0],
            state,
            revision,
            texts.title(rng),
            rng.choice(("digital", "non_digital", "technology")),
            rng.choice(("idea", "trial", "applied")),
            *_paragraphs(rng),
            f"{rng.lognormvariate(18.5, 1.2):.2f}",
            cast.people[5 + rng.getrandbits(1)],
            1 + reviews + revision,
            moment(begun),
            moment(begun + rng.randint(0, 90) * DAY_MS),
        ),
    )
    for number in range(reviews):
        verdict = VERDICTS.get(state, "returned") if number == reviews - 1 else "returned"
        is_open = state == "in_review" and number == reviews - 1
        at = begun + (10 + 14 * number) * DAY_MS
        given = None if is_open else verdict
        yield "review", _review(shape, cast, innovation_id, revision, at, given, rng)


def _paragraphs(rng: Random) -> list[str]:
    return [
        texts.paragraph(rng, 2),
        texts.paragraph(rng, 3),
        texts.paragraph(rng, 2),
        texts.paragraph(rng, 1),
        rng.choice(texts.MEANS),
        texts.paragraph(rng, 1),
        texts.paragraph(rng, 1),
        texts.paragraph(rng, 1) if rng.random() < 0.6 else "",
        rng.choice(texts.MEANS) if rng.random() < 0.5 else "",
    ]


def _review(
    shape: CityShape,
    cast: Cast,
    innovation_id: str,
    revision: int,
    at: int,
    verdict: str | None,
    rng: Random,
) -> str:
    return line(
        shape.id,
        identity(rng, at),
        innovation_id,
        max(1, revision),
        cast.people[3 + rng.getrandbits(1)],
        verdict,
        rng.choice(texts.COMMENTS) if verdict else "",
        moment(at + 5 * DAY_MS) if verdict else None,
        1 if verdict is None else 2,
        moment(at),
        moment(at + 5 * DAY_MS),
    )
