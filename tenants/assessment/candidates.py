"""The participation that is assessed: its cohort's instrument, and whether it is still open."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError, WrongState
from kotacerdas.rows import locked
from tenants.assessment.models import CohortInstrument
from tenants.cities.models import Participation
from tenants.cities.workflow import Stage


class InstrumentMissing(DomainError):
    """The cohort has no instrument yet."""

    code = "INSTRUMENT_MISSING"
    id = "Angkatan ini belum mempunyai instrumen asesmen. Minta kementerian menetapkannya dahulu."
    en = "This cohort has no instrument of assessment yet. Ask the ministry to set one first."


class AssessmentClosed(WrongState):
    """The participation is no longer assessed."""

    code = "ASSESSMENT_CLOSED"
    id = "Tahap daerah ini bukan lagi “diundang”, jadi asesmennya ditutup. Lihat hasilnya saja."
    en = "This city has left the stage “invited”, which closed its assessment. Read the result."


def instrument_of(session: Session, cohort_id: UUID) -> UUID | None:
    """Return the instrument of a cohort, if it has one."""
    chosen = session.get(CohortInstrument, cohort_id)
    return chosen.instrument_id if chosen else None


def still_open(session: Session, participation_id: UUID) -> Participation:
    """Return the participation, locked; raises AssessmentClosed once it has been assessed."""
    row = locked(session, Participation, participation_id)
    if row.stage is not Stage.INVITED:
        raise AssessmentClosed
    return row


def required_instrument(session: Session, participation: Participation) -> UUID:
    """Return the instrument of the participation's cohort; raises InstrumentMissing."""
    found = instrument_of(session, participation.cohort_id)
    if found is None:
        raise InstrumentMissing
    return found
