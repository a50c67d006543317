"""Inputs of the analysis's mutations."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import strawberry

from graphql_schema.inputs import given, replaced, uuid_of, within
from graphql_schema.mutating import Change, Creation
from tenants.masterplan.analysis.citations import CitationLine
from tenants.masterplan.analysis.models import SourceKind, StrategyKind, SwotKind


def maybe(description: str) -> Any:
    """A field that may be absent."""
    return strawberry.field(default=None, description=description)


@strawberry.input(description="A page of a document, or an indicator's value; one of the two.")
class CitationInput:
    """A page of a document, or an indicator's value; one of the two."""

    source_document_id: strawberry.ID | None = maybe("Document; absent for an indicator.")
    page: str = strawberry.field(default="", description="Page or chapter of the document.")
    indicator: str = strawberry.field(default="", description="Name of the indicator.")
    value: str = strawberry.field(default="", description="The indicator's value.")
    year: int | None = maybe("Year of the indicator's value.")


def citation_lines(citations: list[CitationInput], *path: str) -> list[CitationLine]:
    """The citations in the rule's form."""
    lines = []
    for place, each in enumerate(citations):
        with within(*(path or ("citations",)), str(place)):
            source = each.source_document_id
            document = uuid_of(source, "src", "sourceDocumentId") if source else None
        lines.append(CitationLine(document, each.page, each.indicator, each.value, each.year))
    return lines


class Fields:
    """An input whose `Maybe` fields go to the rule by name; absent ones are left out."""

    def values(self) -> Any:
        """The fields that were sent, in the rule's form."""
        sent = {
            name: each for name, each in vars(self).items() if isinstance(each, strawberry.Some)
        }
        fields = given(**sent)
        replaced(fields, "citations", citation_lines)
        replaced(fields, "point_ids", _points)
        return fields


def _points(ids: list[str]) -> list[Any]:
    points = []
    for place, text in enumerate(ids):
        with within("pointIds"):
            points.append(uuid_of(text, "swp", str(place)))
    return points


@strawberry.input(description="Fields of a source document; absent ones stay or are empty.")
class SourceFieldsInput(Fields):
    """Fields of a source document; absent ones stay or are empty."""

    kind: strawberry.Maybe[SourceKind] = maybe("Kind of document.")
    title: strawberry.Maybe[str] = maybe("Title on its cover.")
    number: strawberry.Maybe[str] = maybe("Number that it bears.")
    year: strawberry.Maybe[int | None] = maybe("Year that it bears; null for none.")
    link: strawberry.Maybe[str | None] = maybe("Where it can be read; null for nowhere.")


@strawberry.input(description="A document that the city's statements can cite.")
class SourceDocumentCreateInput(SourceFieldsInput, Creation):
    """A document that the city's statements can cite."""

    city_id: strawberry.ID = strawberry.field(description="City that plans from it.")


@strawberry.input(description="Corrections of a source document; absent fields stay.")
class SourceDocumentUpdateInput(SourceFieldsInput, Change):
    """Corrections of a source document; absent fields stay."""


@strawberry.input(description="Something that is left out again.")
class RemovalInput(Change):
    """Something that is left out again."""


@strawberry.input(description="Fields of an assessment; absent ones stay or are empty.")
class ReadinessFieldsInput(Fields):
    """Fields of an assessment; absent ones stay or are empty."""

    score: strawberry.Maybe[int | None] = maybe("Score on the edition's scale; null for none.")
    statement: strawberry.Maybe[str] = maybe("What the state is.")
    evidence: strawberry.Maybe[str] = maybe("What shows it.")
    citations: strawberry.Maybe[list[CitationInput]] = maybe("What it rests on; all of them.")


@strawberry.input(description="An assessment of one part of readiness.")
class ReadinessCreateInput(ReadinessFieldsInput, Creation):
    """An assessment of one part of readiness."""

    masterplan_id: strawberry.ID = strawberry.field(description="The plan.")
    element: str = strawberry.field(description="Code of the edition's element.")
    part: str = strawberry.field(description="Code of the part within it.")


@strawberry.input(description="Changes of an assessment; absent fields stay.")
class ReadinessUpdateInput(ReadinessFieldsInput, Change):
    """Changes of an assessment; absent fields stay."""


