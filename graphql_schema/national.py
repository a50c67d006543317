"""What the ministry sees of all cities at once: the only place where cities are read together."""

from __future__ import annotations

from typing import Any

import strawberry
from sqlalchemy import Select, Text, case, select

from graphql_schema import lists
from graphql_schema.assessment.instruments import Instrument
from graphql_schema.assessment.selections import Selection
from graphql_schema.assessment.types import Assessment
from graphql_schema.bimtek.lists import NATIONAL_WORKSHOPS
from graphql_schema.bimtek.types import Workshop
from graphql_schema.cities.participations import Participation
from graphql_schema.cities.types import City
from graphql_schema.context import Context
from graphql_schema.editions.types import GuideEdition
from graphql_schema.evaluation.types import Evaluation
from graphql_schema.experts.types import Assignment, ExpertLoad
from graphql_schema.exports.types import Export
from graphql_schema.masterplan.types import Programme
from graphql_schema.overview.types import (
    CityActivity,
    CityComparison,
    MapMark,
    OverdueCity,
    PillarBudget,
    PillarCount,
    StageCount,
)
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import column, computed, reads
from graphql_schema.reader.paging import Connection
from graphql_schema.reader.roots import RootOnly, RootRows, field, page
from graphql_schema.submissions.types import Innovation
from graphql_schema.tasks.national import CityTaskCount, CohortTaskCount
from kotacerdas.scope import NATION, Door, Scope
from tenants.cities import queries
from tenants.cities.models import City as CityRow
from tenants.editions.models import Cohort as CohortRow
from tenants.experts.queries import loads
from tenants.national import contents, standing
from tenants.tasks.national import city_counts, cohort_counts


def national_scope(context: Context) -> Scope:
    """The ministry's scope over every city; its door refuses whoever holds no national role."""
    return context.scope(None).through(Door.MINISTRY)


@reads(CohortRow, description="Participations counted honestly, and why two numbers differ.")
class ParticipationCounts:
    """Participations counted honestly, and why two numbers differ."""

    participations: int = column("participations", "Participations of all counted cohorts.")
    regions: int = column("regions", "Distinct regencies and cities among them.")
    repeats: int = column("repeats", "Participations by regions that came again.")
    why: str = computed(
        lambda row, asking: case(
            (asking.value(lambda scope: scope.language, Text()) == "en", row.c.why_en),
            else_=row.c.why_id,
        ),
        "Why the numbers differ, in the reader's language.",
    )


def _every_city(_asking: Asking) -> Select[Any]:
    return select(CityRow.__table__)


@strawberry.type(description="All cities together; null without the permission national:read.")
class National:
    """All cities together."""

    cities: Connection[City] = page("City", lists.CITIES, national_scope, "Every city.")
    participations: Connection[Participation] = page(
        "Participation",
        lists.NATIONAL_PARTICIPATIONS,
        national_scope,
        "Participations of every city.",
    )
    instruments: Connection[Instrument] = page(
        "Instrument",
        lists.INSTRUMENTS,
        national_scope,
        "Instruments of assessment, drafts included.",
    )
    assessments: Connection[Assessment] = page(
        "Assessment", lists.ASSESSMENTS, national_scope, "Assessments of every city."
    )
    selections: Connection[Selection] = page(
        "Selection",
        lists.SELECTIONS,
        national_scope,
        "How each cohort is selected: ranking, reserve list and letters.",
    )
    guide_editions: Connection[GuideEdition] = page(
        "GuideEdition",
        lists.GUIDE_EDITIONS,
        national_scope,
        "Every edition of the programme's guide, drafts too.",
    )
    innovations: Connection[Innovation] = page(
        "Innovation", lists.NATIONAL_INNOVATIONS, national_scope, "Innovations of every city."
    )
    workshops: Connection[Workshop] = page(
        "Workshop",
        NATIONAL_WORKSHOPS,
        national_scope,
        "Sessions of every city, newest first, with the departments that were absent.",
    )
    programmes: Connection[Programme] = page(
        "Programme", lists.NATIONAL_PROGRAMMES, national_scope, "Programmes of every city."
    )
    evaluations: Connection[Evaluation] = page(
        "Evaluation", lists.NATIONAL_EVALUATIONS, national_scope, "Evaluations of every city."
    )
    assignments: Connection[Assignment] = page(
        "Assignment", lists.NATIONAL_ASSIGNMENTS, national_scope, "Experts' assignments everywhere."
    )
    experts: list[ExpertLoad] = field(
        RootRows("ExpertLoad", national_scope, lambda _asking: loads(), ("name", "id")),
        "Every expert with what each carries, by name.",
    )
    exports: Connection[Export] = page(
        "Export",
        lists.EXPORTS,
        national_scope,
        "Files of all cities' rows together; a city's own are read there.",
        where=lambda row: [row.c.tenant_id == NATION],
    )
    cohort_tasks: list[CohortTaskCount] = field(
        RootRows(
            "CohortTaskCount", national_scope, lambda _asking: cohort_counts(), ("id", "owner")
        ),
        "Open and overdue tasks by cohort and owner.",
    )
    city_tasks: list[CityTaskCount] = field(
        RootRows("CityTaskCount", national_scope, lambda _asking: city_counts(), ("id", "owner")),
        "Open and overdue tasks by city and owner.",
    )
    overview: list[City] = field(
        RootRows("City", national_scope, _every_city, ("name", "id")),
        "All cities at once, by name, for maps and tables; counts are read for all together.",
    )
    stage_counts: list[StageCount] = field(
        RootRows(
            "StageCount", national_scope, lambda _asking: standing.stage_counts(), ("year", "place")
        ),
        "Participations by cohort and stage, oldest cohort first.",
    )
    map: list[MapMark] = field(
        RootRows(
            "MapMark", national_scope, lambda _asking: standing.map_marks(), ("name", "tenant_id")
        ),
        "Every city's place on the map with where it stands, by name.",
    )
    overdue: list[OverdueCity] = field(
        RootRows(
            "OverdueCity",
            national_scope,
            lambda _asking: standing.overdue_cities(),
            ("oldest_due_at", "tenant_id"),
        ),
        "Cities with deadlines that have passed, the longest overdue first.",
    )
    activity: list[CityActivity] = field(
        RootRows(
            "CityActivity", national_scope, lambda _asking: standing.activity(), ("at", "tenant_id")
        ),
        "When something was last changed in each city: the quietest first, then who never did.",
    )
    pillar_counts: list[PillarCount] = field(
        RootRows(
            "PillarCount",
            national_scope,
            lambda _asking: contents.pillar_counts(),
            ("ordinal", "dimension_id", "state"),
        ),
        "Innovations by pillar and state.",
    )
    budgets: list[PillarBudget] = field(
        RootRows(
            "PillarBudget",
            national_scope,
            lambda _asking: contents.budgets(),
            ("ordinal", "dimension_id", "year", "source"),
        ),
        "Money of all programmes by pillar, year and source.",
    )
    comparison: list[CityComparison] = field(
        RootRows(
            "CityComparison",
            national_scope,
            lambda _asking: contents.comparison(),
            ("year", "name", "tenant_id"),
        ),
        "Each city that makes a masterplan beside the middle one of its cohort.",
    )
    participation_counts: ParticipationCounts = field(
        RootOnly(
            "ParticipationCounts", national_scope, lambda _asking: queries.participation_counts()
        ),
        "Participations and distinct regions over the cohorts.",
    )
