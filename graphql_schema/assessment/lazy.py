"""Types of the assessment by name, for types that are read before them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

if TYPE_CHECKING:
    from graphql_schema.assessment.instruments import Instrument
    from graphql_schema.assessment.types import Assessment, AssessmentEvidence, SelectionVerdict

_TYPES = "graphql_schema.assessment.types"
LazyInstrument = Annotated["Instrument", strawberry.lazy("graphql_schema.assessment.instruments")]
LazyVerdict = Annotated["SelectionVerdict", strawberry.lazy(_TYPES)]
LazyAssessment = Annotated["Assessment", strawberry.lazy(_TYPES)]
LazyEvidence = Annotated["AssessmentEvidence", strawberry.lazy(_TYPES)]
