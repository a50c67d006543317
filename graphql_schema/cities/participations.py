"""A city's way through a cohort: where it stands, its steps, deadlines, sessions and papers."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from sqlalchemy import ColumnElement, FromClause, case, literal
from sqlalchemy.dialects.postgresql import JSONB

from graphql_schema.assessment.lazy import LazyAssessment, LazyEvidence, LazyVerdict
from graphql_schema.bimtek.candidates import CertificateCandidate, candidates_of
from graphql_schema.cities.commitments import Commitment
from graphql_schema.cities.gaps import StageGap, gaps_of
from graphql_schema.cities.lazy import LazyCity
from graphql_schema.editions.types import Cohort
from graphql_schema.identity.types import Person
from graphql_schema.node import Node
from graphql_schema.reader.declaration import column, computed, key, listed, one, reads
from graphql_schema.reader.grouping import rows_of
from graphql_schema.reader.ruling import ruled
from tenants.assessment.models import Assessment as AssessmentRow
from tenants.assessment.models import Evidence as EvidenceRow
from tenants.bimtek import models as bimtek
from tenants.cities import models as rows
from tenants.cities.repeats import is_repeat
from tenants.cities.workflow import Stage, next_stages

if TYPE_CHECKING:
    from graphql_schema.bimtek.types import Workshop, WorkshopCertificate, WorkshopOutput
    from graphql_schema.masterplan.types import Masterplan


@reads(rows.ParticipationStep, "stp", description="One step of a participation.")
class ParticipationStep(Node):
    """One step of a participation: when it happened and by which letter."""

    id: strawberry.ID = key()
    city: LazyCity = one("City", rows.ParticipationStep.tenant_id, "City that took it.")
    stage: Stage = column(rows.ParticipationStep.stage, "Stage that was entered.")
    occurred_on: date = column(rows.ParticipationStep.occurred_on, "Day it happened.")
    document_number: str | None = column(
        rows.ParticipationStep.document_number, "Number of the letter or decree."
    )
    note: str | None = column(rows.ParticipationStep.note, "What was noted about it.")
    taken_by: Person | None = one(
        "Person", rows.ParticipationStep.person_id, "Who took it; null for the platform itself."
    )


@reads(rows.Deadline, "ddl", description="A date by which something is due.")
class Deadline(Node):
    """A date by which something is due, in the city's zone."""

    id: strawberry.ID = key()
    city: LazyCity = one("City", rows.Deadline.tenant_id, "City that it binds.")
    name: str = column(rows.Deadline.name, "What is due.")
    due_at: datetime = column(rows.Deadline.due_at, "When it is due.")
    done_at: datetime | None = column(rows.Deadline.done_at, "When it was done.")
    set_by_nation: bool = column(
        rows.Deadline.set_by_nation, "Whether the ministry set it; then it alone may move it."
    )
    version: int = column(rows.Deadline.version, "Version for `expectedVersion`.")
    participation: Participation = one(
        "Participation", rows.Deadline.participation_id, "Participation that it belongs to."
    )


@reads(rows.Participation, "par", description="A city's way through one cohort (keikutsertaan).")
class Participation(Node):
    """A city's way through one cohort (keikutsertaan)."""

    id: strawberry.ID = key()
    stage: Stage = column(rows.Participation.stage, "Where it stands.")
    mode: rows.ParticipationMode = column(rows.Participation.mode, "How it came to take part.")
    repeat: bool | None = computed(
        lambda row, asking: is_repeat(row, asking.tenant(row.c.tenant_id)),
        "Whether its region took part in an earlier cohort, here or by the public lists.",
    )
    version: int = column(rows.Participation.version, "Version for `expectedVersion`.")
    created_at: datetime = column(rows.Participation.created_at, "When it was begun here.")
    city: LazyCity = one("City", rows.Participation.tenant_id, "City that takes part.")
    cohort: Cohort = one("Cohort", rows.Participation.cohort_id, "Cohort that it is part of.")
    steps: list[ParticipationStep] = listed(
        "ParticipationStep",
        rows_of(rows.ParticipationStep, "participation_id", "id"),
        "Steps taken, oldest first.",
    )
    commitments: list[Commitment] = listed(
        "Commitment",
        rows_of(rows.Commitment, "participation_id", "signed_on", "id"),
        "Signed papers, oldest first.",
    )
    deadlines: list[Deadline] = listed(
        "Deadline",
        rows_of(rows.Deadline, "participation_id", "due_at", "id"),
        "Deadlines, nearest first.",
    )
    workshops: list[Annotated[Workshop, strawberry.lazy("graphql_schema.bimtek.types")]] = listed(
        "Workshop",
        rows_of(bimtek.Workshop, "participation_id", "ordinal", "id"),
        "Sessions of the workshops, in order; cancelled ones stay as history.",
    )
    outputs: list[Annotated[WorkshopOutput, strawberry.lazy("graphql_schema.bimtek.types")]] = (
        listed(
            "WorkshopOutput",
            rows_of(bimtek.WorkshopOutput, "participation_id", "ordinal", "code"),
            "What the scheduled sessions must leave.",
        )
    )
    certificates: list[
        Annotated[WorkshopCertificate, strawberry.lazy("graphql_schema.bimtek.types")]
    ] = listed(
        "WorkshopCertificate",
        rows_of(bimtek.Certificate, "participation_id", "number"),
        "Certificates of attendance, by number.",
    )
    certificate_candidates: list[CertificateCandidate] | None = ruled(
        candidates_of, "Who was present at the held sessions, and who has earned a certificate."
    )
    assessments: list[LazyAssessment] | None = listed(
        "Assessment",
        rows_of(AssessmentRow, "participation_id", "id"),
        "Who assesses it, and how; null for those who do not assess.",
    )
    evidence: list[LazyEvidence] = listed(
        "AssessmentEvidence",
        rows_of(EvidenceRow, "participation_id", "id"),
        "What the city shows to its assessors, by parameter.",
    )
    verdict: LazyVerdict | None = one(
        "SelectionVerdict",
        lambda child, parent: child.c.participation_id == parent.c.id,
        "What the ministry decided on it last; null before the letter.",
    )
    missing: list[StageGap] | None = ruled(
        gaps_of,
        "What keeps it from a stage, all at once; empty: nothing does.",
        arguments={
            "stage": Annotated[
                Stage | None,
                strawberry.argument(description="Stage to enter; by default the next one."),
            ]
        },
    )
    next_stages: list[Stage] = computed(
        lambda row, _asking: _next_stages(row), "Stages that may follow, side exits last."
    )
    masterplan: Annotated[Masterplan, strawberry.lazy("graphql_schema.masterplan.types")] | None = (
        one(
            "Masterplan",
            lambda child, parent: child.c.participation_id == parent.c.id,
            "The masterplan, once begun.",
        )
    )


def _next_stages(row: FromClause) -> ColumnElement[Any]:
    rule = {
        stage.value: literal([following.value for following in next_stages(stage)], JSONB)
        for stage in Stage
    }
    return case(rule, value=row.c.stage)
