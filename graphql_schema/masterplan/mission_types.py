"""Missions of a masterplan and their goals."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from graphql_schema.cities.types import City
from graphql_schema.masterplan.analysis.types import Citation, citations_about
from graphql_schema.node import Node
from graphql_schema.reader.declaration import column, key, listed, one, reads
from graphql_schema.reader.grouping import rows_of
from tenants.masterplan import models as rows
from tenants.masterplan.analysis.models import StatementKind


@reads(rows.Goal, "gol", description="What a mission wants to reach (sasaran).")
class Goal(Node):
    """What a mission wants to reach (sasaran)."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Goal.tenant_id, "City that set it.")
    ordinal: int = column(rows.Goal.ordinal, "Place within the mission, from 1.")
    text: str = column(rows.Goal.text, "Its words.")
    indicator: str = column(rows.Goal.indicator, "What shows that it is reached.")
    indicator_unit: str = column(rows.Goal.indicator_unit, "Unit of the indicator.")
    baseline: Decimal | None = column(rows.Goal.baseline, "Value before the plan.")
    target: Decimal | None = column(rows.Goal.target, "Value to be reached.")
    target_year: int | None = column(rows.Goal.target_year, "Year by which it is reached.")
    citations: list[Citation] = listed(
        "Citation", citations_about(StatementKind.GOAL), "What it rests on, in order."
    )
    version: int = column(rows.Goal.version, "Version for `expectedVersion`.")


@reads(rows.Mission, "mis", description="A mission of the plan.")
class Mission(Node):
    """A mission of the plan."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Mission.tenant_id, "City that wrote it.")
    ordinal: int = column(rows.Mission.ordinal, "Place within the plan, from 1.")
    text: str = column(rows.Mission.text, "Its words.")
    goals: list[Goal] = listed(
        "Goal", rows_of(rows.Goal, "mission_id", "ordinal"), "What it wants to reach, in order."
    )
    citations: list[Citation] = listed(
        "Citation", citations_about(StatementKind.MISSION), "What it rests on, in order."
    )
    version: int = column(rows.Mission.version, "Version for `expectedVersion`.")
