"""`python -m tests.tenants.demo.national_digest`: SHA-256 of all made-up rows of every tenth city.

Ids of the database's own reference data differ from one database to the next and are no part of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from hashlib import sha256

import orjson

from kotacerdas.database import Database
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import settings
from tenants.demo.national.city import Common, city
from tenants.demo.national.drawing import Seat, draw
from tenants.demo.national.evaluations import ROUNDS, Held
from tenants.demo.national.nation import Nation, read_nation
from tenants.demo.national.people import enrol_experts
from tenants.demo.national.rows import Rows

EVERY = 10


def nation_of(database: Database) -> Nation:
    """Read the reference data."""
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        return read_nation(session)


def digest(nation: Nation) -> str:
    """Return the digest."""
    rows = Rows(NATION, "nation", next(iter(ROUNDS.values())))
    experts = enrol_experts(rows, "hash")
    rounds = [Held(rows.identity(), year) for year in ROUNDS]
    common = Common(nation, experts, rounds, "hash")
    seats: dict[str, list[Seat]] = defaultdict(list)
    for seat in draw(nation):
        seats[seat.region_code].append(seat)
    summed = sha256()
    for tenant_id, code in enumerate(sorted(seats)[::EVERY], start=1):
        made, frozen = city(common, tenant_id, seats[code])
        text = orjson.dumps([made.by_table, frozen], default=str, option=orjson.OPT_SORT_KEYS)
        summed.update(_without(nation, text.decode()).encode())
    return summed.hexdigest()


def _without(nation: Nation, text: str) -> str:
    """Return the text with codes where ids of reference data stood."""
    names = {str(year.id): str(year.year) for year in nation.years}
    for year in nation.years:
        for each in year.guide.pillars:
            place = f"{year.guide.code}/{each.code}"
            names |= {str(each.id): place}
            names |= {str(part_id): f"{place}/{name}" for part_id, name in each.parts}
    return re.sub("|".join(names), lambda found: names[found[0]], text)


if __name__ == "__main__":
    print(digest(nation_of(Database(settings()))))
