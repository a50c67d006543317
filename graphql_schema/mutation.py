"""All mutations."""

from __future__ import annotations

from strawberry.tools import merge_types

from graphql_schema.cities.mutations import CityMutations
from graphql_schema.documents.mutations import DocumentMutations
from graphql_schema.identity.mutations import IdentityMutations
from graphql_schema.masterplan.mutations import MasterplanMutations
from graphql_schema.submissions.mutations import SubmissionMutations

Mutation = merge_types(
    "Mutation",
    (
        CityMutations,
        SubmissionMutations,
        MasterplanMutations,
        DocumentMutations,
        IdentityMutations,
    ),
)
