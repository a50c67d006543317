"""Innovations of a city, counted."""

from __future__ import annotations

from graphql_schema.editions.types import Dimension
from graphql_schema.reader.declaration import column, one, reads
from tenants.submissions.models import Innovation as InnovationRow
from tenants.submissions.workflow import InnovationState


@reads(InnovationRow, description="How many innovations are in a state.")
class InnovationStateCount:
    """How many innovations are in a state."""

    state: InnovationState = column("key", "State that they are in.")
    count: int = column("count", "How many.")


@reads(InnovationRow, description="How many innovations belong to a pillar.")
class InnovationDimensionCount:
    """How many innovations belong to a pillar."""

    dimension: Dimension = one("Dimension", "key", "Pillar.")
    count: int = column("count", "How many.")
