"""Jobs that send: notifications, invitations, and the reminders of deadlines.

A mail that has left is never sent again: its delivery is SENT and the job ends. Only where a worker
dies between the mail server's yes and the mark does the next attempt send once more, with the same
Message-ID, by which mail servers and programs know the double.

Who has left the tenant since it was told gets no mail of it: the delivery is REFUSED, and the
notice in the application stays where it was written. Only of the leaving itself they are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from kotacerdas.identity.invitations import INVITATION_MAIL, invitation_link
from kotacerdas.identity.models import Account, Invitation, Person
from kotacerdas.identity.policy import Role
from kotacerdas.identity.queries import members_with, still_members
from kotacerdas.jobs import Job, Lease
from kotacerdas.settings import Settings
from kotacerdas.tenancy import Json
from tenants.cities.deadlines import REMIND
from tenants.cities.models import City, Unit
from tenants.cities.queries import DeadlineDue, deadline_due
from tenants.cities.reminders import ReminderKey, read_key
from tenants.notifications.actions import tell
from tenants.notifications.inserts import SEND
from tenants.notifications.models import Delivery, DeliveryState, Notification, NotificationKind
from tenants.notifications.texts import Letter, compose, compose_invitation
from workers.channels.email import Refused, deliver, message_of, sending_host
from workers.runner import Handler, Permanent, Run

NATIONAL_ZONE = "Asia/Jakarta"
"""The ministry's clocks."""

FAREWELLS = frozenset({NotificationKind.EXPERT_RELEASED})
"""What is told to people because they leave."""

REMINDED = (Role.CITY_ADMIN, Role.BAPPEDA, Role.UNIT_HEAD)


class InvitationRefused(Permanent):
    """The mail server turned an invitation away for good."""

    code = "INVITATION_REFUSED"
    id = "Server surel menolak undangan ini ({reason}). Periksa alamatnya, lalu undang lagi."
    en = "The mail server refused this invitation ({reason}). Check the address and invite again."


@dataclass(frozen=True)
class Post:
    """A letter with whom it goes to."""

    letter: Letter
    address: str
    name: str
    message_id: str


@dataclass(frozen=True)
class Offer:
    """An invitation with its letter."""

    letter: Letter
    invitation: Invitation


@dataclass(frozen=True)
class Outcome:
    """How a delivery went: a lasting no of the mail server or of ours, or none."""

    refusal: str | None = None


LEFT = Outcome("no longer a member")


def load_delivery(session: Session, lease: Lease) -> Post | Outcome | None:
    """Return the letter of a waiting delivery, or LEFT where it would reach a former member.

    None if it has been sent already or its account is closed.
    """
    row = session.execute(
        select(Delivery.message_id, Notification, Person.name, Account.email, Account.language)
        .join_from(Delivery, Notification, _told())
        .join(Person, Person.id == Notification.person_id)
        .join(Account, Account.person_id == Person.id)
        .where(Delivery.tenant_id == lease.tenant_id, Notification.tenant_id == lease.tenant_id)
        .where(Delivery.id == lease.subject_id, Delivery.state == DeliveryState.WAITING)
        .where(Account.active)
    ).one_or_none()
    if row is None:
        return None
    message_id, told, name, address, language = row
    if told.kind not in FAREWELLS and not still_members(session, [told.person_id]):
        return LEFT
    place, zone = _place(session, lease)
    facts = {**told.data, **place, "person": name}
    letter = compose(told.kind, facts, language=language, zone=zone)
    return Post(letter, address, name, message_id)


def send_delivery(post: Post | Outcome, run: Run) -> Outcome:
    """Hand the letter to the mail server; its lasting no is an outcome, everything else rises."""
    if isinstance(post, Outcome):
        return post
    try:
        _mail(post, f"{run.settings.base_url}/", run.settings)
    except Refused as error:
        return Outcome(str(error))
    return Outcome()


def keep_delivery(session: Session, lease: Lease, outcome: Outcome) -> Json:
    """Mark the delivery as sent or refused."""
    delivery = session.get_one(Delivery, (lease.tenant_id, lease.subject_id))
    # Also where there is none: an earlier attempt's word no longer holds.
    delivery.refusal = outcome.refusal
    if outcome.refusal is None:
        delivery.state, delivery.sent_at = DeliveryState.SENT, datetime.now(UTC)
    else:
        delivery.state = DeliveryState.REFUSED
    return {"state": delivery.state.value}


