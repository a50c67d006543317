"""`python -m tests.workers.exports [ROWS]`: speed and memory of every format, on fresh servers."""

from __future__ import annotations

import os
import sys
from itertools import count
from types import SimpleNamespace
from uuid import UUID

from kotacerdas import migration
from kotacerdas.database import Database
from kotacerdas.identity.models import Person
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings
from kotacerdas.tenancy import Tenant
from tenants.cities.models import City, Region, Unit, UnitKind
from tenants.cities.workflow import Stage
from tenants.exports.models import ExportFormat
from tests.servers import servers
from tests.tenants.masterplan.cohorts import make_cohort
from tests.tenants.masterplan.planning import Planning
from tests.workers.exports.many import measure, plant
from workers.exports.writing import BATCH

CITY = 1375


def planning(database: Database) -> Planning:
    """A city with a person and a participation."""
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        session.add(Tenant(id=CITY))
        place = {"name": "Kota Uji", "zone": "Asia/Jakarta"}
        region = {"kind": "KOTA", "province_code": "13", "province": "Uji"}
        session.add(Region(code="13.75", **region, **place))
        session.flush()
        session.add(City(id=CITY, region_code="13.75", slug="kota-uji", **place))
    with database.unit_of_work(Scope(Door.IDENTITY)) as session:
        person = Person(name="Orang Uji")
        session.add(person)
        session.flush()
        scope = Scope(Door.CITY, CITY, person.id)

    numbers = count(1)

    def unit(name: str) -> UUID:
        with database.unit_of_work(scope) as session:
            row = Unit(
                tenant_id=CITY, name=name, short_name=f"U{next(numbers)}", kind=UnitKind.AGENCY
            )
            session.add(row)
            session.flush()
            return row.id

    city = SimpleNamespace(id=CITY, scope=lambda: scope, unit=unit)
    return Planning(database, city, make_cohort(database), Stage.MENTORED)


def main(rows: int) -> None:
    """Plant the rows, write every format at a tenth and at all of them, and print a table."""
    with servers() as environment:
        os.environ.update(environment)
        migration.upgrade(Settings())
        database = Database(Settings())
        plant(planning(database), rows)
        database.close()
        print(f"{'format':<10}{'rows':>9}{'rows/s':>9}{'rows/CPU s':>12}{'MB':>8}{'RSS MB':>8}")
        for form in ExportFormat:
            for told in measure(CITY, [f"{form.value} {n} {BATCH}" for n in (rows // 10, rows)]):
                speed, work = (told["rows"] / told[name] for name in ("seconds", "cpu"))
                line = (
                    f"{told['rows']:>9.0f}{speed:>9.0f}{work:>12.0f}{told['bytes'] / 10**6:>8.1f}"
                )
                print(f"{form.value:<10}{line}{told['highest'] / 1024:>8.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
