"""Bearer tokens: never above their owner, never for long, kept as an HMAC."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from kotacerdas.audit.models import AuditEntry
from kotacerdas.database import Database
from kotacerdas.errors import DomainError, Forbidden, Invalid, NotFound, Unauthenticated
from kotacerdas.identity import tokens
from kotacerdas.identity.authentication import Actor, Via, authenticate, identity_scope, scope_for
from kotacerdas.identity.members import give_role, grants_of
from kotacerdas.identity.models import Account, ApiToken, Membership
from kotacerdas.identity.people import register
from kotacerdas.identity.policy import Grant, Permission, Role, permitted
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings

READ, WRITE = Permission.CITY_READ, Permission.INNOVATION_WRITE


@pytest.fixture
def admin(database: Database, city) -> Iterator[Actor]:
    """A city's administrator with an account."""
    return _actor(database, city.id, Role.CITY_ADMIN)


def _actor(database: Database, tenant_id: int, role: Role) -> Actor:
    with database.unit_of_work(Scope(Door.IDENTITY, tenant_id)) as session:
        person = register(session, email=f"t-{uuid4().hex}@kota.go.id", name="Pemilik Token")
        session.flush()
        give_role(session, person_id=person.id, role=role)
        session.flush()
        return Actor(person.id, grants_of(session, person.id))


def make(
    database: Database,
    settings: Settings,
    actor: Actor,
    scopes: list[str],
    *,
    city_id: int | None = None,
    days: int = 30,
    **options: datetime,
) -> tuple[ApiToken, str]:
    assert actor.person_id is not None
    with database.unit_of_work(identity_scope(actor)) as session:
        return tokens.create(
            session,
            settings,
            person_id=actor.person_id,
            name="Integrasi SPBE",
            scopes=scopes,
            city_id=city_id,
            days=days,
            **options,
        )


def use(
    database: Database, settings: Settings, secret: str, *, now: datetime | None = None
) -> Actor:
    with database.unit_of_work(Scope(Door.IDENTITY)) as session:
        return authenticate(session, settings, cookie=None, bearer=secret, now=now)


def tokens_of(database: Database, actor: Actor) -> list[ApiToken]:
    with database.unit_of_work(identity_scope(actor)) as session:
        return tokens.own_tokens(session)


def audited(database: Database, token_id: UUID) -> list[str]:
    with database.unit_of_work(Scope(Door.IDENTITY, NATION)) as session:
        mine = select(AuditEntry.action).where(AuditEntry.entity_id == token_id)
        return list(session.scalars(mine.order_by(AuditEntry.sequence)))


def test_a_token_acts_for_its_owner_within_its_scopes(database, settings, city, admin):
    row, secret = make(database, settings, admin, [READ, WRITE])
    actor = use(database, settings, secret)
    assert (actor.person_id, actor.via, actor.name) == (admin.person_id, Via.TOKEN, "Pemilik Token")
    assert actor.grants == (Grant(city.id, Role.CITY_ADMIN, None, frozenset({READ, WRITE})),)
    scope = scope_for(actor, city.id)
    assert permitted(scope, WRITE)
    assert not permitted(scope, Permission.MEMBER_MANAGE)
    assert audited(database, row.id) == ["token.create"]


def test_a_token_tells_its_key_and_only_its_hmac_is_kept(database, settings, admin):
    row, secret = make(database, settings, admin, [READ])
    kc, key, tail = secret.split("_")
    assert (kc, len(key), len(tail)) == ("kc", 8, 49)
    assert row.token_hash[:4].hex() == key
    assert len(row.token_hash) == 36
    assert secret.encode() not in row.token_hash
    other = settings.model_copy(
        update={"secret_key": SecretStr("another key of 32 random bytes..")}
    )
    with pytest.raises(Unauthenticated):
        use(database, other, secret)


@pytest.mark.parametrize("spoil", ["", "x", "kc_", "last sign", "middle", "twice", "no ascii"])
def test_a_text_that_is_no_whole_token_is_refused(database, settings, admin, spoil):
    _, secret = make(database, settings, admin, [READ])
    middle = "A" if secret[30] != "A" else "B"
    spoiled = {
        "last sign": secret[:-1],
        "middle": secret[:30] + middle + secret[31:],
        "twice": secret * 2,
        "no ascii": secret[:-1] + "é",
    }.get(spoil, spoil)
    with pytest.raises(Unauthenticated):
        use(database, settings, spoiled)


def test_a_token_asks_for_no_right_that_its_owner_lacks(database, settings, admin):
    wide = [READ, Permission.INNOVATION_REVIEW, Permission.COHORT_MANAGE]
    with pytest.raises(tokens.TokenScopeTooWide) as refusal:
        make(database, settings, admin, wide)
    assert refusal.value.code == "TOKEN_SCOPE_TOO_WIDE"
    assert refusal.value.path == ("scopes",)
    assert "cohort:manage, innovation:review" in refusal.value.text("id")
    assert "cohort:manage, innovation:review" in refusal.value.text("en")
    assert tokens_of(database, admin) == []


