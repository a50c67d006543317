"""The invitation of a city into a cohort, with which its participation begins."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError
from kotacerdas.identity.policy import Permission, Role, require
from kotacerdas.identity.queries import members_with
from kotacerdas.rows import unique
from kotacerdas.values import refuse
from tenants.cities.dates import future_date
from tenants.cities.models import Participation, ParticipationMode
from tenants.cities.queries import city_of
from tenants.cities.steps import enter
from tenants.cities.workflow import Stage
from tenants.editions.cohorts import refuse_planned
from tenants.editions.models import Cohort
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind


class CohortUnknown(DomainError):
    """No cohort of that year."""

    code = "COHORT_UNKNOWN"
    id = "Angkatan {year} belum ada. Pilih tahun angkatan yang sudah dibuat, atau buat dahulu."
    en = "There is no cohort {year}. Choose the year of an existing cohort, or create it first."


class AlreadyInvited(DomainError):
    """The city takes part in that cohort already."""

    code = "ALREADY_INVITED"
    id = "{city} sudah diundang ke angkatan {year}. Buka keikutsertaan yang ada."
    en = "{city} has been invited to the cohort of {year}. Open the participation that is there."


def invite(
    session: Session,
    *,
    cohort_year: int,
    occurred_on: date,
    mode: ParticipationMode = ParticipationMode.INVITATION,
) -> Participation:
    """Let the session's city into a cohort, in a mode, and tell its administrators.

    Raises CohortUnknown, CohortNotOpen, AlreadyInvited or DateInFuture.
    """
    require(session, Permission.COHORT_MANAGE)
    city = city_of(session)
    cohort = session.scalar(select(Cohort).where(Cohort.year == cohort_year))
    if cohort is None:
        raise CohortUnknown(path=("cohortYear",), year=cohort_year)
    refuse_planned(cohort, path=("cohortYear",))
    refuse(future_date(city, occurred_on, path=("occurredOn",)))
    row = Participation(
        tenant_id=city.id, id=uuid7(), cohort_id=cohort.id, stage=Stage.INVITED, mode=mode
    )
    taken = AlreadyInvited(path=("cohortYear",), city=city.name, year=cohort_year)
    with unique(session, taken):
        session.add(row)
    enter(session, row, Stage.INVITED, occurred_on)
    after = {"cohort": cohort_year, "mode": mode}
    audit.record(session, "participation.invite", "participation", row.id, after=after)
    tell(
        session,
        NotificationKind.INVITED,
        subject_id=row.id,
        data={"name": city.name, "year": str(cohort_year), "occurred_on": occurred_on.isoformat()},
        people=members_with(session, [Role.CITY_ADMIN]),
        key="",
    )
    return row
