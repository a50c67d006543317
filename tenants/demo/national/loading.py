"""Loading the demo at national scale; an interrupted load is completed by the next one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.audit.models import AuditEntry
from kotacerdas.database import Database
from kotacerdas.identity import passwords
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings
from kotacerdas.tenancy import Tenant, tenant_tables
from tenants.cities.models import City
from tenants.demo import loading as played
from tenants.demo.national.city import SPEAKS_OF_DEMO, Common, city
from tenants.demo.national.drawing import PLAYED, Seat, draw
from tenants.demo.national.evaluations import Held, open_rounds
from tenants.demo.national.nation import Nation, read_nation
from tenants.demo.national.people import enrol_experts
from tenants.demo.national.rows import Rows
from tenants.demo.national.versions import freeze
from tenants.demo.national.writing import write
from tenants.evaluation.models import EvaluationRound

LOADED = UUID("0190f5a4-2022-7000-8000-0b0b1a5e0e02")
"""The entity of the audit entry that says that a load has come to its end."""

AT_A_TIME = 3
BY_IDENTITY = frozenset({"person", "account", "membership"})
BY_MINISTRY = frozenset({"tenant", "city", "evaluation_round", "assignment"})
OF_RESULTS = frozenset({"published_result"})
"""Tables by the door through which they are written; all others are the city's own."""


@dataclass(frozen=True)
class NationalSummary:
    """What a load has written; nothing where it was there already."""

    cities: int = 0
    participations: int = 0
    rows: int = 0


def load(database: Database, settings: Settings, *, password: str) -> NationalSummary:
    """Load the two played cities, then all that is missing of the others.

    A region that uses the platform already is left as it is. The same database without any other
    city always gets the same rows.
    """
    played.load(database, settings, password=password)
    with database.unit_of_work(played.OPERATOR) as session:
        if is_loaded(session):
            return NationalSummary()
        nation = read_nation(session)
    common = _common(database, nation, passwords.hashed(password))
    by_region = _by_region(draw(nation))
    tenants = _tenants(database, sorted(by_region))
    with ThreadPoolExecutor(AT_A_TIME) as threads:  # while PostgreSQL writes, the next is made
        load_city = partial(_load_city, database, common)
        counts = list(threads.map(load_city, tenants.values(), map(by_region.get, tenants)))
    summary = NationalSummary(len(by_region), sum(map(len, by_region.values())), sum(counts))
    with database.unit_of_work(played.OPERATOR) as session:
        audit.record(session, "demo.load", "demo", LOADED, after=vars(summary))
    return summary


def is_loaded(session: Session) -> bool:
    """Whether a load has come to its end; for the nation's tenant."""
    entry = exists().where(AuditEntry.tenant_id == NATION, AuditEntry.entity_id == LOADED)
    return bool(session.scalar(select(entry)))


def _common(database: Database, nation: Nation, password_hash: str) -> Common:
    rows = Rows(NATION, "nation", date(2017, 1, 2))
    experts = enrol_experts(rows, password_hash)
    open_rounds(rows, nation)
    with database.unit_of_work(_scope(Door.IDENTITY, NATION)) as session:
        write(session, rows.by_table, BY_IDENTITY)
    with database.unit_of_work(_scope(Door.MINISTRY, NATION)) as session:
        write(session, rows.by_table, BY_MINISTRY)
        ours = [row["id"] for row in rows.by_table[EvaluationRound.__tablename__]]
        found = select(EvaluationRound).where(EvaluationRound.id.in_(ours))
        rounds = [Held(row.id, row.year) for row in session.scalars(found)]
    return Common(nation, experts, sorted(rounds, key=lambda held: held.year), password_hash)


def _by_region(seats: Iterable[Seat]) -> dict[str, list[Seat]]:
    found: dict[str, list[Seat]] = defaultdict(list)
    for seat in seats:
        if seat.region_code not in PLAYED:
            found[seat.region_code].append(seat)
    return found


def _tenants(database: Database, codes: Sequence[str]) -> dict[str, int]:
    """Return the numbers of the cities that are to be written, new ones behind the last."""
    with database.unit_of_work(_scope(Door.MINISTRY, NATION)) as session:
        session.execute(text("select pg_advisory_xact_lock(hashtext('register_city'))"))
        known = {row.region_code: row for row in session.scalars(select(City))}
        last = session.execute(select(func.max(Tenant.id))).scalar_one()
        free = iter(range(last + 1, last + 1 + len(codes)))
        return dict(_numbers(codes, known, free))


def _numbers(
    codes: Sequence[str], known: dict[str, City], free: Iterator[int]
) -> Iterator[tuple[str, int]]:
    for code in codes:
        row = known.get(code)
        if row is None:
            yield code, next(free)
        elif row.is_demo and row.name.endswith(SPEAKS_OF_DEMO):
            yield code, row.id


def _load_city(database: Database, common: Common, tenant_id: int, seats: list[Seat]) -> int:
    rows, frozen = city(common, tenant_id, seats)
    own = tenant_tables() - BY_IDENTITY - BY_MINISTRY - OF_RESULTS
    with database.unit_of_work(_scope(Door.MINISTRY, tenant_id)) as session:
        written = write(session, rows.by_table, {"tenant", "city"})
    with database.unit_of_work(_scope(Door.IDENTITY, tenant_id)) as session:
        written += write(session, rows.by_table, BY_IDENTITY)
    with database.unit_of_work(_scope(Door.WORKER, tenant_id)) as session:
        written += write(session, rows.by_table, own)
        for plan in frozen:
            freeze(session, plan)
        audit.record(session, "demo.load", "city", None, after={"rows": written})
    with database.unit_of_work(_scope(Door.MINISTRY, tenant_id)) as session:
        return written + write(session, rows.by_table, {"assignment"} | OF_RESULTS)


def _scope(door: Door, tenant_id: int) -> Scope:
    return Scope(door, tenant_id, grants=(Grant(NATION, Role.OPERATOR),))
