"""What mutations of bodies, members and regulations answer."""

from __future__ import annotations

import strawberry

from graphql_schema.bulk.results import BulkPayload, RowResult, results, stored
from graphql_schema.institutions.types import Institution, InstitutionMember, Regulation
from graphql_schema.mutating import Payload, changed


@strawberry.type
class InstitutionPayload(Payload):
    """A changed body, or errors."""

    prefix = "ins"
    institution: Institution | None = changed()


@strawberry.type
class InstitutionMemberPayload(Payload):
    """A changed seat, or errors."""

    prefix = "imb"
    member: InstitutionMember | None = changed()


@strawberry.type
class RegulationPayload(Payload):
    """A recorded legal text, or errors."""

    prefix = "reg"
    regulation: Regulation | None = changed()


@strawberry.type(description="What came of one seat of many.")
class InstitutionMemberResult(RowResult):
    """What came of one seat of many."""

    prefix = "imb"
    member: InstitutionMember | None = stored()


@strawberry.type
class InstitutionMembersPayload(BulkPayload):
    """What came of many seats."""

    result = InstitutionMemberResult
    results: list[InstitutionMemberResult] = results()
