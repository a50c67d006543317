"""Enums of the domain as the API shows them."""

from __future__ import annotations

from enum import Enum

import strawberry

from kotacerdas.identity.policy import Permission, Role
from kotacerdas.jobs.models import JobState
from tenants.cities.models import CommitmentKind, SignatureKind, UnitKind
from tenants.cities.workflow import Stage
from tenants.documents.models import DocumentKind, DocumentState
from tenants.masterplan.models import BudgetSource, Horizon
from tenants.notifications.models import NotificationKind
from tenants.submissions.content import ANCHORS
from tenants.submissions.models import InnovationKind, Maturity, RemarkState, Verdict
from tenants.submissions.workflow import InnovationState

InnovationField = Enum("InnovationField", {name.upper(): name for name in ANCHORS})  # type: ignore[misc]  # from data
strawberry.enum(InnovationField, description="A field of an innovation, for remarks.")

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
    InnovationKind: "InnovationKind",
    Maturity: "Maturity",
    RemarkState: "RemarkState",
    Verdict: "Verdict",
    InnovationState: "InnovationState",
}

for _kind, _name in NAMES.items():
    _text = (_kind.__doc__ or "").strip().splitlines()[0]
    strawberry.enum(_kind, name=_name, description=_text)