def test_a_token_neither_begets_nor_ends_tokens(database, settings, admin):
    row, secret = make(database, settings, admin, [READ])
    by_token = identity_scope(use(database, settings, secret))
    with pytest.raises(tokens.TokensBySession):
        make(database, settings, use(database, settings, secret), [READ])
    with pytest.raises(tokens.TokensBySession), database.unit_of_work(by_token) as session:
        tokens.revoke(session, row.id)
    assert use(database, settings, secret).grants


def test_a_token_loses_what_its_owner_loses(database, settings, city, admin):
    _, secret = make(database, settings, admin, [READ])
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        mine = select(Membership).where(
            Membership.tenant_id == city.id, Membership.person_id == admin.person_id
        )
        session.scalars(mine).one().ended_at = datetime.now(UTC)
    assert use(database, settings, secret).grants == ()


def test_a_ministrys_token_pinned_to_a_city_reaches_no_other(database, settings, make_city):
    ours, other = make_city(), make_city()
    ministry = _actor(database, NATION, Role.MINISTRY_ADMIN)
    _, secret = make(database, settings, ministry, [READ], city_id=ours.id)
    actor = use(database, settings, secret)
    assert actor.grants == (Grant(ours.id, Role.MINISTRY_ADMIN, None, frozenset({READ})),)
    assert scope_for(actor, ours.id).door is Door.CITY
    assert scope_for(actor, ours.id).tenant_id == ours.id
    assert scope_for(actor, other.id).tenant_id is None
    assert not permitted(scope_for(actor, ours.id), Permission.NATIONAL_READ)


def test_a_token_cannot_be_pinned_to_a_city_out_of_reach(database, settings, make_city, admin):
    other = make_city()
    with pytest.raises(tokens.TokenScopeTooWide):
        make(database, settings, admin, [READ], city_id=other.id)
    with pytest.raises(NotFound):
        make(database, settings, admin, [READ], city_id=9_999)
    assert tokens_of(database, admin) == []


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"days": 0}, ("days",)),
        ({"days": 366}, ("days",)),
        ({"scopes": []}, ("scopes",)),
        ({"scopes": ["city:read", "all"]}, ("scopes",)),
    ],
)
def test_a_malformed_request_makes_no_token(database, settings, admin, change, path):
    with pytest.raises(Invalid) as refusal:
        make(database, settings, admin, **{"scopes": ["city:read"], **change})
    assert refusal.value.path == path
    assert tokens_of(database, admin) == []


def test_nobody_makes_a_token_for_somebody_else(database, settings, city, admin):
    stranger = _actor(database, city.id, Role.COUNCIL)
    refusals: list[type[DomainError]] = []
    for actor in (stranger, Actor()):
        with (
            pytest.raises(DomainError) as refusal,
            database.unit_of_work(identity_scope(actor)) as session,
        ):
            tokens.create(
                session,
                settings,
                person_id=admin.person_id,
                name="Curian",
                scopes=["city:read"],
                city_id=None,
                days=1,
            )
        refusals.append(refusal.type)
    assert refusals == [Forbidden, Unauthenticated]
    assert tokens_of(database, admin) == []


def test_a_token_ends_with_its_days(database, settings, admin):
    start = datetime.now(UTC)
    _, secret = make(database, settings, admin, [READ], days=365, now=start)
    last = start + timedelta(days=365)
    use(database, settings, secret, now=last - timedelta(seconds=1))
    with pytest.raises(Unauthenticated):
        use(database, settings, secret, now=last)


def test_a_revoked_token_opens_nothing(database, settings, city, admin):
    row, secret = make(database, settings, admin, [READ])
    stranger = _actor(database, city.id, Role.CITY_ADMIN)
    with pytest.raises(NotFound), database.unit_of_work(identity_scope(stranger)) as session:
        tokens.revoke(session, row.id)
    use(database, settings, secret)
    for _ in range(2):
        with database.unit_of_work(identity_scope(admin)) as session:
            tokens.revoke(session, row.id)
    with pytest.raises(Unauthenticated):
        use(database, settings, secret)
    assert audited(database, row.id) == ["token.create", "token.revoke"]


def test_a_closed_account_closes_its_tokens(database, settings, admin):
    _, secret = make(database, settings, admin, [READ])
    with database.unit_of_work(identity_scope(admin)) as session:
        session.get_one(Account, admin.person_id).active = False
    with pytest.raises(Unauthenticated):
        use(database, settings, secret)


def test_the_last_use_is_written_once_a_minute(database, settings, admin):
    start = datetime.now(UTC)
    _, secret = make(database, settings, admin, [READ], now=start)
    used = []
    for seconds in (0, 59, 60):
        use(database, settings, secret, now=start + timedelta(seconds=seconds))
        [kept] = tokens_of(database, admin)
        used.append((kept.used_at - start).total_seconds())
    assert used == [0, 0, 60]
