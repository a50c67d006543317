"""Names of stages and papers, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Iterable

from tenants.cities.models import CommitmentKind
from tenants.cities.workflow import Stage

STAGES: dict[Stage, tuple[str, str]] = {
    Stage.INVITED: ("diundang", "invited"),
    Stage.ASSESSED: ("dinilai", "assessed"),
    Stage.NOT_SELECTED: ("tidak terpilih", "not selected"),
    Stage.RESERVE: ("cadangan", "reserve"),
    Stage.SELECTED: ("terpilih", "selected"),
    Stage.COMMITTED: ("berkomitmen", "committed"),
    Stage.INSTITUTED: ("kelembagaan dibentuk", "instituted"),
    Stage.MENTORED: ("bimtek", "mentored"),
    Stage.PRESENTED: ("ekspose", "presented"),
    Stage.REVISION: ("perbaikan", "revision"),
    Stage.ACCEPTED: ("diterima", "accepted"),
    Stage.ADOPTED: ("ditetapkan", "adopted"),
    Stage.IMPLEMENTING: ("pelaksanaan", "implementing"),
    Stage.WITHDRAWN: ("mundur", "withdrawn"),
    Stage.NOT_FINISHED: ("tidak selesai", "not finished"),
}

COMMITMENTS: dict[CommitmentKind, tuple[str, str]] = {
    CommitmentKind.MEMORANDUM: ("nota kesepakatan", "memorandum"),
    CommitmentKind.COMMITMENT_SHEET: ("lembar komitmen", "commitment sheet"),
}


def stage_names(stages: Iterable[Stage]) -> tuple[str, str]:
    """Return the stages' names as one list in each language, "-" for none."""
    names = [STAGES[stage] for stage in stages]
    return ", ".join(name for name, _ in names) or "-", ", ".join(name for _, name in names) or "-"
