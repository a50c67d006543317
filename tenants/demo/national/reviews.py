"""The rounds in which a presented plan was reviewed, with the verdict that each ended by."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from tenants.cities.workflow import Stage
from tenants.demo.national.calendar import Way
from tenants.demo.national.rows import Rows, moment
from tenants.reviews.models import ReviewRound, RoundVerdict, RoundVerdictKind

VERDICTS: dict[Stage, tuple[RoundVerdictKind, str]] = {
    Stage.REVISION: (RoundVerdictKind.REVISE, "Contoh: peta jalan belum menyebut anggarannya."),
    Stage.ACCEPTED: (RoundVerdictKind.ACCEPTED, "Contoh: lengkap dan dapat dijalankan."),
}
"""What an assessor said before the stage that followed."""


def review(rows: Rows, way: Way, participation_id: UUID, assessor: UUID) -> None:
    """Add a round for each presentation; the last is open where nothing has followed yet."""
    number = 0
    following: list[tuple[Stage, date] | None] = [*way.steps[1:], None]
    for (stage, day), after in zip(way.steps, following, strict=True):
        if stage is not Stage.PRESENTED:
            continue
        number += 1
        round_id = rows.new(
            ReviewRound,
            participation_id=participation_id,
            masterplan_version_id=None,
            number=number,
            presented_on=day,
            closed_at=moment(after[1]) if after else None,
            outcome=after[0] if after else None,
            created_at=moment(day),
        )
        if after is not None and after[0] in VERDICTS:
            verdict, comment = VERDICTS[after[0]]
            facts = {"verdict": verdict, "comment": comment, "created_at": moment(after[1])}
            rows.new(RoundVerdict, round_id=round_id, person_id=assessor, **facts)
