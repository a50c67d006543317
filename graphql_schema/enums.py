"""Enums of the domain as the API shows them."""

from __future__ import annotations

from enum import Enum, StrEnum

import strawberry

from kotacerdas.identity.policy import Permission, Role
from kotacerdas.jobs.models import JobState
from tenants.cities.models import CommitmentKind, SignatureKind, UnitKind
from tenants.cities.workflow import Stage
from tenants.documents.models import DocumentKind, DocumentState
from tenants.masterplan.models import BudgetSource, Horizon
from tenants.notifications.models import NotificationKind
from tenants.submissions.models import InnovationKind, Maturity, RemarkState, Verdict
from tenants.submissions.workflow import InnovationState


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
    JobState: "JobState",
    CommitmentKind: "CommitmentKind",
    SignatureKind: "SignatureKind",
    UnitKind: "UnitKind",
    Stage: "ParticipationStage",
    DocumentKind: "DocumentKind",
    DocumentState: "DocumentState",
    BudgetSource: "BudgetSource",
    Horizon: "Horizon",
    NotificationKind: "NotificationKind",
    InnovationField: "InnovationField",
    InnovationKind: "InnovationKind",
    Maturity: "Maturity",
    RemarkState: "RemarkState",
    Verdict: "Verdict",
    InnovationState: "InnovationState",
}

for _kind, _name in NAMES.items():
    _text = (_kind.__doc__ or "").strip().splitlines()[0]
    strawberry.enum(_kind, name=_name, description=_text)
