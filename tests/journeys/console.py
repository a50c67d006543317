"""What an operator does at the console before and beside the city's year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from kotacerdas import audit
from kotacerdas.database import Database
from kotacerdas.identity import members, passwords, people, tokens
from kotacerdas.identity.policy import Grant, Permission, Role
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings
from tenants.assessment.shipped import load_instruments
from tenants.cities.reference import load_reference
from tenants.cities.registration import register_city

MINISTRY_EMAIL = "admin@kementerian.example"
MINISTRY_PASSWORD = "gerbang-rumah-gadang-1"
CITIES = {"13.75": "SKPD", "13.77": "OPD", "96.03": "OPD"}
"""Bukittinggi, Pariaman and Raja Ampat, with what each calls its departments."""

OPERATOR = (Grant(NATION, Role.OPERATOR),)


def prepare(settings: Settings) -> None:
    """Load the reference data, open the platform to the cities, make the first account."""
    database = Database(settings)
    with database.unit_of_work(Scope(Door.MINISTRY, NATION, grants=OPERATOR)) as session:
        load_reference(session)
        load_instruments(session)
        for region_code, label in CITIES.items():
            register_city(session, region_code=region_code, unit_label=label)
    password_hash = passwords.hashed(MINISTRY_PASSWORD)
    with database.unit_of_work(Scope(Door.IDENTITY, NATION, grants=OPERATOR)) as session:
        person = people.register(
            session, email=MINISTRY_EMAIL, name="Admin Kementerian", password_hash=password_hash
        )
        members.give_role(session, person_id=person.id, role=Role.MINISTRY_ADMIN)
    database.close()


def audited(settings: Settings, tenant_id: int) -> int:
    """Walk a tenant's audit chain, as `kotacerdas audit verify` does; return its entries.

    Raises AssertionError where an entry was changed or removed.
    """
    database = Database(settings)
    with database.unit_of_work(Scope(Door.MINISTRY, tenant_id, grants=OPERATOR)) as session:
        verdict = audit.verify(session)
    database.close()
    assert verdict.broken_at is None, verdict
    return verdict.entries


def lapsed_token(settings: Settings, person_id: UUID, city_id: int) -> str:
    """Return the secret of a person's token, pinned to a city, whose day was over yesterday."""
    database = Database(settings)
    with database.unit_of_work(Scope(Door.IDENTITY)) as session:
        grants = members.grants_of(session, person_id)
    with database.unit_of_work(Scope(Door.IDENTITY, NATION, person_id, grants)) as session:
        _, secret = tokens.create(
            session,
            settings,
            person_id=person_id,
            name="Lama",
            scopes=[Permission.CITY_READ],
            city_id=city_id,
            days=1,
            now=datetime.now(UTC) - timedelta(days=2),
        )
    database.close()
    return secret
