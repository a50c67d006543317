"""The verdict on a participation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import strawberry
from sqlalchemy import case

from graphql_schema.cities.types import City
from graphql_schema.node import Node
from graphql_schema.reader.declaration import column, computed, key, one, reads
from tenants.assessment import models as rows


@reads(rows.SelectionVerdict, "vdt", description="What the ministry decided on a participation.")
class SelectionVerdict(Node):
    """What the ministry decided on a participation last, and by which letter."""

    id: strawberry.ID = key()
    city: City = one("City", rows.SelectionVerdict.tenant_id, "City that it is about.")
    verdict: rows.VerdictKind = column(rows.SelectionVerdict.verdict, "What was decided.")
    letter_number: str = column(rows.SelectionVerdict.letter_number, "Number of the letter.")
    letter_date: date = column(rows.SelectionVerdict.letter_date, "Date of the letter.")
    reserve_rank: int | None = column(
        rows.SelectionVerdict.reserve_rank, "Place in the reserve list; null outside of it."
    )
    is_published: bool = column(
        rows.SelectionVerdict.is_published, "Whether the ministry shows the city its score."
    )
    score: Decimal | None = computed(
        lambda row, _asking: case((row.c.is_published, row.c.score)),
        "Mean of the assessors' scores, 0 to 100, on the day of the letter; null until published.",
    )
    place: int | None = computed(
        lambda row, _asking: case((row.c.is_published, row.c.place)),
        "Place in the cohort on the day of the letter; null until published.",
    )
