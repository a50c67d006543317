"""Every list of the API: what it is filtered and ordered by."""

from __future__ import annotations

from sqlalchemy import ColumnElement, FromClause, func, select

from graphql_schema.reader.listing import Direction, Holds, Listing, Through
from kotacerdas.identity.models import Invitation, Membership
from kotacerdas.jobs.models import Job
from tenants.assessment.models import Assessment, Instrument
from tenants.cities.models import City, Participation, Region, Unit
from tenants.documents.models import Document
from tenants.editions.models import Cohort, GuideEdition
from tenants.evaluation.models import Evaluation, EvaluationRound, PublishedResult
from tenants.experts.models import Assignment
from tenants.exports.models import Export
from tenants.institutions.models import Regulation
from tenants.masterplan.analysis.models import SourceDocument
from tenants.masterplan.books.models import SectionRevision
from tenants.masterplan.models import Programme, Publication, Replication
from tenants.notifications.models import Notification
from tenants.submissions.models import Innovation
from tenants.workbooks.models import WorkbookImport, WorkbookRow


def _in_region(row: FromClause, holds: Holds) -> ColumnElement[bool]:
    region = Region.__table__.alias()
    return row.c.region_code.in_(select(region.c.code).where(holds(region.c.province)))


def _in_province(row: FromClause, holds: Holds) -> ColumnElement[bool]:
    city = City.__table__.alias()
    return row.c.tenant_id.in_(select(city.c.id).where(_in_region(city, holds)))


def _in_cohort(row: FromClause, holds: Holds) -> ColumnElement[bool]:
    part = Participation.__table__.alias()
    of_cohort = select(part.c.id).where(
        part.c.tenant_id == row.c.tenant_id, holds(part.c.cohort_id)
    )
    return row.c.participation_id.in_(of_cohort.correlate(row))


COHORT = Through(Participation.cohort_id, _in_cohort)
"""The cohort of the participation that a row belongs to."""
PROVINCE = Through(Region.province, _in_province)
"""The province of the city that a row belongs to."""

CITIES = Listing(
    "City",
    filters={
        "name": City.name,
        "slug": City.slug,
        "regionCode": City.region_code,
        "province": Through(Region.province, _in_region),
    },
    orders={"NAME": City.name, "REGION_CODE": City.region_code},
)
REGIONS = Listing(
    "Region",
    filters={
        "code": Region.code,
        "name": Region.name,
        "kind": Region.kind,
        "province": Region.province,
    },
    orders={"CODE": Region.code, "NAME": Region.name},
)
INSTRUMENTS = Listing(
    "Instrument",
    filters={"code": Instrument.code, "state": Instrument.state},
    orders={"CODE": Instrument.code},
)
SELECTIONS = Listing(
    "Selection",
    filters={"year": Cohort.year},
    orders={"YEAR": Cohort.year},
    default=Direction.DESC,
)
ASSESSMENTS = Listing(
    "Assessment",
    filters={
        "state": Assessment.state,
        "assessorId": Assessment.assessor_id,
        "participationId": Assessment.participation_id,
        "cohortId": COHORT,
        "cityId": Assessment.tenant_id,
        "province": PROVINCE,
    },
    orders={"CREATED_AT": Assessment.created_at},
    default=Direction.DESC,
)
COHORTS = Listing(
    "Cohort",
    filters={"year": Cohort.year, "state": Cohort.state},
    orders={"YEAR": Cohort.year},
    default=Direction.DESC,
)
GUIDE_EDITIONS = Listing(
    "GuideEdition",
    filters={"code": GuideEdition.code, "state": GuideEdition.state},
    orders={"CODE": GuideEdition.code},
)
PARTICIPATIONS = Listing(
    "Participation",
    filters={"stage": Participation.stage, "cohortId": Participation.cohort_id},
    orders={"CREATED_AT": Participation.created_at},
    default=Direction.DESC,
)
UNITS = Listing(
    "Unit",
    filters={
        "name": Unit.name,
        "shortName": Unit.short_name,
        "kind": Unit.kind,
        "validTo": Unit.valid_to,
    },
    orders={"NAME": Unit.name, "SHORT_NAME": Unit.short_name},
)
REGULATIONS = Listing(
    "Regulation",
    filters={
        "kind": Regulation.kind,
        "subject": Regulation.subject,
        "year": Regulation.year,
        "title": Regulation.title,
        "institutionId": Regulation.institution_id,
        "participationId": Regulation.participation_id,
    },
    orders={"SIGNED_ON": Regulation.signed_on},
    default=Direction.DESC,
)
INNOVATIONS = Listing(
    "Innovation",
    filters={
        "state": Innovation.state,
        "unitId": Innovation.unit_id,
        "dimensionId": Innovation.dimension_id,
        "participationId": Innovation.participation_id,
        "name": Innovation.name,
        "kind": Innovation.kind,
        "maturity": Innovation.maturity,
        "createdAt": Innovation.created_at,
        "updatedAt": Innovation.updated_at,
        "budgetRupiah": Innovation.budget_rupiah,
    },
    orders={
        "CREATED_AT": Innovation.created_at,
        "UPDATED_AT": Innovation.updated_at,
        "NAME": Innovation.name,
        "BUDGET_RUPIAH": Innovation.budget_rupiah,
    },
    default=Direction.DESC,
)


