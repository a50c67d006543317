"""The people of the demo: their accounts, their roles, and acting as one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.database import Database
from kotacerdas.identity.authentication import Actor, scope_for
from kotacerdas.identity.members import give_role
from kotacerdas.identity.people import account_by_email, register
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import Door, Scope
from tenants.notifications.actions import without_mail

MINISTRY_ADMIN = "admin@kementerian.demo"
MINISTRY_READER = "pembaca@kementerian.demo"
EXPERT = "ahli@kementerian.demo"


@dataclass(frozen=True)
class Newcomer:
    """Somebody who gets an account and a role; roles only, never a person's name."""

    email: str
    name: str
    role: Role
    unit_id: UUID | None = None
    language: str = "id"


class Cast:
    """Who plays the demo: accounts with one password, and their sessions."""

    def __init__(self, database: Database, password_hash: str) -> None:
        self._database = database
        self._password_hash = password_hash
        self._actors: dict[str, Actor] = {}

    def enrol(self, tenant_id: int, people: Iterable[Newcomer]) -> None:
        """Give accounts and roles in a tenant; who has them already keeps them."""
        with self._database.unit_of_work(Scope(Door.IDENTITY, tenant_id)) as session:
            for one in people:
                account = account_by_email(session, one.email)
                person_id = account.person_id if account else self._register(session, one)
                give_role(session, person_id=person_id, role=one.role, unit_id=one.unit_id)
                actor = self._actors.get(one.email, Actor(person_id))
                grants = (*actor.grants, Grant(tenant_id, one.role, one.unit_id))
                self._actors[one.email] = replace(actor, grants=grants)

    @contextmanager
    def acting(self, email: str, tenant_id: int, *, quiet: bool = False) -> Iterator[Session]:
        """Yield a unit of work of one person in a tenant; a quiet one sends no mail."""
        with self._database.unit_of_work(scope_for(self._actors[email], tenant_id)) as session:
            if quiet:
                without_mail(session)
            yield session

    @property
    def size(self) -> int:
        """How many people there are."""
        return len(self._actors)

    def _register(self, session: Session, one: Newcomer) -> UUID:
        person = register(
            session,
            email=one.email,
            name=one.name,
            language=one.language,
            password_hash=self._password_hash,
        )
        return person.id
