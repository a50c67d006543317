"""What each stage waits for: every subject's guards, asked by the step and by whoever plans it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import NotFound
from kotacerdas.identity.policy import Permission, require
from kotacerdas.scope import tenant_of
from tenants.assessment import guards as assessment
from tenants.bimtek import guards as bimtek
from tenants.cities import commitments, pledges
from tenants.cities.missing import Guard, Missing
from tenants.cities.models import Participation
from tenants.cities.workflow import Stage, next_stages
from tenants.institutions import guards as institutions
from tenants.masterplan import guards as masterplan
from tenants.reviews import guards as reviews

GUARDS: dict[Stage, tuple[Guard, ...]] = {
    Stage.ASSESSED: (assessment.missing_assessments,),
    Stage.SELECTED: (assessment.missing_verdict,),
    Stage.RESERVE: (assessment.missing_verdict,),
    Stage.NOT_SELECTED: (assessment.missing_verdict,),
    Stage.COMMITTED: (commitments.missing_memorandum,),
    Stage.INSTITUTED: (institutions.missing_institutions,),
    Stage.MENTORED: (bimtek.missing_workshops,),
    Stage.PRESENTED: (pledges.missing_signatures, masterplan.missing_version),
    Stage.ACCEPTED: (masterplan.missing_revision, reviews.missing_acceptance),
    Stage.ADOPTED: (masterplan.missing_adoption,),
}
"""The guards of a stage, in the order in which people go about it; other stages have none."""


def missing(session: Session, row: Participation, to: Stage) -> list[Missing]:
    """Return all that keeps the participation from the stage."""
    return [item for guard in GUARDS.get(to, ()) for item in guard(session, row)]


def missing_for(
    session: Session, participation_id: UUID, *, stage: Stage | None = None
) -> list[Missing]:
    """Return what the participation lacks for a stage, by default for the next of the process.

    Nothing is missing where no stage follows. Raises NotFound or Forbidden.
    """
    require(session, Permission.CITY_READ)
    row = session.get(Participation, (tenant_of(session), participation_id))
    if row is None:
        raise NotFound
    wanted = [stage] if stage else next_stages(row.stage)[:1]
    return [item for to in wanted for item in missing(session, row, to)]
