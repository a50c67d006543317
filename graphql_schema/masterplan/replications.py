"""Who has taken a city's innovations over."""

from __future__ import annotations

from datetime import datetime

import strawberry

from graphql_schema.cities.types import City
from graphql_schema.identity.types import CityName
from graphql_schema.node import Node
from graphql_schema.reader.declaration import column, key, one, reads
from graphql_schema.submissions.types import Innovation
from tenants.masterplan import models as rows


@reads(rows.Replication, "rpl", description="Another city's draft from this city's innovation.")
class Replication(Node):
    """Another city began a draft from this city's innovation; the draft is that city's alone."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Replication.tenant_id, "City of origin.")
    innovation: Innovation = one(
        "Innovation", rows.Replication.innovation_id, "The city's own, which it began from."
    )
    adopter: CityName = one("CityName", rows.Replication.adopter_id, "City that replicates it.")
    created_at: datetime = column(rows.Replication.created_at, "When it became known here.")
