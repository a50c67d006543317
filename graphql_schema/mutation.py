"""All mutations."""

from __future__ import annotations

import strawberry

from graphql_schema.cities.mutations import CityMutations
from graphql_schema.documents.mutations import DocumentMutations
from graphql_schema.identity.mutations import IdentityMutations
from graphql_schema.masterplan.mutations import MasterplanMutations
from graphql_schema.submissions.mutations import SubmissionMutations


@strawberry.type(description="Every step that changes something.")
class Mutation(
    CityMutations,
    SubmissionMutations,
    MasterplanMutations,
    DocumentMutations,
    IdentityMutations,
):
    """Every step that changes something."""
