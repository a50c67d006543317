"""Inputs of instruments, assessments and selection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import strawberry
from sqlalchemy.orm import Session
from strawberry.utils.str_converters import to_camel_case

from graphql_schema.inputs import uuid_of, within
from graphql_schema.mutating import Change, Creation
from kotacerdas.errors import DomainError, DomainErrors
from tenants.assessment.assessing import AnswerInput
from tenants.assessment.deciding import LetterInput
from tenants.assessment.faults import VerdictInput
from tenants.assessment.models import Certainty, Instrument, VerdictKind
from tenants.editions.reasons import EditionRuleInvalid


@strawberry.input(description="What an instrument asks.")
class InstrumentParameterInput:
    """What an instrument asks."""

    code: str = strawberry.field(description="Code, unique within the instrument.")
    name: str = strawberry.field(description="Name in Indonesian.")
    name_en: str = strawberry.field(description="Name in English.")
    weight: Decimal = strawberry.field(description="Weight in percent; all together are 100.")
    scale_minimum: Decimal = strawberry.field(default=Decimal(0), description="Lowest score.")
    scale_maximum: Decimal = strawberry.field(default=Decimal(4), description="Highest score.")
    evidence_needed: str = strawberry.field(default="", description="What shows it.")
    evidence_required: bool = strawberry.field(
        default=False, description="Whether a score without evidence is refused."
    )


@strawberry.input(description="A new instrument, as a draft.")
class InstrumentCreateInput(Creation):
    """A new instrument, as a draft."""

    code: str = strawberry.field(description="Stable code: lower-case letters, digits, hyphens.")
    name: str = strawberry.field(description="What it is called.")
    name_en: str = strawberry.field(description="The same in English.")
    parameters: list[InstrumentParameterInput] = strawberry.field(description="What it asks.")
    source: str = strawberry.field(default="ministry", description="Where it is from.")
    certainty: Certainty | None = strawberry.field(
        default=None, description="How sure that is; absent where the ministry writes it."
    )


@strawberry.input(description="Another content of an instrument that no cohort uses.")
class InstrumentUpdateInput(Change):
    """Another content of an instrument that no cohort uses."""

    name: str = strawberry.field(description="What it is called.")
    name_en: str = strawberry.field(description="The same in English.")
    parameters: list[InstrumentParameterInput] = strawberry.field(
        description="What it asks; this list replaces the former."
    )


@strawberry.input(description="A copy of an instrument, as a draft.")
class InstrumentCopyInput(Creation):
    """A copy of an instrument, as a draft."""

    instrument_id: strawberry.ID = strawberry.field(description="The instrument to copy.")
    code: str = strawberry.field(description="The copy's code.")


@strawberry.input(description="An instrument that cohorts may use.")
class InstrumentActivateInput(Change):
    """An instrument that cohorts may use."""


@strawberry.input(description="The instrument of a cohort.")
class CohortUseInstrumentInput:
    """The instrument of a cohort; choosing it again changes nothing."""

    cohort_id: strawberry.ID = strawberry.field(description="The cohort.")
    instrument_id: strawberry.ID = strawberry.field(description="An active instrument.")


@strawberry.input(description="An assessor for an invited city.")
class AssessmentAssignInput:
    """An assessor for an invited city; assigning twice is refused."""

    participation_id: strawberry.ID = strawberry.field(description="The participation.")
    assessor_id: strawberry.ID = strawberry.field(description="The expert, as in national.experts.")


@strawberry.input(description="An assessor who is released.")
class AssessmentReleaseInput(Change):
    """An assessor who is released before handing in."""


@strawberry.input(description="An assessment to correct.")
class AssessmentReturnInput(Change):
    """A submitted assessment to correct."""

    reason: str = strawberry.field(description="Why; the assessor reads it.")


@strawberry.input(description="A score for a parameter.")
class AssessmentAnswerInput:
    """A score for a parameter."""

    parameter_id: strawberry.ID = strawberry.field(description="What is scored.")
    score: Decimal = strawberry.field(description="Score on the parameter's scale.")
    evidence: str = strawberry.field(default="", description="What it stands on.")
    link: str = strawberry.field(default="", description="Where the evidence is found.")
    reason: str = strawberry.field(default="", description="Why this score.")


@strawberry.input(description="Scores of one's own assessment.")
class AssessmentWriteInput(Change):
    """Scores of one's own assessment; parameters that are not named stay as they are."""

    answers: list[AssessmentAnswerInput] = strawberry.field(description="Scores to write.")
    note: str | None = strawberry.field(
        default=None, description="Words on the whole; absent: they stay."
    )