def _code_part(length: int) -> Through:
    """The beginning of a programme's Permendagri 90 code: every level has its own length."""
    return Through(
        Programme.permendagri_code,
        lambda row, holds: holds(func.left(row.c.permendagri_code, length)),
    )


PROGRAMMES = Listing(
    "Programme",
    filters={
        "permendagriUrusan": _code_part(1),
        "permendagriBidang": _code_part(4),
        "permendagriProgramme": _code_part(7),
        "permendagriKegiatan": _code_part(12),
        "permendagriCode": Programme.permendagri_code,
        "masterplanId": Programme.masterplan_id,
        "dimensionId": Programme.dimension_id,
        "subDimensionId": Programme.sub_dimension_id,
        "leadUnitId": Programme.lead_unit_id,
        "name": Programme.name,
        "horizon": Programme.horizon,
        "isQuickWin": Programme.is_quick_win,
        "isNew": Programme.is_new,
    },
    orders={"CODE": Programme.code, "NAME": Programme.name, "CREATED_AT": Programme.created_at},
)
SECTION_REVISIONS = Listing(
    "SectionRevision",
    filters={"number": SectionRevision.number, "createdAt": SectionRevision.created_at},
    orders={"NUMBER": SectionRevision.number},
    default=Direction.DESC,
)
SOURCE_DOCUMENTS = Listing(
    "SourceDocument",
    filters={
        "kind": SourceDocument.kind,
        "title": SourceDocument.title,
        "year": SourceDocument.year,
    },
    orders={"TITLE": SourceDocument.title, "CREATED_AT": SourceDocument.created_at},
)
PUBLICATIONS = Listing(
    "Publication",
    filters={"title": Publication.title, "publishedAt": Publication.published_at},
    orders={"PUBLISHED_AT": Publication.published_at},
    default=Direction.DESC,
)
REPLICATIONS = Listing(
    "Replication",
    filters={"innovationId": Replication.innovation_id},
    orders={"CREATED_AT": Replication.created_at},
    default=Direction.DESC,
)
EVALUATION_ROUNDS = Listing(
    "EvaluationRound",
    filters={"year": EvaluationRound.year},
    orders={"YEAR": EvaluationRound.year},
    default=Direction.DESC,
)
EVALUATIONS = Listing(
    "Evaluation",
    filters={"state": Evaluation.state, "roundId": Evaluation.round_id},
    orders={"CREATED_AT": Evaluation.created_at},
    default=Direction.DESC,
)
PUBLISHED_RESULTS = Listing(
    "PublishedResult",
    filters={"year": PublishedResult.year},
    orders={"YEAR": PublishedResult.year},
    default=Direction.DESC,
)
ASSIGNMENTS = Listing(
    "Assignment",
    filters={
        "part": Assignment.part,
        "cycle": Assignment.cycle,
        "endedAt": Assignment.ended_at,
    },
    orders={"CYCLE": Assignment.cycle, "CREATED_AT": Assignment.created_at},
    default=Direction.DESC,
)
DOCUMENTS = Listing(
    "Document",
    filters={"state": Document.state},
    orders={"CREATED_AT": Document.created_at},
    default=Direction.DESC,
)
EXPORTS = Listing(
    "Export",
    filters={"state": Export.state, "kind": Export.kind, "format": Export.format},
    orders={"CREATED_AT": Export.created_at},
    default=Direction.DESC,
)
WORKBOOK_IMPORTS = Listing(
    "WorkbookImport",
    filters={
        "state": WorkbookImport.state,
        "kind": WorkbookImport.kind,
        "participationId": WorkbookImport.participation_id,
    },
    orders={"CREATED_AT": WorkbookImport.created_at},
    default=Direction.DESC,
)
WORKBOOK_ROWS = Listing(
    "WorkbookRow", filters={"action": WorkbookRow.action}, orders={"NUMBER": WorkbookRow.number}
)
JOBS = Listing(
    "Job",
    filters={"state": Job.state, "kind": Job.kind},
    orders={"CREATED_AT": Job.created_at},
    default=Direction.DESC,
)
NOTIFICATIONS = Listing(
    "Notification",
    filters={"kind": Notification.kind, "readAt": Notification.read_at},
    orders={"CREATED_AT": Notification.created_at},
    default=Direction.DESC,
)
INVITATIONS = Listing(
    "Invitation",
    filters={"email": Invitation.email, "acceptedAt": Invitation.accepted_at},
    orders={"CREATED_AT": Invitation.created_at},
    default=Direction.DESC,
)
MEMBERSHIPS = Listing(
    "Membership",
    filters={
        "role": Membership.role,
        "unitId": Membership.unit_id,
        "endedAt": Membership.ended_at,
    },
    orders={"CREATED_AT": Membership.created_at},
)

NATIONAL_PARTICIPATIONS = PARTICIPATIONS.widened(
    {"cityId": Participation.tenant_id, "province": PROVINCE}
)
NATIONAL_INNOVATIONS = INNOVATIONS.widened({"cityId": Innovation.tenant_id, "province": PROVINCE})
NATIONAL_EVALUATIONS = EVALUATIONS.widened({"cityId": Evaluation.tenant_id, "province": PROVINCE})
NATIONAL_PROGRAMMES = PROGRAMMES.widened({"cityId": Programme.tenant_id, "province": PROVINCE})
NATIONAL_ASSIGNMENTS = ASSIGNMENTS.widened({"cityId": Assignment.tenant_id, "province": PROVINCE})
