"""Refusing steps that an innovation's state or its participation does not allow."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError, NotFound, WrongState
from kotacerdas.scope import tenant_of
from tenants.cities.models import Participation
from tenants.cities.texts import STAGES
from tenants.cities.workflow import Stage
from tenants.submissions.models import Innovation
from tenants.submissions.texts import STATES, STEPS
from tenants.submissions.workflow import NEXT, InnovationState

TAKING = frozenset(
    {Stage.COMMITTED, Stage.INSTITUTED, Stage.MENTORED, Stage.PRESENTED, Stage.REVISION}
)
"""Stages of a participation in which innovations are drafted and submitted."""

SELECTION = ("Tunggu hasil seleksi kementerian.", "Wait for the ministry's selection.")
BEFORE: dict[Stage, tuple[str, str]] = {
    Stage.INVITED: SELECTION,
    Stage.ASSESSED: SELECTION,
    Stage.RESERVE: SELECTION,
    Stage.SELECTED: (
        "Catat dahulu nota kesepakatan dan tahap berkomitmen.",
        "Record the memorandum and the stage committed first.",
    ),
}
"""What has to happen before innovations are taken."""

NEXT_COHORT = ("Ajukan pada angkatan berikutnya.", "Submit in the next cohort.")


class InnovationWrongState(WrongState):
    """The innovation's state does not allow this step."""

    code = "INNOVATION_WRONG_STATE"
    id = "Inovasi ini berstatus {state_id}. Langkah berikutnya: {next_id}."
    en = "This innovation is {state_en}. What comes next: {next_en}."


class SubmissionsClosed(WrongState):
    """The participation's stage takes no innovations."""

    code = "SUBMISSIONS_CLOSED"
    id = (
        "Keikutsertaan berada pada tahap {state_id}; inovasi diterima dari tahap berkomitmen sampai"
        " perbaikan. {next_id}"
    )
    en = (
        "The participation is in stage {state_en}; innovations are taken from committed to"
        " revision. {next_en}"
    )


def refuse_state(row: Innovation, allowed: Collection[InnovationState]) -> None:
    """Raise InnovationWrongState unless the innovation is in one of the states."""
    if row.state not in allowed:
        raise in_state(InnovationWrongState, row)


def in_state(refusal: type[WrongState], row: Innovation) -> WrongState:
    """Make the refusal with the names of the innovation's state and of what comes next."""
    (state_id, state_en), (next_id, next_en) = STATES[row.state], STEPS[row.state]
    return refusal(state_id=state_id, state_en=state_en, next_id=next_id, next_en=next_en)


def refuse_step(row: Innovation, to: InnovationState) -> None:
    """Raise InnovationWrongState unless the innovation's state leads to `to`."""
    refuse_state(row, [state for state, following in NEXT.items() if to in following])


def participation_of(session: Session, participation_id: UUID) -> Participation:
    """Return a participation of the tenant, or raise NotFound."""
    row = session.get(Participation, (tenant_of(session), participation_id))
    if row is None:
        raise NotFound
    return row


def closed(stage: Stage) -> list[DomainError]:
    """Return a SubmissionsClosed if a participation in that stage takes none, else nothing."""
    if stage in TAKING:
        return []
    state_id, state_en = STAGES[stage]
    next_id, next_en = BEFORE.get(stage, NEXT_COHORT)
    return [
        SubmissionsClosed(state_id=state_id, state_en=state_en, next_id=next_id, next_en=next_en)
    ]
