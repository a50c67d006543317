"""The working copy of a masterplan: opening it, its title and vision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, NotFound, WrongState
from kotacerdas.idempotency import once
from kotacerdas.identity import policy
from kotacerdas.identity.policy import Permission
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from kotacerdas.values import NAME_LENGTH, refuse, text_value
from tenants.cities.models import Participation
from tenants.cities.texts import STAGES
from tenants.cities.workflow import Stage
from tenants.masterplan.analysis.citations import CitationLine, checked, cite
from tenants.masterplan.analysis.models import StatementKind
from tenants.masterplan.books.beginning import make_books
from tenants.masterplan.models import Masterplan

LONGEST_PERIOD = 20
YEARS = range(2000, 2101)
ENDED = frozenset({Stage.NOT_SELECTED, Stage.WITHDRAWN, Stage.NOT_FINISHED})
"""Stages of a participation in which no masterplan is made any more."""


class MasterplanExists(DomainError):
    """A participation has one masterplan."""

    code = "MASTERPLAN_EXISTS"
    id = "Keikutsertaan ini sudah punya masterplan. Buka dan ubah masterplan yang ada."
    en = "This participation has a masterplan already. Open that one and change it."


class PeriodInvalid(DomainError):
    """A period that ends before it starts, or is too long."""

    code = "PERIOD_INVALID"
    id = (
        "Periode {first}-{last} tidak sah: 1 sampai 20 tahun, antara 2000 dan 2100."
        " Perbaiki tahunnya."
    )
    en = "The period {first}-{last} is not valid: 1 to 20 years from 2000 to 2100. Correct it."


class ParticipationEnded(WrongState):
    """The city no longer takes part in this cohort."""

    code = "PARTICIPATION_ENDED"
    id = (
        "Keikutsertaan ini sudah berakhir ({state_id}): masterplannya tidak dapat dibuat atau"
        " dibekukan. Hubungi kementerian bila daerah ini ikut lagi."
    )
    en = (
        "This participation has ended ({state_en}): its masterplan cannot be made or frozen."
        " Ask the ministry if the city takes part again."
    )


def create(
    session: Session,
    *,
    participation_id: UUID,
    title: str,
    period_start: int,
    period_end: int,
    idempotency_key: str | None = None,
) -> Masterplan:
    """Open the masterplan of a participation.

    Raises PeriodInvalid, ParticipationEnded or MasterplanExists.
    """
    policy.require(session, Permission.MASTERPLAN_WRITE)
    years = (period_start, period_end)
    request = {"do": "masterplan.create", "of": participation_id, "title": title, "years": years}
    plan_id = once(
        session,
        idempotency_key,
        request,
        lambda: _create(session, participation_id, title, period_start, period_end),
    )
    return session.get_one(Masterplan, (tenant_of(session), plan_id))


def update(
    session: Session,
    masterplan_id: UUID,
    *,
    expected_version: int,
    title: str | None = None,
    vision: str | None = None,
    vision_citations: Sequence[CitationLine] | None = None,
) -> Masterplan:
    """Change title, vision or what the vision rests on; None keeps what is there."""
    policy.require(session, Permission.MASTERPLAN_WRITE)
    plan = locked(session, Masterplan, masterplan_id, expected_version=expected_version)
    before = {"title": plan.title, "vision": plan.vision}
    cited = None if vision_citations is None else _cite(session, plan, vision_citations)
    if title is not None:
        plan.title = _title(title)
    if vision is not None:
        plan.vision = text_value(vision, path=("vision",))
    after: dict[str, object] = {"title": plan.title, "vision": plan.vision}
    if cited is not None:
        after["vision_citations"] = cited
    audit.record(session, "masterplan.update", "masterplan", plan.id, before=before, after=after)
    session.flush()  # the caller reads the new version
    return plan


def _cite(session: Session, plan: Masterplan, lines: Sequence[CitationLine]) -> list[CitationLine]:
    errors: list[DomainError] = []
    clean = checked(session, lines, errors, "visionCitations")
    refuse(errors)
    cite(session, plan.id, StatementKind.VISION, plan.id, clean)
    touch(plan)
    return clean


def touch(plan: Masterplan) -> None:
    """Raise the plan's version though only rows beside it changed."""
    plan.updated_at = datetime.now(UTC)


def require_open(participation: Participation) -> None:
    """Refuse with ParticipationEnded unless the city still takes part."""
    if participation.stage in ENDED:
        state_id, state_en = STAGES[participation.stage]
        raise ParticipationEnded(state_id=state_id, state_en=state_en)


def _create(session: Session, participation_id: UUID, title: str, first: int, last: int) -> UUID:
    tenant_id = tenant_of(session)
    if not (first in YEARS and last in YEARS and first <= last < first + LONGEST_PERIOD):
        raise PeriodInvalid(path=("periodEnd",), first=first, last=last)
    name = _title(title)
    try:
        participation = locked(session, Participation, participation_id)
    except NotFound as missing:
        raise NotFound(path=("participationId",)) from missing
    require_open(participation)
    of = {"tenant_id": tenant_id, "participation_id": participation_id}
    if session.scalar(select(Masterplan.id).filter_by(**of)) is not None:
        raise MasterplanExists(path=("participationId",))
    facts = {"title": name, "period_start": first, "period_end": last}
    plan = Masterplan(id=uuid7(), **of, **facts)
    session.add(plan)
    audit.record(session, "masterplan.create", "masterplan", plan.id, after=facts)
    session.flush()  # the key's row, the caller and its books refer to it
    make_books(session, plan)
    return plan.id


def _title(title: str) -> str:
    return text_value(title, path=("title",), maximum=NAME_LENGTH, required=True, lines=False)
