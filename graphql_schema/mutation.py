"""All mutations."""

from __future__ import annotations

import strawberry

from graphql_schema.assessment.instrument_mutations import InstrumentMutations
from graphql_schema.assessment.mutations import AssessmentMutations
from graphql_schema.assessment.selecting import SelectionMutations
from graphql_schema.bimtek.mutations import BimtekMutations
from graphql_schema.books.mutations import BookMutations
from graphql_schema.cities.bulk import CityBulkMutations
from graphql_schema.cities.mutations import CityMutations
from graphql_schema.cities.papers import PaperMutations
from graphql_schema.cities.reorganising import ReorganisationMutations
from graphql_schema.documents.mutations import DocumentMutations
from graphql_schema.editions.mutations import EditionMutations
from graphql_schema.evaluation.assessing import AssessingMutations
from graphql_schema.evaluation.mutations import EvaluationMutations
from graphql_schema.experts.mutations import ExpertMutations
from graphql_schema.exports.mutations import ExportMutations
from graphql_schema.identity.mutations import IdentityMutations
from graphql_schema.institutions.mutations import InstitutionMutations
from graphql_schema.masterplan.analysis.mutations import AnalysisMutations
from graphql_schema.masterplan.bulk import MasterplanBulkMutations
from graphql_schema.masterplan.goal_mutations import GoalMutations
from graphql_schema.masterplan.mutations import MasterplanMutations
from graphql_schema.reviews.mutations import ReviewMutations
from graphql_schema.submissions.bulk import SubmissionBulkMutations
from graphql_schema.submissions.mutations import SubmissionMutations
from graphql_schema.uploads.mutations import UploadMutations
from graphql_schema.workbooks.mutations import WorkbookMutations


@strawberry.type(description="Every step that changes something.")
class Mutation(
    EditionMutations,
    CityMutations,
    CityBulkMutations,
    ReorganisationMutations,
    PaperMutations,
    InstrumentMutations,
    AssessmentMutations,
    SelectionMutations,
    InstitutionMutations,
    BimtekMutations,
    SubmissionMutations,
    SubmissionBulkMutations,
    ReviewMutations,
    MasterplanMutations,
    MasterplanBulkMutations,
    EvaluationMutations,
    AssessingMutations,
    ExpertMutations,
    BookMutations,
    GoalMutations,
    AnalysisMutations,
    DocumentMutations,
    ExportMutations,
    UploadMutations,
    WorkbookMutations,
    IdentityMutations,
):
    """Every step that changes something."""