def note_failure(session: Session, lease: Lease, error: str) -> None:
    """Leave word at a delivery whose attempts are used up; it still waits for an operator."""
    session.get_one(Delivery, (lease.tenant_id, lease.subject_id)).refusal = error


def load_invitation(session: Session, lease: Lease) -> Offer | None:
    """Return an open invitation with its letter; None if it was accepted or has ended."""
    invitation = session.get_one(Invitation, (lease.tenant_id, lease.subject_id))
    if invitation.accepted_at is not None or invitation.expires_at <= datetime.now(UTC):
        return None
    place, zone = _place(session, lease)
    facts = {
        **place,
        "person": invitation.name,
        "expires_at": invitation.expires_at.isoformat(),
    }
    if invitation.unit_id is not None:
        facts["unit"] = session.get_one(Unit, (lease.tenant_id, invitation.unit_id)).name
    language = invitation.language
    letter = compose_invitation(invitation.role, facts, language=language, zone=zone)
    return Offer(letter, invitation)


def send_invitation(offer: Offer, run: Run) -> Offer:
    """Mail the invitation's link. Raises InvitationRefused for the mail server's lasting no."""
    invitation, settings = offer.invitation, run.settings
    message_id = f"<{invitation.id}@{sending_host(settings)}>"
    post = Post(offer.letter, invitation.email, invitation.name, message_id)
    try:
        _mail(post, invitation_link(settings, invitation), settings)
    except Refused as error:
        raise InvitationRefused(reason=str(error)) from error
    return offer


def keep_invitation(_session: Session, _lease: Lease, _offer: Offer) -> Json:
    """The finished job is the record: an invitation has no row of its own for its mail."""
    return {"state": DeliveryState.SENT.value}


def load_reminder(session: Session, lease: Lease) -> ReminderKey:
    """Return which reminder of which due date the job is."""
    job = session.get_one(Job, (lease.tenant_id, lease.job_id))
    if job.dedupe_key is None:
        raise LookupError("a reminder's job carries its key")
    return read_key(job.dedupe_key)


def keep_reminder(session: Session, _lease: Lease, key: ReminderKey) -> Json:
    """Tell the people of the city, if the deadline is unfinished, ahead and was not moved."""
    due = deadline_due(session, key.deadline_id)
    if due is None or due.due_at != key.due_at:
        return {"told": 0}
    people = members_with(session, REMINDED)
    tell(
        session,
        NotificationKind.DEADLINE,
        subject_id=due.deadline_id,
        data={"name": due.name, "due_at": due.due_at.isoformat(), "days": str(_days_left(due))},
        people=people,
        key=f"{key.due_at.isoformat()}:{key.days}",
    )
    return {"told": len(people)}


def _told() -> ColumnElement[bool]:
    return and_(
        Notification.tenant_id == Delivery.tenant_id, Notification.id == Delivery.notification_id
    )


def _place(session: Session, lease: Lease) -> tuple[dict[str, str], str]:
    city = session.get(City, lease.tenant_id)
    return ({}, NATIONAL_ZONE) if city is None else ({"city": city.name}, city.zone)


def _mail(post: Post, link: str, settings: Settings) -> None:
    message = message_of(
        post.letter,
        settings,
        address=post.address,
        name=post.name,
        message_id=post.message_id,
        link=link,
    )
    deliver(message, settings)


def _days_left(due: DeadlineDue) -> int:
    """Days by the city's calendar: a late reminder tells the truth of the day it goes out."""
    zone = ZoneInfo(due.zone)
    return (due.due_at.astimezone(zone).date() - datetime.now(zone).date()).days


HANDLERS = (
    Handler[Post | Outcome, Outcome](
        SEND, load_delivery, send_delivery, keep_delivery, note_failure
    ),
    Handler(INVITATION_MAIL, load_invitation, send_invitation, keep_invitation),
    Handler(REMIND, load_reminder, None, keep_reminder),
)
