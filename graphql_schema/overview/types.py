"""What the ministry sees of all cities: each list is one statement."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from graphql_schema.cities.participations import Participation
from graphql_schema.cities.types import City
from graphql_schema.editions.types import Cohort, Dimension
from graphql_schema.reader.declaration import column, one, reads
from graphql_schema.scalars import Rupiah
from tenants.cities.models import Deadline as DeadlineRow
from tenants.cities.models import Participation as ParticipationRow
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort as CohortRow
from tenants.editions.models import Dimension as DimensionRow
from tenants.masterplan.models import BudgetSource
from tenants.submissions.workflow import InnovationState


@reads(CohortRow, description="How many participations of a cohort stand at a stage.")
class StageCount:
    """How many participations of a cohort stand at a stage."""

    cohort: Cohort = one("Cohort", "cohort_id", "Which year's group is counted.")
    stage: Stage = column("stage", "Where they stand.")
    count: int = column("count", "How many; `participations` lists them.")


@reads(ParticipationRow, description="A city's place on the map and where it stands.")
class MapMark:
    """A city's place on the map and where it stands."""

    city: City = one("City", "tenant_id", "City that the line is about.")
    longitude: float | None = column("longitude", "Degrees east; null where it is not known.")
    latitude: float | None = column("latitude", "Degrees north.")
    position_source: str | None = column(
        "position_source", "geonames, or approximate: entered by hand, to be confirmed."
    )
    participation: Participation | None = one(
        "Participation", "participation_id", "Its participation in the newest cohort."
    )
    stage: Stage | None = column("stage", "Where that stands; null for a city without any.")
    overdue: int = column("overdue", "Unfinished deadlines of it that have passed.")
    is_late: bool = column(
        "is_late", "Whether there are any, or the cohort's target date passed before acceptance."
    )


@reads(DeadlineRow, description="A city with unfinished deadlines that have passed.")
class OverdueCity:
    """A city with unfinished deadlines that have passed."""

    city: City = one("City", "tenant_id", "City that the line is about.")
    count: int = column("count", "How many have passed.")
    oldest_due_at: datetime = column("oldest_due_at", "When the oldest was due.")
    oldest_name: str = column("oldest_name", "What the oldest asks for.")


@reads(ParticipationRow, description="When something was last changed in a city.")
class CityActivity:
    """When something was last changed in a city, by its audit trail."""

    city: City = one("City", "tenant_id", "City that the line is about.")
    at: datetime | None = column("at", "When; null where nothing ever was.")
    action: str | None = column("action", "What was done, e.g. innovation.update.")


@reads(DimensionRow, description="Innovations of all cities in a pillar and a state.")
class PillarCount:
    """Innovations of all cities in a pillar and a state."""

    dimension: Dimension = one("Dimension", "dimension_id", "Pillar of an edition.")
    state: InnovationState = column("state", "State that they are in.")
    count: int = column("count", "How many.")


@reads(DimensionRow, description="Money of all cities' programmes by pillar, source and year.")
class PillarBudget:
    """Money of all cities' programmes by pillar, source and year."""

    dimension: Dimension = one("Dimension", "dimension_id", "Pillar of an edition.")
    source: BudgetSource = column("source", "Where the money comes from.")
    year: int = column("year", "Year that it is planned for.")
    amount_rupiah: Rupiah = column("amount_rupiah", "Sum over all cities.")
    programmes: int = column("programmes", "Programmes that plan it.")


@reads(ParticipationRow, description="A city's plan beside the middle one of its cohort.")
class CityComparison:
    """A city's plan beside the middle one of its cohort; of two in the middle, the lower."""

    city: City = one("City", "tenant_id", "City that the line is about.")
    cohort: Cohort = one("Cohort", "cohort_id", "Cohort that it is compared within.")
    innovations: int = column("innovations", "How many its units have written, in any state.")
    median_innovations: int = column("median_innovations", "Those of the cohort's middle city.")
    programmes: int = column("programmes", "How many its masterplan has.")
    median_programmes: int = column("median_programmes", "Those of the cohort's middle city.")
    budget_rupiah: Rupiah = column("budget_rupiah", "Money of its programmes.")
    median_budget_rupiah: Rupiah = column("median_budget_rupiah", "The cohort's middle.")
    completeness: Decimal = column(
        "completeness", "Approved sections of its books, in percent; 0 before there are books."
    )
    median_completeness: Decimal = column("median_completeness", "The cohort's middle.")
