"""Inviting people by mail, and their first sign-in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.journeys.people import Person
from tests.journeys.post import ROLES
from tests.journeys.year import Year

PASSWORD = "jam-gadang-berdentang-enam"


@dataclass(frozen=True)
class Guest:
    """Somebody to be invited: `key` is their name in the story, `unit` a department's id."""

    key: str
    name: str
    email: str
    role: str
    unit: str | None = None
    language: str = "id"


def join(year: Year, host: Person, city_id: str, city: str, guests: Iterable[Guest]) -> None:
    """Invite people, let each open the link of their mail, choose a password and sign in."""
    guests = list(guests)
    for guest in guests:
        invite(year, host, city_id, city, guest)
    links = year.post.invitations(guest.email for guest in guests)
    for guest in guests:
        accept(year, guest, links[guest.email])


def invite(year: Year, host: Person, city_id: str, city: str, guest: Guest) -> None:
    """Offer one role by mail."""
    if guest.language == "en":
        year.post.writes_english_to(guest.email)
    host.makes(
        "memberInvite",
        city_id=city_id,
        email=guest.email,
        name=guest.name,
        role=guest.role,
        unit_id=guest.unit,
        language=guest.language.upper(),
    )
    year.post.expects("invitation", [guest.email], role=ROLES[guest.role], city=city)


def accept(year: Year, guest: Guest, link: str) -> None:
    """Take the offer, which works once, and sign in."""
    person = year.person(guest.key)
    page = person.get(link)
    assert page.status_code == 200, f"{guest.key} cannot open the invitation: {page.status_code}"
    fields = {"name": guest.name, "password": PASSWORD}
    taken = person.post(link, fields)
    assert taken.status_code == 201, f"{guest.key} cannot accept: {taken.text}"
    person.sign_in(guest.email, PASSWORD)


def use_twice(year: Year, link: str) -> None:
    """Try an invitation that was accepted: it must be refused."""
    again = year.person("latecomer").post(link, {"name": "Orang Lain", "password": PASSWORD})
    assert again.status_code == 410, f"an invitation worked twice: {again.text}"
    assert again.json()["errors"][0]["code"] == "INVITATION_USED"
