"""Open tasks of all cities, counted for the ministry."""

from __future__ import annotations

from graphql_schema.cities.types import City
from graphql_schema.editions.types import Cohort
from graphql_schema.reader.declaration import column, one, reads
from kotacerdas.identity.policy import Role
from tenants.cities.models import City as CityRow
from tenants.editions.models import Cohort as CohortRow


@reads(CohortRow, description="Open tasks of one owner in the cities of a cohort.")
class CohortTaskCount:
    """Open tasks of one owner in the cities of a cohort; a city counts in its latest one."""

    cohort: Cohort = one("Cohort", "id", "Cohort whose cities they are.")
    owner: Role = column("owner", "Role of the people whose turn it is.")
    open: int = column("open", "How many are open.")
    overdue: int = column("overdue", "How many of them are overdue.")
    cities: int = column("cities", "Cities that have such a task.")
    late_cities: int = column("late_cities", "Cities that have an overdue one.")


@reads(CityRow, description="Open tasks of one owner in a city.")
class CityTaskCount:
    """Open tasks of one owner in a city."""

    city: City = one("City", "id", "Where they wait.")
    cohort: Cohort = one("Cohort", "cohort_id", "Its latest cohort.")
    owner: Role = column("owner", "Role of the people whose turn it is.")
    open: int = column("open", "How many are open.")
    overdue: int = column("overdue", "How many of them are overdue.")
