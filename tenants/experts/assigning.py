"""The ministry gives an expert a part in a city, and ends it: sight follows the assignment."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, Invalid, NotFound, WrongState
from kotacerdas.idempotency import once
from kotacerdas.identity import members
from kotacerdas.identity.models import Membership, Person
from kotacerdas.identity.policy import Permission, Role, acting, require
from kotacerdas.rows import locked, unique
from kotacerdas.scope import scope_of, tenant_of
from tenants.cities.queries import city_of
from tenants.experts.models import Assignment, ExpertPart
from tenants.experts.queries import is_expert
from tenants.experts.texts import PARTS
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind
from tenants.submissions.models import Review

CYCLES = range(2017, 10_000)


class NotAnExpert(DomainError):
    """Only who was taken on as an expert is assigned."""

    code = "NOT_AN_EXPERT"
    id = "{name} belum terdaftar sebagai tenaga ahli. Kirim undangan dengan peran itu dahulu."
    en = "{name} is no expert yet. Send them an invitation with the role of an expert first."


class AssignmentConflict(DomainError):
    """Who mentors a city in a cycle does not assess it in that cycle, nor the reverse."""

    code = "ASSIGNMENT_CONFLICT"
    id = (
        "{name} sudah menjadi {part_id} {city} pada siklus {cycle} (sejak {since})."
        " Pilih tenaga ahli lain untuk peran ini."
    )
    en = (
        "{name} was made {part_en} of {city} in the cycle of {cycle} (on {since})."
        " Choose another expert for this part."
    )


class AlreadyAssigned(DomainError):
    """The expert has this part already."""

    code = "ALREADY_ASSIGNED"
    id = "{name} sudah menjadi {part_id} {city} pada siklus {cycle}. Buka penugasan yang ada."
    en = "{name} is {part_en} of {city} in the cycle of {cycle} already. Open that assignment."


class AssignmentEnded(WrongState):
    """The assignment has ended."""

    code = "ASSIGNMENT_ENDED"
    id = "Penugasan ini sudah berakhir. Buat penugasan baru bila masih diperlukan."
    en = "This assignment has ended. Make a new one if an expert is still needed."


class ReviewsOpen(DomainError):
    """Reviews that the expert has begun must not be left lying."""

    code = "REVIEWS_OPEN"
    id = "{name} masih memegang {count} telaah terbuka. Alihkan penugasan ini kepada pengganti."
    en = "{name} still holds {count} open reviews. Give this assignment to a successor instead."


def assign(
    session: Session,
    person_id: UUID,
    *,
    part: ExpertPart,
    cycle: int,
    idempotency_key: str | None = None,
) -> Assignment:
    """Give an expert a part in the session's city, with the sight that it takes, and tell them.

    Raises Forbidden, NotFound for the person, Invalid for the cycle, NotAnExpert,
    AssignmentConflict or AlreadyAssigned.
    """
    require(session, Permission.COHORT_MANAGE)
    if cycle not in CYCLES:
        raise Invalid(
            "cycle",
            "tulis tahun angkatan atau tahun evaluasi, mulai 2017.",
            "write the year of the cohort or of the evaluation, from 2017 on.",
        )
    request = {"do": "expert.assign", "person": person_id, "part": part, "cycle": cycle}

    def create() -> UUID:
        row = begin(session, person_id, part=part, cycle=cycle)
        tell_assigned(session, row)
        return row.id

    return locked(session, Assignment, once(session, idempotency_key, request, create))


def end(session: Session, assignment_id: UUID, *, expected_version: int) -> Assignment:
    """End an assignment and, with the last of the person's here, their sight of the city.

    Raises Forbidden, NotFound, StaleVersion, AssignmentEnded or ReviewsOpen.
    """
    require(session, Permission.COHORT_MANAGE)
    row = current(session, assignment_id, expected_version)
    held = open_reviews(session, row)
    if held:
        raise ReviewsOpen(name=named(session, row.person_id), count=len(held))
    finish(session, row)
    tell_released(session, row, successor="")
    return row


def refuse_other_part(session: Session, *, part: ExpertPart, cycle: int) -> None:
    """Raise AssignmentConflict where the actor has the other part in the city in that cycle."""
    person_id = acting(session)
    before = _in_cycle(session, person_id, cycle)
    if before is not None and before.part is not part:
        raise _conflict(session, before, named(session, person_id))


def begin(
    session: Session,
    person_id: UUID,
    *,
    part: ExpertPart,
    cycle: int,
    replaces_id: UUID | None = None,
    path: str = "expertId",
) -> Assignment:
    """Write an assignment, or resume the one that ended, and give the role of an expert.

    Raises as `assign` does; refusals point at the input field `path`.
    """
    name = named(session, person_id, path)
    if not is_expert(session, person_id):
        raise NotAnExpert(path=(path,), name=name)
    facts = {"part": part, "cycle": cycle}
    before = _in_cycle(session, person_id, cycle)
    if before is not None:
        _refuse_taken(session, before, part, name, path)
    row = before or Assignment(
        tenant_id=tenant_of(session), id=uuid7(), person_id=person_id, part=part, cycle=cycle
    )
    row.started_at, row.ended_at = datetime.now(UTC), None
    row.assigned_by, row.replaces_id = scope_of(session).person_id, replaces_id
    row.handover = ""
    with unique(session, AlreadyAssigned(path=(path,), **_words(session, name, part, cycle))):
        session.add(row)
    after = {"person_id": person_id, **facts, "replaces_id": replaces_id}
    audit.record(session, "assignment.begin", "assignment", row.id, after=after)
    members.give_role(session, person_id=person_id, role=Role.EXPERT)
    return row


def ensure_part(
    session: Session, person_id: UUID, *, part: ExpertPart, cycle: int, path: str
) -> None:
    """Give an expert a part in the session's city unless they have it; raises as `begin` does."""
    held = _in_cycle(session, person_id, cycle)
    if held is None or held.part is not part or held.ended_at is not None:
        begin(session, person_id, part=part, cycle=cycle, path=path)


