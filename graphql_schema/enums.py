"""Enums of the domain as the API shows them."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Any

import strawberry

from graphql_schema.assessment import meanings as assessment
from graphql_schema.enum_values import MEANINGS
from graphql_schema.evaluation import enums as evaluation
from graphql_schema.reader.listing import Direction
from graphql_schema.tasks import enums as tasks
from kotacerdas.bulk import OnError
from kotacerdas.changes import Cause
from kotacerdas.identity.policy import Permission, Role
from kotacerdas.jobs.models import JobState
from kotacerdas.language import Language
from kotacerdas.uploads.models import UploadState
from kotacerdas.word_diff import Kind
from tenants.bimtek.models import OutputState, Presence, WorkshopMode, WorkshopState
from tenants.cities.models import (
    CommitmentKind,
    ParticipationMode,
    SignatoryParty,
    SignatureKind,
    UnitKind,
)
from tenants.cities.workflow import Stage
from tenants.documents.models import DocumentKind, DocumentState
from tenants.editions.models import CohortState, EditionState
from tenants.experts.models import ExpertPart
from tenants.exports.models import ExportFormat, ExportKind, ExportState
from tenants.inbox.waiting import Waiting
from tenants.institutions.models import (
    Element,
    InstitutionKind,
    MemberPart,
    RegulationKind,
    RegulationSubject,
)
from tenants.masterplan.analysis.models import SourceKind, StrategyKind, SwotKind
from tenants.masterplan.books.models import DraftKind, SectionState
from tenants.masterplan.comparing import Part
from tenants.masterplan.models import BudgetSource, Horizon, ItemKind
from tenants.masterplan.permendagri import NomenclatureLevel
from tenants.masterplan.richtext.comparison import Change
from tenants.notifications.models import NotificationKind
from tenants.remarks.anchors import RemarkField
from tenants.remarks.models import RemarkAbout, RemarkState
from tenants.reorganisation.models import ReorganisationKind
from tenants.reorganisation.open_work import WorkKind
from tenants.reviews.models import RoundVerdictKind
from tenants.submissions.models import InnovationKind, Maturity, Verdict
from tenants.submissions.workflow import InnovationState
from tenants.workbooks.models import ImportState
from tenants.workbooks.preview import RowAction
from tenants.workbooks.sheet import WorkbookKind


class InnovationField(StrEnum):
    """A field of an innovation that a remark may be about."""

    NAME = "name"
    DIMENSION = "dimension"
    KIND = "kind"
    MATURITY = "maturity"
    PROBLEM = "problem"
    SOLUTION = "solution"
    BENEFIT = "benefit"
    UNIQUENESS = "uniqueness"
    PARTNERS = "partners"
    REPLICATION = "replication"
    SUSTAINABILITY = "sustainability"
    RISKS = "risks"
    RESOURCES = "resources"
    BUDGET_RUPIAH = "budget_rupiah"


NAMES: dict[type[Enum], str] = {
    Permission: "Permission",
    Role: "Role",
    Direction: "Direction",
    Language: "Language",
    JobState: "JobState",
    OnError: "OnError",
    CommitmentKind: "CommitmentKind",
    SignatureKind: "SignatureKind",
    SignatoryParty: "SignatoryParty",
    WorkshopState: "WorkshopState",
    WorkshopMode: "WorkshopMode",
    Presence: "WorkshopPresence",
    OutputState: "WorkshopOutputState",
    InstitutionKind: "InstitutionKind",
    MemberPart: "InstitutionMemberPart",
    Element: "InstitutionElement",
    RegulationKind: "RegulationKind",
    RegulationSubject: "RegulationSubject",
    UnitKind: "UnitKind",
    Stage: "ParticipationStage",
    DocumentKind: "DocumentKind",
    DocumentState: "DocumentState",
    ParticipationMode: "ParticipationMode",
    EditionState: "EditionState",
    CohortState: "CohortState",
    ExportKind: "ExportKind",
    ExportFormat: "ExportFormat",
    ExportState: "ExportState",
    UploadState: "UploadState",
    WorkbookKind: "WorkbookKind",
    ImportState: "WorkbookImportState",
    RowAction: "WorkbookRowAction",
    ExpertPart: "ExpertPart",
    Waiting: "Waiting",
    BudgetSource: "BudgetSource",
    ItemKind: "ItemKind",
    Horizon: "Horizon",
    NomenclatureLevel: "NomenclatureLevel",
    ReorganisationKind: "ReorganisationKind",
    WorkKind: "WorkKind",
    SectionState: "SectionState",
    DraftKind: "SectionDraftKind",
    Change: "DiffChange",
    Part: "PlanPart",
    Kind: "DiffKind",
    SourceKind: "SourceKind",
    SwotKind: "SwotKind",
    StrategyKind: "SwotStrategyKind",
    NotificationKind: "NotificationKind",
    InnovationField: "InnovationField",
    InnovationKind: "InnovationKind",
    Maturity: "Maturity",
    RemarkState: "RemarkState",
    Verdict: "Verdict",
    RemarkAbout: "RemarkAbout",
    RemarkField: "RemarkField",
    RoundVerdictKind: "RoundVerdictKind",
    InnovationState: "InnovationState",
    Cause: "EventCause",
}


FIELDS = {
    "NAME": "What it is called.",
    "DIMENSION": "The pillar that it belongs to.",
    "KIND": "By what means it works.",
    "MATURITY": "How far it has come.",
    "PROBLEM": "The problem that it answers.",
    "SOLUTION": "How it answers it.",
    "BENEFIT": "What changes for people.",
    "UNIQUENESS": "What is new about it.",
    "PARTNERS": "Who takes part.",
    "REPLICATION": "How others could adopt it.",
    "SUSTAINABILITY": "How it lasts.",
    "RISKS": "What could go wrong.",
    "RESOURCES": "People, tools and data that it needs.",
    "BUDGET_RUPIAH": "Its estimated budget.",
}


def _describe(kind: type[Enum], name: str, meanings: dict[str, str]) -> None:
    """Name an enum in the schema; raises LookupError for a value of which nothing is said."""
    text = (kind.__doc__ or "").strip().splitlines()[0]
    made: Any = strawberry.enum(kind, name=name, description=text)
    for value in made.__strawberry_definition__.values:
        if value.name not in meanings:
            raise LookupError(f"{name}.{value.name}: say what it means in enum_values.py")
        value.description = meanings[value.name]


for _kind, _name in NAMES.items():
    _describe(_kind, _name, FIELDS if _kind is InnovationField else MEANINGS.get(_kind, {}))

for _subject in (
    assessment,
    evaluation,
    tasks,
):
    for _kind, _meanings in _subject.MEANINGS.items():
        _describe(_kind, _kind.__name__, _meanings)
