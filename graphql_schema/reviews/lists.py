"""The list of remarks: what it is filtered and ordered by."""

from __future__ import annotations

from graphql_schema.reader.listing import Listing
from tenants.remarks.models import Remark

REMARKS = Listing(
    "Remark",
    filters={
        "state": Remark.state,
        "blocking": Remark.blocking,
        "about": Remark.about,
        "roundId": Remark.round_id,
        "createdAt": Remark.created_at,
        "updatedAt": Remark.updated_at,
    },
    orders={"CREATED_AT": Remark.created_at, "UPDATED_AT": Remark.updated_at},
)
