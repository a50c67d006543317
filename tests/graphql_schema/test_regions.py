"""The nation's register: a region that another took over from is history, and says by whom."""

from __future__ import annotations

from datetime import date
from random import randrange

from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.models import Region

REGION = """query($code: String!) { regions(filter: {code: {eq: $code}}) { nodes {
  code name validFrom validTo successor { code name validFrom validTo successor { code } } } } }"""


def test_anybody_reads_which_region_took_over_and_since_when(data, database):
    mark = randrange(10_000, 2**31)
    old, new = f"98.{mark}", f"97.{mark}"
    facts = {"kind": "KABUPATEN", "province_code": "98", "province": "Uji", "zone": "Asia/Jakarta"}
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        successor = Region(code=new, name="Kabupaten Baru", valid_from=date(2024, 7, 1), **facts)
        session.add(successor)
        session.flush()  # the other refers to it
        session.add(
            Region(
                code=old,
                name="Kabupaten Lama",
                valid_from=date(1999, 10, 4),
                valid_to=date(2024, 6, 30),
                successor_code=new,
                **facts,
            )
        )
    (region,) = data(REGION, None, code=old)["regions"]["nodes"]
    assert region == {
        "code": old,
        "name": "Kabupaten Lama",
        "validFrom": "1999-10-04",
        "validTo": "2024-06-30",
        "successor": {
            "code": new,
            "name": "Kabupaten Baru",
            "validFrom": "2024-07-01",
            "validTo": None,
            "successor": None,
        },
    }
