"""Finding what an operator names of an assessment: a cohort, an instrument, a city's part in it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.scope import tenant_of
from tenants.assessment.models import Assessment, AssessmentState, Instrument
from tenants.cities.models import Participation
from tenants.cli.refusals import Refused
from tenants.editions.models import Cohort


def cohort_of(session: Session, year: int) -> Cohort:
    """Return the cohort of a year; raises Refused."""
    found = session.scalar(select(Cohort).where(Cohort.year == year))
    if found is None:
        raise Refused(
            f"Angkatan {year} belum ada. Pilih tahun lain, atau minta kementerian membuatnya.",
            f"There is no cohort {year}. Choose another year, or ask the ministry to create it.",
        )
    return found


def instrument_named(session: Session, code: str) -> Instrument:
    """Return the instrument with a code; raises Refused."""
    found = session.scalar(select(Instrument).where(Instrument.code == code))
    if found is None:
        raise Refused(
            f"Tidak ada instrumen {code}. Lihat `kotacerdas instrument list`.",
            f"There is no instrument {code}. See `kotacerdas instrument list`.",
        )
    return found


def participation_in(session: Session, year: int) -> UUID:
    """Return the participation of the session's city in a cohort; raises Refused."""
    mine = (
        select(Participation.id)
        .where(Participation.tenant_id == tenant_of(session))
        .where(Participation.cohort_id == cohort_of(session, year).id)
    )
    found = session.scalar(mine)
    if found is None:
        raise Refused(
            f"Kota ini tidak diundang ke angkatan {year}."
            " Undang dengan `kotacerdas participation invite`.",
            f"The city is not invited into the cohort {year}."
            " Invite it by `kotacerdas participation invite`.",
        )
    return found


def assessment_by(session: Session, year: int, person_id: UUID | None) -> Assessment:
    """Return the assessment of the session's city by a person; raises Refused."""
    found = session.scalar(
        select(Assessment)
        .where(Assessment.tenant_id == tenant_of(session))
        .where(Assessment.participation_id == participation_in(session, year))
        .where(Assessment.assessor_id == person_id)
        .where(Assessment.state != AssessmentState.RELEASED)
    )
    if found is None:
        raise Refused(
            f"Orang itu bukan asesor kota ini untuk angkatan {year}."
            " Tugaskan dengan `kotacerdas assessment assign`.",
            f"That person does not assess the city for the cohort {year}."
            " Assign them by `kotacerdas assessment assign`.",
        )
    return found
