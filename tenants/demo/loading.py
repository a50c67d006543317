"""Loading the demo once, and signing in to it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.audit.models import AuditEntry
from kotacerdas.database import Database
from kotacerdas.identity import passwords
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings
from kotacerdas.signing import sign
from tenants.assessment.shipped import load_instruments
from tenants.cities.reference import load_reference
from tenants.cities.workflow import Stage
from tenants.demo.cast import EXPERT, MINISTRY_ADMIN, MINISTRY_READER, Cast, Newcomer
from tenants.demo.files import DemoCity, bukittinggi, destination, pariaman
from tenants.demo.planning import make_plan
from tenants.demo.settlement import settle
from tenants.demo.submitting import Submitting
from tenants.demo.taking_part import promise, take_part
from tenants.submissions.workflow import InnovationState as S

LOADED = UUID("0190f5a4-2022-7000-8000-0b0b1a5e0e01")
"""The entity of the audit entry that says that the demo is complete."""

HISTORY = frozenset({S.PLACED, S.REJECTED})
OPERATOR = Scope(Door.MINISTRY, NATION, grants=(Grant(NATION, Role.OPERATOR),))

MINISTRY = (
    Newcomer(MINISTRY_ADMIN, "Admin Kementerian", Role.MINISTRY_ADMIN),
    Newcomer(MINISTRY_READER, "Pembaca Kementerian", Role.MINISTRY_READER),
)


@dataclass(frozen=True)
class DemoSummary:
    """What a run has loaded: nothing where the demo was there already."""

    cities: int = 0
    people: int = 0
    innovations: int = 0


@dataclass(frozen=True)
class DemoLogin:
    """An account of the demo."""

    who: str
    email: str
    password: str


def password_of(settings: Settings) -> str:
    """Return the demo's password: 20 letters and digits, another one for each secret key."""
    digest = sign(settings.secret_key, "demo password", "")
    letters = base64.b32encode(digest).decode().lower()
    return "-".join(letters[start : start + 5] for start in range(0, 20, 5))


def logins(password: str) -> list[DemoLogin]:
    """Return one account for each part that can be played."""
    city, other = bukittinggi(), pariaman()
    people = {
        "Ministry admin": MINISTRY_ADMIN,
        "Expert": EXPERT,
        "City admin, Bukittinggi": city.email("admin"),
        "Bappeda, Bukittinggi": city.email("bappeda"),
        "Unit operator, BPBD": city.email_of("unit_operator", "BPBD"),
        "Unit head, BPBD": city.email_of("unit_head", "BPBD"),
        "City admin, Pariaman": other.email("admin"),
    }
    return [DemoLogin(who, email, password) for who, email in people.items()]


def load(database: Database, settings: Settings, *, password: str) -> DemoSummary:
    """Load what is missing of reference data and demo; running it again changes nothing.

    Everything goes through the rules, by the people whom they ask for. A run that was interrupted
    is completed by the next one; a complete demo is left as its users have made it. What had ended
    in 2022 is told in the application alone; what is still open sends its mails.
    """
    with database.unit_of_work(OPERATOR) as session:
        if is_loaded(session):
            return DemoSummary()
        load_reference(session)
        load_instruments(session)
    cast = Cast(database, passwords.hashed(password))
    cast.enrol(NATION, MINISTRY)
    cities = [bukittinggi(), pariaman()]
    _bukittinggi(cast, cities[0])
    _pariaman(cast, cities[1])
    summary = DemoSummary(len(cities), cast.size, sum(len(city.innovations) for city in cities))
    with database.unit_of_work(OPERATOR) as session:
        audit.record(session, "demo.load", "demo", LOADED, after=vars(summary))
    return summary


def is_loaded(session: Session) -> bool:
    """Whether a load of the demo has come to its end; for the nation's tenant."""
    entry = exists().where(AuditEntry.tenant_id == NATION, AuditEntry.entity_id == LOADED)
    return bool(session.scalar(select(entry)))


def _bukittinggi(cast: Cast, content: DemoCity) -> None:
    city = settle(cast, content)
    participation_id = take_part(cast, city, until=Stage.MENTORED)
    promise(cast, city, participation_id)
    play = Submitting(cast, city, participation_id).play
    past = [one for one in content.innovations if destination(one) in HISTORY]
    play(past, quiet=True)
    make_plan(cast, city, participation_id)
    play([one for one in content.innovations if one not in past], quiet=False)


def _pariaman(cast: Cast, content: DemoCity) -> None:
    city = settle(cast, content)
    participation_id = take_part(cast, city, until=Stage.COMMITTED)
    Submitting(cast, city, participation_id).play(content.innovations, quiet=False)
