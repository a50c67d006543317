"""The list of all cities' sessions: what it is filtered and ordered by."""

from __future__ import annotations

from graphql_schema.lists import COHORT, PROVINCE
from graphql_schema.reader.listing import Direction, Listing
from tenants.bimtek.models import Workshop

NATIONAL_WORKSHOPS = Listing(
    "NationalWorkshop",
    filters={
        "ordinal": Workshop.ordinal,
        "state": Workshop.state,
        "startsAt": Workshop.starts_at,
        "participationId": Workshop.participation_id,
        "cohortId": COHORT,
        "cityId": Workshop.tenant_id,
        "province": PROVINCE,
    },
    orders={"STARTS_AT": Workshop.starts_at},
    default=Direction.DESC,
)
