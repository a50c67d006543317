"""Which versions a city can stand by: those that were frozen complete."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import NotFound, WrongState
from kotacerdas.scope import tenant_of
from tenants.masterplan.models import MasterplanVersion


class VersionSetAside(WrongState):
    """The version was kept when the plan went on from another; it may lack things."""

    code = "VERSION_SET_ASIDE"
    id = (
        "Versi {number} hanya simpanan salinan kerja dan belum tentu lengkap. Lanjutkan dari versi"
        " itu, lengkapi, lalu bekukan."
    )
    en = (
        "Version {number} only keeps a working copy and may lack things. Go on from it, complete"
        " the plan, then freeze it."
    )


def final_version(session: Session, version_id: UUID) -> MasterplanVersion:
    """Return a version of the city that was frozen complete; raises NotFound or VersionSetAside."""
    version = session.get(MasterplanVersion, (tenant_of(session), version_id))
    if version is None:
        raise NotFound(path=("versionId",))
    if version.is_set_aside:
        raise VersionSetAside(path=("versionId",), number=version.number)
    return version
