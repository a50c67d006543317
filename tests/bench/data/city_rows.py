"""What a city has before its first innovation: people, departments, participations, masterplans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from random import Random

from tests.bench.data import texts
from tests.bench.data.copying import EPOCH_MS, SPAN_MS, identity, line, moment
from tests.bench.data.shape import CityShape

COLUMNS = {
    "tenant": "id",
    "city": "id, region_code, slug, name, zone, unit_label, is_demo",
    "person": "id, name",
    "account": "person_id, email, language, active",
    "browser_session": "token_hash, person_id, created_at, seen_at",
    "unit": "tenant_id, id, name, short_name, kind, version",
    "membership": "tenant_id, id, person_id, role, unit_id",
    "participation": "tenant_id, id, cohort_id, stage, version, created_at",
    "masterplan": (
        "tenant_id, id, participation_id, title, period_start, period_end, vision, version"
    ),
    "programme": (
        "tenant_id, id, masterplan_id, dimension_id, lead_unit_id, code, permendagri_code, name,"
        " description, sub_dimension, activity, partners, place, indicator, indicator_unit,"
        " baseline, horizon, is_new, is_quick_win, sdgs, version"
    ),
}
"""Columns of each table, in the order in which the tables are written."""

READER, HEAD = "bappeda", "unit_head"
ROLES = ("city_admin", READER, HEAD, "expert", "expert", "unit_operator", "unit_operator")
CODES = ("GOV", "PEO", "MOB", "ECO", "LIV", "ENV")
PROGRAMMES, DEVIATION = 40, 12
Row = tuple[str, str]


@dataclass(frozen=True)
class National:
    """Ids of the six pillars and of three cohorts with their years, of the reference data."""

    pillars: list[str]
    cohorts: list[tuple[str, int]]


@dataclass(frozen=True)
class Cast:
    """A city's own ids: its people in the order of ROLES, its units, its participations."""

    people: list[str]
    units: list[str]
    participations: list[str]


def secret_of(tenant_id: int, role: str) -> str:
    """The secret of the session that somebody of the role has open, for the cookie."""
    return f"bench-{tenant_id}-{role}"


def session_line(tenant_id: int, role: str, person_id: str) -> str:
    """The row of that session."""
    token_hash = sha256(secret_of(tenant_id, role).encode()).hexdigest()
    return line(rf"\x{token_hash}", person_id, moment(EPOCH_MS), moment(EPOCH_MS))


def cast_of(shape: CityShape, national: National) -> Cast:
    """The ids of a city."""
    rng = shape.rng("cast")
    units = rng.randint(12, len(texts.UNITS))
    years = rng.choices((1, 2, 3), weights=(45, 35, 20))[0]
    moments = [EPOCH_MS + SPAN_MS * year // years for year in range(years)]
    assert years <= len(national.cohorts)
    return Cast(
        [identity(rng, EPOCH_MS) for _ in ROLES],
        [identity(rng, EPOCH_MS) for _ in range(units)],
        [identity(rng, each) for each in moments],
    )


def city_rows(shape: CityShape, cast: Cast, national: National) -> Iterator[Row]:
    """Yield (table, line)."""
    yield "tenant", line(shape.id)
    label = "PD"
    yield (
        "city",
        line(shape.id, shape.region_code, shape.slug, shape.name, shape.zone, label, False),
    )
    rng = shape.rng("city")
    chosen = [texts.UNITS[3], *(unit for unit in texts.UNITS if unit is not texts.UNITS[3])]
    for unit_id, (kind, name, short_name) in zip(cast.units, chosen, strict=False):
        yield "unit", line(shape.id, unit_id, name, short_name, kind, 1)
    yield from _people(shape, cast, rng)
    for number, participation_id in enumerate(cast.participations):
        yield from _participation(shape, cast, national, number, participation_id, rng)


def _people(shape: CityShape, cast: Cast, rng: Random) -> Iterator[Row]:
    for number, (role, person_id) in enumerate(zip(ROLES, cast.people, strict=True)):
        unit_id = cast.units[0] if role in (HEAD, "unit_operator") else None
        yield "person", line(person_id, texts.person_name(rng))
        yield "account", line(person_id, f"p{number}.kota{shape.id}@bench.example", "id", True)
        yield "membership", line(shape.id, identity(rng, EPOCH_MS), person_id, role, unit_id)
        if role in (READER, HEAD):
            yield "browser_session", session_line(shape.id, role, person_id)


def _participation(
    shape: CityShape,
    cast: Cast,
    national: National,
    number: int,
    participation_id: str,
    rng: Random,
) -> Iterator[Row]:
    cohort_id, year = national.cohorts[number]
    last = number == len(cast.participations) - 1
    stage = "mentored" if last else "implementing"
    begun = moment(EPOCH_MS + number * SPAN_MS // 3)
    yield "participation", line(shape.id, participation_id, cohort_id, stage, 1, begun)
    masterplan_id = identity(rng, EPOCH_MS)
    title = f"Masterplan Kota Cerdas {shape.name} {year + 1}–{year + 5}"
    vision = texts.paragraph(rng, 1)
    plan = (masterplan_id, participation_id, title, year + 1, year + 5, vision, 1)
    yield "masterplan", line(shape.id, *plan)
    count = max(12, min(90, round(rng.gauss(PROGRAMMES, DEVIATION))))
    for ordinal in range(count):
        yield "programme", _programme(shape, cast, national, masterplan_id, ordinal, rng)


def _programme(
    shape: CityShape,
    cast: Cast,
    national: National,
    masterplan_id: str,
    ordinal: int,
    rng: Random,
) -> str:
    pillar = ordinal % len(CODES)
    indicator, unit = rng.choice(texts.INDICATORS)
    return line(
        shape.id,
        identity(rng, EPOCH_MS),
        masterplan_id,
        national.pillars[pillar],
        rng.choice(cast.units),
        f"{CODES[pillar]}-{ordinal // len(CODES) + 1:02}",
        f"2.16.{rng.randint(1, 9):02}" if rng.random() < 0.7 else None,
        texts.title(rng),
        texts.paragraph(rng, 2),
        "",
        texts.paragraph(rng, 1),
        "Perguruan tinggi, bank daerah",
        "Seluruh kecamatan",
        indicator,
        unit,
        f"{rng.uniform(0, 90):.4f}" if rng.random() < 0.8 else None,
        rng.choices(("short", "medium", "long"), weights=(3, 5, 2))[0],
        rng.random() < 0.6,
        rng.random() < 0.2,
        "{" + ",".join(map(str, sorted(rng.sample(range(1, 18), rng.randint(0, 4))))) + "}",
        1,
    )
