"""Going on from a frozen version: the working copy becomes what the version was frozen from."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.errors import DomainError, NotFound
from kotacerdas.identity.policy import Permission, Role, acting, require
from kotacerdas.identity.queries import members_with
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from kotacerdas.tenancy import Json
from tenants.cities.models import Participation
from tenants.masterplan import working_copy
from tenants.masterplan.books.editing import Text, store
from tenants.masterplan.books.models import Section, SectionState
from tenants.masterplan.freezing import set_aside
from tenants.masterplan.models import Masterplan, MasterplanVersion, Programme
from tenants.masterplan.plan import require_open
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind
from tenants.submissions.models import Innovation
from tenants.submissions.workflow import InnovationState


class VersionWithoutCopy(DomainError):
    """The version was frozen before versions kept the rows that they were frozen from."""

    code = "VERSION_WITHOUT_COPY"
    id = (
        "Versi {number} dibekukan sebelum salinan kerja ikut disimpan, jadi tidak dapat"
        " dilanjutkan. Pilih versi yang lebih baru, atau bandingkan lalu ubah masterplannya."
    )
    en = (
        "Version {number} was frozen before working copies were kept, so one cannot go on from it."
        " Choose a later version, or change the plan by comparing with it."
    )


def fork(session: Session, version_id: UUID, *, expected_version: int) -> Masterplan:
    """Make the working copy what it was when a version was frozen; nothing of it is lost.

    What stands now is kept as a version first, unless the last one says the same. Sections that
    were added since stay; all others get the version's text as their next revision. Innovations
    follow their programmes. Raises Forbidden, NotFound, StaleVersion, ParticipationEnded or
    VersionWithoutCopy.
    """
    require(session, Permission.MASTERPLAN_FREEZE)
    version = session.get(MasterplanVersion, (tenant_of(session), version_id))
    if version is None:
        raise NotFound(path=("versionId",))
    plan = locked(session, Masterplan, version.masterplan_id, expected_version=expected_version)
    require_open(session.get_one(Participation, (plan.tenant_id, plan.participation_id)))
    copy = version.working_copy
    if copy is None:
        raise VersionWithoutCopy(path=("versionId",), number=version.number)
    kept = set_aside(session, plan)
    before = _placed(session, plan)
    working_copy.put_back(session, plan, copy)
    _follow(session, before, _placed(session, plan))
    _put_sections(session, plan, copy.get("section", []))
    facts = {"after": {"from": version.number, "kept": kept.number}}
    audit.record(session, "masterplan.fork", "masterplan", plan.id, **facts)
    session.flush()  # the caller reads the new version
    session.expire_all()  # rows were replaced behind the session's back
    _tell(session, plan, version, kept)
    return plan


def _placed(session: Session, plan: Masterplan) -> set[UUID]:
    """Innovations that the plan's programmes came from."""
    mine = (Programme.tenant_id == plan.tenant_id) & (Programme.masterplan_id == plan.id)
    placed = select(Programme.innovation_id).where(mine, Programme.innovation_id.is_not(None))
    return {each for each in session.scalars(placed) if each is not None}


def _follow(session: Session, before: set[UUID], after: set[UUID]) -> None:
    """Let innovations wait for their place again, or have it again, with their programmes."""
    moves = {
        InnovationState.ACCEPTED: (before - after, InnovationState.PLACED),
        InnovationState.PLACED: (after - before, InnovationState.ACCEPTED),
    }
    for state, (ids, former) in moves.items():
        own = {"tenant_id": tenant_of(session), "state": former}
        rows = select(Innovation).filter_by(**own).where(Innovation.id.in_(ids))
        for innovation in session.scalars(rows.with_for_update()):
            innovation.state = state
            moved = {"before": {"state": former}, "after": {"state": state}}
            audit.record(session, "innovation.follow", "innovation", innovation.id, **moved)


def _put_sections(session: Session, plan: Masterplan, kept: list[Json]) -> None:
    ids = [UUID(each["id"]) for each in kept]
    mine = (Section.tenant_id == plan.tenant_id) & Section.id.in_(ids)
    locked_rows = select(Section).where(mine).order_by(Section.id).with_for_update()
    standing = {section.id: section for section in session.scalars(locked_rows)}
    for each in kept:
        section = standing.get(UUID(each["id"]))
        if section is None:
            session.add(_added(plan, each))
            continue
        text = Text(each["title"], each["body"])
        if text != Text(section.title, section.body):
            store(session, section, text)
        section.state = SectionState(each["state"])


def _added(plan: Masterplan, kept: Json) -> Section:
    """A section that was removed since, which only an empty one can be."""
    return Section(
        tenant_id=plan.tenant_id,
        id=UUID(kept["id"]),
        chapter_id=UUID(kept["chapter_id"]),
        ordinal=kept["ordinal"],
        title=kept["title"],
        body=kept["body"],
    )


def _tell(
    session: Session, plan: Masterplan, version: MasterplanVersion, kept: MasterplanVersion
) -> None:
    data = {"title": plan.title, "number": str(version.number), "kept": str(kept.number)}
    people = members_with(session, [Role.BAPPEDA, Role.CITY_ADMIN])
    others = [each for each in people if each != acting(session)]
    kind = NotificationKind.PLAN_FORKED
    tell(session, kind, subject_id=plan.id, data=data, people=others, key=f"v{plan.version}")
