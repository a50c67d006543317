"""Taking an evaluation for a step, and refusing steps that its state does not allow."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import WrongState
from kotacerdas.rows import locked
from tenants.evaluation.instruments import Instrument, instrument_of
from tenants.evaluation.models import Evaluation, EvaluationRound, EvaluationState
from tenants.evaluation.texts import STATES, STEPS


class EvaluationWrongState(WrongState):
    """The evaluation's state does not allow this step."""

    code = "EVALUATION_WRONG_STATE"
    id = "Evaluasi ini pada tahap {state_id}. Langkah berikutnya: {next_id}."
    en = "This evaluation is in state {state_en}. What comes next: {next_en}."


def taken(
    session: Session,
    evaluation_id: UUID,
    *states: EvaluationState,
    expected_version: int | None = None,
) -> Evaluation:
    """Return the evaluation, locked, if it is in one of the states.

    Raises NotFound, StaleVersion or EvaluationWrongState.
    """
    row = locked(session, Evaluation, evaluation_id, expected_version=expected_version)
    refuse_state(row, states)
    return row


def refuse_state(row: Evaluation, states: Collection[EvaluationState]) -> None:
    """Raise EvaluationWrongState, which says what comes next, unless in one of the states."""
    if row.state in states:
        return
    (state_id, state_en), (next_id, next_en) = STATES[row.state], STEPS[row.state]
    raise EvaluationWrongState(
        state_id=state_id, state_en=state_en, next_id=next_id, next_en=next_en
    )


def round_of(session: Session, row: Evaluation) -> EvaluationRound:
    """Return the round that the evaluation is part of."""
    return session.get_one(EvaluationRound, row.round_id)


def instrument_for(session: Session, row: Evaluation) -> Instrument:
    """Return the instrument by which the evaluation is scored."""
    return instrument_of(session, round_of(session, row))
