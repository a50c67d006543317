"""An edition of the tests' own and a cohort that follows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import randrange
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from kotacerdas.database import Database
from kotacerdas.scope import NATION, Door, Scope
from tenants.editions.models import Cohort, Dimension, GuideEdition, SubDimension

PILLARS = ("government", "people", "mobility", "living", "economy", "environment")
UNDIVIDED: Mapping[str, Mapping[str, str]] = {}
RULES = {
    "readiness": [
        {
            "code": element,
            "name": {"id": element.title(), "en": element.title()},
            "parts": [{"code": part, "name": {"id": part.title(), "en": part}} for part in parts],
        }
        for element, parts in {
            "structure": ("people", "budget"),
            "infrastructure": ("digital",),
        }.items()
    ]
}
"""Two elements of readiness with three parts."""


@dataclass(frozen=True)
class Cohorts:
    """An edition with the six pillars and a cohort that follows it."""

    cohort_id: UUID
    pillars: dict[str, UUID]
    parts: dict[str, UUID]


def make_cohort(
    database: Database,
    rules: dict[str, Any] | None = None,
    parts: Mapping[str, Mapping[str, str]] = UNDIVIDED,
) -> Cohorts:
    """Make an edition and a cohort of their own; the year is no year, so it meets no other."""
    mark = randrange(100_000, 2**31)
    edition = GuideEdition(
        id=uuid7(), code=f"uji-{mark}", name="Enam Pilar Uji", rules=rules or RULES
    )
    pillars = [
        Dimension(
            id=uuid7(),
            edition_id=edition.id,
            code=code,
            ordinal=ordinal,
            name=f"Smart {code.title()}",
            name_en=f"Smart {code.title()}",
            description=f"Pilar {code}.",
        )
        for ordinal, code in enumerate(PILLARS, start=1)
    ]
    cohort = Cohort(id=uuid7(), year=mark, quota=50, edition_id=edition.id, source="uji")
    divided = _parts(pillars, parts)
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        session.add(edition)
        session.flush()
        session.add_all(pillars)
        session.flush()  # its parts refer to a pillar
        session.add_all(divided)
        session.flush()  # a cohort closes the edition
        session.add(cohort)
    return Cohorts(
        cohort.id,
        {pillar.code: pillar.id for pillar in pillars},
        {part.code: part.id for part in divided},
    )


def _parts(pillars: list[Dimension], parts: Mapping[str, Mapping[str, str]]) -> list[SubDimension]:
    return [
        SubDimension(
            id=uuid7(),
            dimension_id=pillar.id,
            code=code,
            ordinal=ordinal,
            name=name,
            name_en=code.title(),
        )
        for pillar in pillars
        for ordinal, (code, name) in enumerate(parts.get(pillar.code, {}).items(), start=1)
    ]
