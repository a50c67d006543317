"""Which instrument a cohort is assessed by."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.errors import DomainError, NotFound, WrongState
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked_national
from tenants.assessment.models import Assessment, CohortInstrument, Instrument
from tenants.cities.models import Participation
from tenants.editions.models import Cohort, EditionState


class InstrumentNotActive(DomainError):
    """A cohort is assessed by an instrument that is complete."""

    code = "INSTRUMENT_NOT_ACTIVE"
    id = "Instrumen {code} masih draf. Aktifkan dahulu, atau pilih yang lain."
    en = "The instrument {code} is a draft. Activate it first, or choose another one."


class AssessmentBegun(WrongState):
    """Cities of the cohort are being assessed: all of them by one instrument."""

    code = "ASSESSMENT_BEGUN"
    id = "Asesmen angkatan {year} sudah dimulai. Pakai instrumennya yang ada."
    en = "The assessment of the cohort {year} has begun. Keep the instrument that it has."


def use_instrument(session: Session, cohort_id: UUID, *, instrument_id: UUID) -> Cohort:
    """Let a cohort be assessed by an active instrument, which then changes no more.

    Raises NotFound, InstrumentNotActive or AssessmentBegun.
    """
    require(session, Permission.COHORT_MANAGE)
    cohort = locked_national(session, Cohort, cohort_id)
    instrument = session.get(Instrument, instrument_id, with_for_update={"read": True})
    if instrument is None:
        raise NotFound(path=("instrumentId",))
    if instrument.state is not EditionState.ACTIVE:
        raise InstrumentNotActive(path=("instrumentId",), code=instrument.code)
    row = session.get(CohortInstrument, cohort.id)
    if row is not None and row.instrument_id == instrument.id:
        return cohort
    if row is not None and _begun(session, cohort.id):
        raise AssessmentBegun(year=cohort.year)
    row = row or CohortInstrument(cohort_id=cohort.id)
    row.instrument_id = instrument.id
    session.add(row)
    after = {"year": cohort.year, "instrument": instrument.code}
    audit.record(session, "cohort.instrument", "cohort", cohort.id, after=after)
    return cohort


def _begun(session: Session, cohort_id: UUID) -> bool:
    assessed = exists().where(
        Assessment.tenant_id == Participation.tenant_id,
        Assessment.participation_id == Participation.id,
        Participation.cohort_id == cohort_id,
    )
    return bool(session.scalar(select(assessed)))