def finish(session: Session, row: Assignment) -> None:
    """End an assignment, and the role of an expert where no other assignment needs it."""
    row.ended_at = datetime.now(UTC)
    session.flush()  # what is left is asked of the database
    before = {"person_id": row.person_id, "part": row.part, "cycle": row.cycle}
    audit.record(session, "assignment.end", "assignment", row.id, before=before)
    others = exists().where(
        Assignment.tenant_id == row.tenant_id,
        Assignment.person_id == row.person_id,
        Assignment.ended_at.is_(None),
    )
    if session.scalar(select(others)):
        return
    held = select(Membership.id).where(
        Membership.tenant_id == row.tenant_id,
        Membership.person_id == row.person_id,
        Membership.role == Role.EXPERT,
        Membership.ended_at.is_(None),
    )
    membership_id = session.scalar(held)
    if membership_id is not None:
        members.end_membership(session, membership_id)


def current(session: Session, assignment_id: UUID, expected_version: int) -> Assignment:
    """Return an assignment that runs, locked; raises NotFound, StaleVersion or AssignmentEnded."""
    row = locked(session, Assignment, assignment_id, expected_version=expected_version)
    if row.ended_at is not None:
        raise AssignmentEnded
    return row


def open_reviews(session: Session, row: Assignment) -> list[Review]:
    """Return the reviews that a mentor has begun in the city and not decided, locked."""
    if row.part is not ExpertPart.MENTOR:
        return []
    mine = select(Review).where(
        Review.tenant_id == row.tenant_id,
        Review.reviewer_id == row.person_id,
        Review.closed_at.is_(None),
    )
    return list(session.scalars(mine.order_by(Review.id).with_for_update()))


def named(session: Session, person_id: UUID, path: str = "expertId") -> str:
    """Return a person's name; raises NotFound at the input field `path`."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound(path=(path,))
    return person.name


def tell_assigned(session: Session, row: Assignment, *, predecessor: str = "") -> None:
    """Tell an expert of a new assignment, and whose work it continues."""
    _tell(session, NotificationKind.EXPERT_ASSIGNED, row, predecessor)


def tell_released(session: Session, row: Assignment, *, successor: str) -> None:
    """Tell an expert that an assignment has ended, and who continues it."""
    _tell(session, NotificationKind.EXPERT_RELEASED, row, successor)


def _tell(session: Session, kind: NotificationKind, row: Assignment, other: str) -> None:
    data = {"part": row.part.value, "year": str(row.cycle)}
    if other:
        data["name"] = other
    key = row.started_at.isoformat()
    tell(session, kind, subject_id=row.id, data=data, people=[row.person_id], key=key)


def _in_cycle(session: Session, person_id: UUID, cycle: int) -> Assignment | None:
    mine = select(Assignment).where(
        Assignment.tenant_id == tenant_of(session),
        Assignment.person_id == person_id,
        Assignment.cycle == cycle,
    )
    return session.scalar(mine.with_for_update(of=Assignment))


def _refuse_taken(
    session: Session, before: Assignment, part: ExpertPart, name: str, path: str
) -> None:
    if before.part is not part:
        raise _conflict(session, before, name, path)
    if before.ended_at is None:
        words = _words(session, name, before.part, before.cycle)
        raise AlreadyAssigned(path=(path,), **words)


def _conflict(session: Session, before: Assignment, name: str, *path: str) -> AssignmentConflict:
    since = before.started_at.date().isoformat()
    words = _words(session, name, before.part, before.cycle)
    return AssignmentConflict(path=path, since=since, **words)


def _words(session: Session, name: str, part: ExpertPart, cycle: int) -> dict[str, object]:
    part_id, part_en = PARTS[part]
    city = city_of(session).name
    return {"name": name, "city": city, "cycle": cycle, "part_id": part_id, "part_en": part_en}
