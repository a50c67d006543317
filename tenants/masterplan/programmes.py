"""Programmes: placing accepted innovations, adding others, changing them."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any, Unpack
from uuid import UUID

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, WrongState
from kotacerdas.idempotency import once
from kotacerdas.identity import policy
from kotacerdas.identity.policy import Permission
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from tenants.cities.editions import pillars_of, refuse_foreign
from tenants.editions.models import Dimension
from tenants.masterplan.draft import CHILDREN, ProgrammeDraft, ProgrammeFields
from tenants.masterplan.models import Masterplan, Programme
from tenants.masterplan.parts import draft_of, write_parts
from tenants.masterplan.validity import checked
from tenants.submissions.models import Innovation
from tenants.submissions.states import in_state
from tenants.submissions.workflow import InnovationState

PREFIX_LENGTH = 3


class InnovationNotAccepted(WrongState):
    """Only an accepted innovation becomes a programme, and only once."""

    code = "INNOVATION_NOT_ACCEPTED"
    id = (
        "Hanya inovasi yang diterima dapat ditempatkan; inovasi ini berstatus"
        " {state_id}. Langkah berikutnya: {next_id}."
    )
    en = (
        "Only an accepted innovation can be placed; this one is {state_en}."
        " What comes next: {next_en}."
    )


class MasterplanMissing(DomainError):
    """An innovation's participation has no masterplan yet."""

    code = "MASTERPLAN_MISSING"
    id = "Keikutsertaan inovasi ini belum punya masterplan. Buat masterplannya lebih dahulu."
    en = "The innovation's participation has no masterplan yet. Create the masterplan first."


def place(
    session: Session,
    innovation_id: UUID,
    *,
    idempotency_key: str | None = None,
    **fields: Unpack[ProgrammeFields],
) -> Programme:
    """Make a programme of an accepted innovation, in the innovation's pillar.

    Name, description, partners and lead unit come from the innovation unless given. Raises
    InnovationNotAccepted, MasterplanMissing, or the faults of the fields.
    """
    policy.require(session, Permission.MASTERPLAN_WRITE)
    request: dict[str, Any] = {"do": "innovation.place", "innovation": innovation_id, **fields}
    programme_id = once(
        session, idempotency_key, request, lambda: _place(session, innovation_id, fields)
    )
    return session.get_one(Programme, (tenant_of(session), programme_id))


def create_programme(
    session: Session,
    masterplan_id: UUID,
    *,
    dimension_id: UUID,
    idempotency_key: str | None = None,
    **fields: Unpack[ProgrammeFields],
) -> Programme:
    """Add a programme that does not come from an innovation."""
    policy.require(session, Permission.MASTERPLAN_WRITE)
    request: dict[str, Any] = {
        "do": "programme.create",
        "masterplan": masterplan_id,
        "dimension": dimension_id,
        **fields,
    }

    def create() -> UUID:
        plan = locked(session, Masterplan, masterplan_id)
        return _add(session, plan, dimension_id, ProgrammeDraft(**fields), None)

    programme_id = once(session, idempotency_key, request, create)
    return session.get_one(Programme, (tenant_of(session), programme_id))


def update_programme(
    session: Session,
    programme_id: UUID,
    *,
    expected_version: int,
    **changes: Unpack[ProgrammeFields],
) -> Programme:
    """Change the fields that are given; plan, pillar, code and origin stay."""
    policy.require(session, Permission.MASTERPLAN_WRITE)
    programme = locked(session, Programme, programme_id, expected_version=expected_version)
    becomes_quick_win = changes.get("is_quick_win", False) and not programme.is_quick_win
    plan = _unfrozen(session, programme.masterplan_id, alone=becomes_quick_win)
    former = draft_of(session, programme)
    draft = checked(session, plan, programme.dimension_id, _renewed(former, changes), former)
    before, after = _difference(former, draft)
    if not after:
        return programme
    for name in after.keys() - CHILDREN:
        setattr(programme, name, after[name])
    write_parts(session, programme.id, draft, after)
    programme.updated_at = datetime.now(UTC)  # the version rises though only parts have changed
    audit.record(session, "programme.update", "programme", programme.id, before=before, after=after)
    session.flush()  # the caller reads the new version
    return programme