@strawberry.input(description="One's own assessment, complete.")
class AssessmentSubmitInput(Change):
    """One's own assessment, complete."""


@strawberry.input(description="What a city shows for a parameter.")
class AssessmentEvidenceWriteInput:
    """What a city shows for a parameter."""

    participation_id: strawberry.ID = strawberry.field(description="The participation.")
    parameter_id: strawberry.ID = strawberry.field(description="What it is about.")
    text: str = strawberry.field(description="The city's words.")
    link: str = strawberry.field(default="", description="Where more is found.")
    expected_version: int = strawberry.field(
        description="`version` that the caller last read; 0 where nothing is shown yet."
    )


@strawberry.input(description="What is decided on one participation.")
class SelectionVerdictInput:
    """What is decided on one participation."""

    participation_id: strawberry.ID = strawberry.field(description="The participation.")
    verdict: VerdictKind = strawberry.field(description="Selected, in reserve, or not selected.")


@strawberry.input(description="A decision on cities of a cohort by one letter.")
class SelectionDecideInput(Creation):
    """A decision on cities of a cohort by one letter; all or nothing."""

    cohort_id: strawberry.ID = strawberry.field(description="The cohort.")
    letter_number: str = strawberry.field(description="Number of the letter.")
    letter_date: date = strawberry.field(description="Date of the letter.")
    verdicts: list[SelectionVerdictInput] = strawberry.field(
        description="What is decided; the order of those in reserve is that of the reserve list."
    )
    publish_scores: bool = strawberry.field(
        default=False, description="Whether each city is shown its own score and place."
    )


@strawberry.input(description="The first of the reserve list is selected.")
class SelectionPromoteInput(Creation):
    """The first of the reserve list is selected, where a place has become free."""

    cohort_id: strawberry.ID = strawberry.field(description="The cohort.")
    letter_number: str = strawberry.field(description="Number of the letter.")
    letter_date: date = strawberry.field(description="Date of the letter.")


def placed(
    rule: Callable[[Session], Instrument],
) -> Callable[[Session, UUID], Instrument]:
    """Let a rule tell the faults of an instrument's document at the fields of the input."""

    def run(session: Session, _nation: UUID) -> Instrument:
        try:
            return rule(session)
        except (DomainError, DomainErrors) as refusal:
            for each in refusal.errors if isinstance(refusal, DomainErrors) else [refusal]:
                if isinstance(each, EditionRuleInvalid):
                    each.path = _field(each.path[1:])
            raise

    return run


def _field(place: tuple[str, ...]) -> tuple[str, ...]:
    """Return the input's path of a place in the document: `name.en` is `nameEn`."""
    *path, last = place
    if path and path[-1] == "name":
        *path, last = (*path[:-1], "name" if last == "id" else "name_en")
    return (*path, to_camel_case(last))


def document(given: InstrumentCreateInput | InstrumentUpdateInput) -> dict[str, Any]:
    """Return an instrument's input as the document that the rules read."""
    return {
        "name": {"id": given.name, "en": given.name_en},
        "parameters": [
            {
                "code": each.code,
                "name": {"id": each.name, "en": each.name_en},
                "weight": each.weight,
                "scale_minimum": each.scale_minimum,
                "scale_maximum": each.scale_maximum,
                "evidence_needed": each.evidence_needed,
                "evidence_required": each.evidence_required,
            }
            for each in given.parameters
        ],
    }


def answers(given: list[AssessmentAnswerInput]) -> list[AnswerInput]:
    """Return the scores as the rules read them; raises NotFound at an id of another type."""
    read = []
    for place, each in enumerate(given):
        with within("answers", str(place)):
            parameter_id = uuid_of(each.parameter_id, "ipr", "parameterId")
        read.append(AnswerInput(parameter_id, each.score, each.evidence, each.link, each.reason))
    return read


def letter(given: SelectionDecideInput | SelectionPromoteInput) -> LetterInput:
    """Return the letter in which a decision stands."""
    shown = isinstance(given, SelectionDecideInput) and given.publish_scores
    return LetterInput(given.letter_number, given.letter_date, shown)


def verdicts(given: list[SelectionVerdictInput]) -> list[VerdictInput]:
    """Return the verdicts as the rules read them; raises NotFound at an id of another type."""
    read = []
    for place, each in enumerate(given):
        with within("verdicts", str(place)):
            participation_id = uuid_of(each.participation_id, "par", "participationId")
        read.append(VerdictInput(participation_id, each.verdict))
    return read
