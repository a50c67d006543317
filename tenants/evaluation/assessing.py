"""Assessors score the items and write what they found; the ministry states the outcome."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.errors import DomainError
from kotacerdas.identity.policy import Permission, Role, acting, require
from kotacerdas.identity.queries import members_with
from kotacerdas.values import collect, text_value
from tenants.cities.queries import city_of
from tenants.cities.working_days import working_day_from
from tenants.evaluation import results, scores, scoring
from tenants.evaluation.models import AssessorScore, Evaluation, EvaluationState, ResultKind
from tenants.evaluation.states import instrument_for, round_of, taken
from tenants.experts.assigning import refuse_other_part
from tenants.experts.models import ExpertPart
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind


class AssessorScoresMissing(DomainError):
    """Items that no assessor has scored."""

    code = "ASSESSOR_SCORES_MISSING"
    id = "Belum dinilai asesor: {items_id}. Minta asesor menilai semuanya dahulu."
    en = "Not scored by any assessor: {items_en}. Have an assessor score all of them first."


def assess(
    session: Session,
    evaluation_id: UUID,
    *,
    item: str,
    score: Decimal,
    reason: str,
    expected_version: int,
) -> AssessorScore:
    """Give the acting assessor's score for an item, and why; 0 where there is none of theirs yet.

    The self score stays as the city wrote it. Raises NotFound, Forbidden, EvaluationWrongState,
    ItemUnknown, StaleVersion, Invalid, or AssignmentConflict for who mentors the city that year.
    """
    require(session, Permission.EVALUATION_ASSESS)
    row = taken(session, evaluation_id, EvaluationState.ASSESSING)
    year = round_of(session, row).year
    refuse_other_part(session, part=ExpertPart.ASSESSOR, cycle=year)
    used = instrument_for(session, row)
    found = used.item(item)
    values = collect(
        {
            "score": lambda: used.score(score, ("score",)),
            "reason": lambda: text_value(reason, path=("reason",), required=True),
        }
    )
    return scores.write(
        session,
        AssessorScore,
        row,
        {"item": found.key, "assessor_id": acting(session)},
        values,
        dimension_id=used.dimension_id(found),
        expected_version=expected_version,
    )


def conclude(session: Session, evaluation_id: UUID, *, expected_version: int) -> Evaluation:
    """State the provisional result to the city, which may object until the window ends.

    The window ends with the round's last day of objections, in the city's zone, or with the next
    working day where that one is off. Raises NotFound,
    Forbidden, StaleVersion, EvaluationWrongState, or AssessorScoresMissing, which names the items.
    """
    require(session, Permission.COHORT_MANAGE)
    row = taken(
        session, evaluation_id, EvaluationState.ASSESSING, expected_version=expected_version
    )
    used, given = instrument_for(session, row), results.assessed_scores(session, row)
    if empty := scoring.missing(used.parts, given):
        items_id, items_en = used.named(empty)
        raise AssessorScoresMissing(items_id=items_id, items_en=items_en)
    why = results.reasons(session, row)
    kept = results.keep(session, row, ResultKind.PROVISIONAL, used, given, why)
    held = round_of(session, row)
    row.state = EvaluationState.PROVISIONAL
    row.objections_until = until = _end_of_day(city_of(session).zone, held.objection_days)
    after = {"state": row.state, "index": kept.index, "until": until}
    audit.record(session, "evaluation.conclude", "evaluation", row.id, after=after)
    tell(
        session,
        NotificationKind.EVALUATION_PROVISIONAL,
        subject_id=row.id,
        data={"year": str(held.year), "due_at": until.isoformat()},
        people=members_with(session, [Role.CITY_ADMIN, Role.BAPPEDA]),
        key="",
    )
    return row


def _end_of_day(zone: str, days: int) -> datetime:
    day = working_day_from(datetime.now(ZoneInfo(zone)).date() + timedelta(days=days))
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(zone)).astimezone(UTC)
