"""Names of stages and papers, in Indonesian and English."""

from __future__ import annotations

from tenants.cities.models import CommitmentKind
from tenants.cities.workflow import Stage, next_stages

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


LAST = (
    "Tidak ada tahap sesudahnya; keikutsertaan baru dimulai dengan undangan angkatan berikutnya.",
    "No stage follows; a new participation begins with the next cohort's invitation.",
)


def what_follows(stage: Stage) -> tuple[str, str]:
    """Return a sentence in each language that names the stages open from this one."""
    names = [STAGES[following] for following in next_stages(stage)]
    if not names:
        return LAST
    return (
        f"Tahap yang terbuka: {', '.join(name for name, _ in names)}.",
        f"Open stages: {', '.join(name for _, name in names)}.",
    )