def _renewed(former: ProgrammeDraft, changes: ProgrammeFields) -> ProgrammeDraft:
    """Put the changes over what was there; a new part of the pillar voids the former one."""
    if "sub_dimension_id" in changes:
        former = replace(former, sub_dimension="")
    elif "sub_dimension" in changes:
        former = replace(former, sub_dimension_id=None)
    return replace(former, **changes)


def _place(session: Session, innovation_id: UUID, fields: ProgrammeFields) -> UUID:
    innovation = locked(session, Innovation, innovation_id)
    if innovation.state is not InnovationState.ACCEPTED:
        raise in_state(InnovationNotAccepted, innovation)
    own = {"tenant_id": tenant_of(session), "participation_id": innovation.participation_id}
    plan = session.scalar(select(Masterplan).filter_by(**own).with_for_update())
    if plan is None:
        raise MasterplanMissing
    draft = ProgrammeDraft(
        name=innovation.name,
        lead_unit_id=innovation.unit_id,
        description=innovation.solution,
        partners=innovation.partners,
    )
    made = _add(session, plan, innovation.dimension_id, replace(draft, **fields), innovation_id)
    innovation.state = InnovationState.PLACED
    state = {"before": {"state": InnovationState.ACCEPTED}, "after": {"state": innovation.state}}
    audit.record(session, "innovation.place", "innovation", innovation_id, **state)
    return made


def _add(
    session: Session,
    plan: Masterplan,
    dimension_id: UUID,
    draft: ProgrammeDraft,
    innovation_id: UUID | None,
) -> UUID:
    """Store a new programme; the plan is locked, so that no code is given twice."""
    pillars = pillars_of(session, plan.participation_id)
    refuse_foreign(dimension_id, pillars)
    clean = checked(session, plan, dimension_id, draft)
    programme = Programme(
        tenant_id=plan.tenant_id,
        id=uuid7(),
        masterplan_id=plan.id,
        dimension_id=dimension_id,
        innovation_id=innovation_id,
        code=_next_code(session, plan, dimension_id, pillars),
        **_columns(clean),
    )
    session.add(programme)
    session.flush()  # its parts refer to it
    write_parts(session, programme.id, clean, CHILDREN)
    after = {"code": programme.code, **asdict(clean)}
    audit.record(session, "programme.create", "programme", programme.id, after=after)
    return programme.id


def _columns(draft: ProgrammeDraft) -> dict[str, Any]:
    return {name: value for name, value in vars(draft).items() if name not in CHILDREN}


def _difference(
    former: ProgrammeDraft, draft: ProgrammeDraft
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that differ, as they were and as they are now."""
    old, new = vars(former), vars(draft)
    changed = [name for name in new if new[name] != old[name]]
    return {name: old[name] for name in changed}, {name: new[name] for name in changed}


def _unfrozen(session: Session, masterplan_id: UUID, *, alone: bool) -> Masterplan:
    """Keep the plan from being frozen meanwhile, but not from other changes of programmes.

    Whoever makes a quick win is `alone`, so that two do not both become the last that fits.
    """
    key = (tenant_of(session), masterplan_id)
    return session.get_one(Masterplan, key, with_for_update={"read": not alone})


def _next_code(
    session: Session, plan: Masterplan, dimension_id: UUID, pillars: dict[UUID, Dimension]
) -> str:
    """The pillar's next free code, such as GOV-07; a code once given is never given again."""
    number = cast(func.split_part(Programme.code, "-", 2), Integer)
    given = select(func.max(number)).where(
        Programme.tenant_id == plan.tenant_id,
        Programme.masterplan_id == plan.id,
        Programme.dimension_id == dimension_id,
    )
    prefix = _prefix(pillars[dimension_id].code, [pillar.code for pillar in pillars.values()])
    return f"{prefix}-{(session.scalar(given) or 0) + 1:02}"


def _prefix(code: str, codes: list[str]) -> str:
    """The shortest beginning of a pillar's code, from three letters, that no other has."""
    for length in range(PREFIX_LENGTH, len(code)):
        if sum(other.startswith(code[:length]) for other in codes) == 1:
            return code[:length].upper()
    return code.upper().replace("-", "")
