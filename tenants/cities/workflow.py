"""The stages of a participation and the steps between them; pure data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kotacerdas.identity.policy import Permission


class Stage(StrEnum):
    """Where a participation stands."""

    INVITED = "invited"
    ASSESSED = "assessed"
    NOT_SELECTED = "not_selected"
    RESERVE = "reserve"
    SELECTED = "selected"
    COMMITTED = "committed"
    INSTITUTED = "instituted"
    MENTORED = "mentored"
    PRESENTED = "presented"
    REVISION = "revision"
    ACCEPTED = "accepted"
    ADOPTED = "adopted"
    IMPLEMENTING = "implementing"
    WITHDRAWN = "withdrawn"
    NOT_FINISHED = "not_finished"


@dataclass(frozen=True)
class Step:
    """What a step asks for: a permission and, with `document`, a letter's or decree's number."""

    permission: Permission
    document: bool = False


_MINISTRY = Permission.COHORT_MANAGE
_CITY = Permission.PARTICIPATION_ADVANCE

STEPS: dict[Stage, Step] = {
    Stage.INVITED: Step(_MINISTRY),
    Stage.ASSESSED: Step(_MINISTRY),
    Stage.NOT_SELECTED: Step(_MINISTRY, document=True),
    Stage.RESERVE: Step(_MINISTRY, document=True),
    Stage.SELECTED: Step(_MINISTRY, document=True),
    Stage.COMMITTED: Step(_CITY),
    Stage.INSTITUTED: Step(_CITY),
    Stage.MENTORED: Step(_CITY),
    Stage.PRESENTED: Step(_CITY),
    Stage.REVISION: Step(_MINISTRY),
    Stage.ACCEPTED: Step(_MINISTRY),
    Stage.ADOPTED: Step(_CITY),
    Stage.IMPLEMENTING: Step(_CITY),
    Stage.WITHDRAWN: Step(_CITY),
    Stage.NOT_FINISHED: Step(_MINISTRY),
}
"""What entering a stage asks for."""

_ONWARD: dict[Stage, tuple[Stage, ...]] = {
    Stage.INVITED: (Stage.ASSESSED,),
    Stage.ASSESSED: (Stage.SELECTED, Stage.RESERVE, Stage.NOT_SELECTED),
    Stage.RESERVE: (Stage.SELECTED, Stage.NOT_SELECTED),
    Stage.SELECTED: (Stage.COMMITTED,),
    Stage.COMMITTED: (Stage.INSTITUTED,),
    Stage.INSTITUTED: (Stage.MENTORED,),
    Stage.MENTORED: (Stage.PRESENTED,),
    Stage.PRESENTED: (Stage.ACCEPTED, Stage.REVISION),
    Stage.REVISION: (Stage.PRESENTED,),
    Stage.ACCEPTED: (Stage.ADOPTED,),
    Stage.ADOPTED: (Stage.IMPLEMENTING,),
}

CLOSED = frozenset(
    {Stage.NOT_SELECTED, Stage.WITHDRAWN, Stage.NOT_FINISHED, Stage.ADOPTED, Stage.IMPLEMENTING}
)
"""Stages without side exits: the participation has ended, or the book has been adopted."""


def next_stages(stage: Stage) -> tuple[Stage, ...]:
    """Return the stages that may follow, in the order of the process, side exits last."""
    exits = () if stage in CLOSED else (Stage.WITHDRAWN, Stage.NOT_FINISHED)
    return _ONWARD.get(stage, ()) + exits