@strawberry.input(description="Fields of a gap; absent ones stay or are empty.")
class GapFieldsInput(Fields):
    """Fields of a gap; absent ones stay or are empty."""

    present: strawberry.Maybe[str] = maybe("The present state.")
    wanted: strawberry.Maybe[str] = maybe("The wanted state.")
    gap: strawberry.Maybe[str] = maybe("What lies between them.")
    action: strawberry.Maybe[str] = maybe("What closes it.")
    citations: strawberry.Maybe[list[CitationInput]] = maybe("What it rests on; all of them.")


@strawberry.input(description="A gap of one pillar.")
class GapCreateInput(GapFieldsInput, Creation):
    """A gap of one pillar."""

    masterplan_id: strawberry.ID = strawberry.field(description="The plan.")
    dimension_id: strawberry.ID = strawberry.field(description="Pillar of the cohort's edition.")


@strawberry.input(description="Changes of a gap; absent fields stay.")
class GapUpdateInput(GapFieldsInput, Change):
    """Changes of a gap; absent fields stay."""


@strawberry.input(description="Fields of a SWOT point; absent ones stay or are empty.")
class SwotPointFieldsInput(Fields):
    """Fields of a SWOT point; absent ones stay or are empty."""

    text: strawberry.Maybe[str] = maybe("Its words.")
    weight: strawberry.Maybe[Decimal | None] = maybe("Weight, 0 to 1; null for none.")
    rating: strawberry.Maybe[int | None] = maybe("Rating, 1 to 4; null for none.")
    citations: strawberry.Maybe[list[CitationInput]] = maybe("What it rests on; all of them.")


@strawberry.input(description="A strength, weakness, opportunity or threat.")
class SwotPointCreateInput(SwotPointFieldsInput, Creation):
    """A strength, weakness, opportunity or threat."""

    masterplan_id: strawberry.ID = strawberry.field(description="The plan.")
    kind: SwotKind = strawberry.field(description="Which side it is on.")


@strawberry.input(description="Changes of a SWOT point; absent fields stay.")
class SwotPointUpdateInput(SwotPointFieldsInput, Change):
    """Changes of a SWOT point; absent fields stay."""


@strawberry.input(description="Fields of a strategy; absent ones stay.")
class SwotStrategyFieldsInput(Fields):
    """Fields of a strategy; absent ones stay."""

    text: strawberry.Maybe[str] = maybe("Its words.")
    point_ids: strawberry.Maybe[list[strawberry.ID]] = maybe(
        "Points that it comes from: all of them, at least one of each of its sides."
    )


@strawberry.input(description="A strategy that follows from SWOT points.")
class SwotStrategyCreateInput(SwotStrategyFieldsInput, Creation):
    """A strategy that follows from SWOT points."""

    masterplan_id: strawberry.ID = strawberry.field(description="The plan.")
    kind: StrategyKind = strawberry.field(description="Which two sides it joins.")


@strawberry.input(description="Changes of a strategy; absent fields stay.")
class SwotStrategyUpdateInput(SwotStrategyFieldsInput, Change):
    """Changes of a strategy; absent fields stay."""


@strawberry.input(description="Changes of a mission; absent fields stay.")
class MissionUpdateInput(Fields, Change):
    """Changes of a mission; absent fields stay."""

    text: strawberry.Maybe[str] = maybe("Its words.")
    citations: strawberry.Maybe[list[CitationInput]] = maybe("What it rests on; all of them.")


@strawberry.input(description="Changes of a goal; absent fields stay.")
class GoalUpdateInput(Fields, Change):
    """Changes of a goal; absent fields stay."""

    text: strawberry.Maybe[str] = maybe("Its words.")
    indicator: strawberry.Maybe[str] = maybe("What shows that it is reached.")
    indicator_unit: strawberry.Maybe[str] = maybe("Unit of the indicator.")
    baseline: strawberry.Maybe[Decimal | None] = maybe("Value before; null if unknown.")
    target: strawberry.Maybe[Decimal | None] = maybe("Value to be reached; null for none.")
    target_year: strawberry.Maybe[int | None] = maybe("Year of the period; null for none.")
    citations: strawberry.Maybe[list[CitationInput]] = maybe("What it rests on; all of them.")


@strawberry.input(description="A new order of the plan's missions.")
class MissionsOrderInput(Change):
    """A new order of the plan's missions; `id` is the plan's."""

    mission_ids: list[strawberry.ID] = strawberry.field(description="All missions, in order.")


@strawberry.input(description="A new order of a mission's goals.")
class GoalsOrderInput(Change):
    """A new order of a mission's goals; `id` is the mission's."""

    goal_ids: list[strawberry.ID] = strawberry.field(description="All its goals, in order.")
