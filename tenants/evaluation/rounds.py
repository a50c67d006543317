"""The ministry's rounds, and who takes part in them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, Invalid, NotFound
from kotacerdas.identity.policy import Permission, Role, require
from kotacerdas.identity.queries import members_with
from kotacerdas.rows import unique
from kotacerdas.scope import tenant_of
from kotacerdas.values import refuse
from tenants.cities.queries import city_of
from tenants.cities.working_days import day_off_fault
from tenants.editions.models import GuideEdition
from tenants.editions.queries import dimensions_of
from tenants.editions.uses import refuse_inactive
from tenants.evaluation.instruments import read
from tenants.evaluation.models import Evaluation, EvaluationRound, EvaluationState
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind

YEARS = range(2017, 10_000)
LONGEST_OBJECTION_DAYS = 90


class RoundExists(DomainError):
    """The year has its round."""

    code = "EVALUATION_ROUND_EXISTS"
    id = "Evaluasi tahun {year} sudah ada. Ikutkan daerah ke dalamnya, atau pilih tahun lain."
    en = "The evaluation of {year} exists already. Let cities take part in it, or choose a year."


class EditionUnknown(DomainError):
    """No guide edition of that code."""

    code = "EDITION_UNKNOWN"
    id = "Panduan {edition} tidak ada. Pilih salah satu: {choices}."
    en = "There is no guide {edition}. Choose one of: {choices}."


class AlreadyEvaluated(DomainError):
    """The city takes part in the round already."""

    code = "ALREADY_EVALUATED"
    id = "{city} sudah ikut evaluasi tahun {year}. Buka evaluasi yang ada."
    en = "{city} takes part in the evaluation of {year} already. Open the one that is there."


def open_round(
    session: Session,
    *,
    year: int,
    edition_code: str,
    scale_maximum: Decimal,
    self_score_due_at: datetime,
    objection_days: int,
) -> EvaluationRound:
    """Open the evaluation of a year, scored by an edition's parts and weights.

    The edition then changes no more. Raises RoundExists, EditionUnknown, EditionWithoutInstrument,
    EditionNotActive for a draft, DueOnDayOff for the day in the zone in which it is given, or
    Invalid for each value.
    """
    require(session, Permission.COHORT_MANAGE)
    refuse(_faults(year, scale_maximum, self_score_due_at, objection_days))
    edition = _edition(session, edition_code)
    read(
        edition, dimensions_of(session, edition.id), scale_maximum
    )  # refuses a guide without instrument
    refuse_inactive(edition, path=("editionCode",), retired_too=False)
    row = EvaluationRound(
        id=uuid7(),
        year=year,
        edition_id=edition.id,
        scale_maximum=scale_maximum,
        self_score_due_at=self_score_due_at.astimezone(UTC),
        objection_days=objection_days,
    )
    with unique(session, RoundExists(path=("year",), year=year)):
        session.add(row)
    after = {"year": year, "edition": edition_code, "scale_maximum": scale_maximum}
    audit.record(session, "evaluation.open", "evaluation_round", row.id, after=after)
    return row


def take_part(session: Session, round_id: UUID) -> Evaluation:
    """Let the session's city take part in a round, and tell who scores for it.

    Raises NotFound for the round, or AlreadyEvaluated.
    """
    require(session, Permission.COHORT_MANAGE)
    city, held = city_of(session), session.get(EvaluationRound, round_id)
    if held is None:
        raise NotFound(path=("roundId",))
    row = Evaluation(
        tenant_id=tenant_of(session),
        id=uuid7(),
        round_id=held.id,
        state=EvaluationState.SELF_SCORING,
    )
    with unique(session, AlreadyEvaluated(path=("cityId",), city=city.name, year=held.year)):
        session.add(row)
    audit.record(session, "evaluation.take_part", "evaluation", row.id, after={"year": held.year})
    tell(
        session,
        NotificationKind.EVALUATION_OPENED,
        subject_id=row.id,
        data={"year": str(held.year), "due_at": held.self_score_due_at.isoformat()},
        people=members_with(session, [Role.CITY_ADMIN, Role.BAPPEDA]),
        key="",
    )
    return row


def _faults(year: int, maximum: Decimal, due_at: datetime, days: int) -> list[DomainError]:
    errors: list[DomainError] = []
    if year not in YEARS:
        errors.append(
            _invalid(
                "year",
                "tulis tahun empat angka, mulai 2017.",
                "write a year of four digits, from 2017 on.",
            )
        )
    if not (maximum.is_finite() and 0 < maximum <= 100 and maximum == round(maximum, 2)):
        errors.append(
            _invalid(
                "scaleMaximum",
                "tulis nilai tertinggi di atas 0 sampai 100, seperti 4 atau 5.",
                "write a highest score above 0 and up to 100, such as 4 or 5.",
            )
        )
    if due_at.tzinfo is None:
        errors.append(
            _invalid(
                "selfScoreDueAt",
                "zona waktunya tidak disebut. Tulis seperti 2023-08-31T23:59:00+07:00.",
                "it names no time zone. Write it like 2023-08-31T23:59:00+07:00.",
            )
        )
    errors += day_off_fault(due_at.date(), path=("selfScoreDueAt",))
    if not 1 <= days <= LONGEST_OBJECTION_DAYS:
        errors.append(
            _invalid(
                "objectionDays",
                f"tulis 1 sampai {LONGEST_OBJECTION_DAYS} hari.",
                f"write 1 to {LONGEST_OBJECTION_DAYS} days.",
            )
        )
    return errors


def _invalid(field: str, reason_id: str, reason_en: str) -> Invalid:
    return Invalid(field, reason_id, reason_en)


def _edition(session: Session, code: str) -> GuideEdition:
    wanted = select(GuideEdition).where(GuideEdition.code == code)
    edition = session.scalar(wanted.with_for_update(read=True))
    if edition is None:
        choices = session.scalars(select(GuideEdition.code).order_by(GuideEdition.code))
        raise EditionUnknown(path=("editionCode",), edition=code[:60], choices=", ".join(choices))
    return edition
