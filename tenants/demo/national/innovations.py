"""A participation's innovations in every state, with what was submitted and how it was reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from tenants.cities.workflow import Stage
from tenants.demo.national import words
from tenants.demo.national.calendar import Way
from tenants.demo.national.nation import Guide, Pillar
from tenants.demo.national.people import Office, Staff
from tenants.demo.national.rows import Row, Rows, moment
from tenants.remarks.models import Remark, RemarkAbout, RemarkState
from tenants.submissions.content import REQUIRED, TEXTS, content_of
from tenants.submissions.models import (
    Innovation,
    InnovationKind,
    InnovationRevision,
    Maturity,
    Review,
    Verdict,
)
from tenants.submissions.workflow import InnovationState as S

COUNT = (18, 26)
"""Fewest and most of a participation: about 4,000 in all."""

WHILE_PLANNING = dict(zip(S, (20, 15, 10, 15, 10, 22, 8, 0), strict=True))
WITH_PLAN = dict(zip(S, (4, 3, 2, 3, 4, 16, 8, 60), strict=True))
"""Shares of the states, in the order of `InnovationState`."""

VERDICTS = {
    S.RETURNED: Verdict.RETURNED,
    S.REJECTED: Verdict.REJECTED,
    S.ACCEPTED: Verdict.ACCEPTED,
    S.PLACED: Verdict.ACCEPTED,
}
KINDS, MATURITIES = list(InnovationKind), list(Maturity)
BUDGETS = range(10, 2_000, 5)
"""In millions of rupiah."""


@dataclass(frozen=True)
class Accepted:
    """An innovation that has become a programme."""

    id: UUID
    name: str
    pillar: Pillar
    office: Office


def submit(
    rows: Rows, way: Way, participation_id: UUID, guide: Guide, staff: Staff, expert: UUID
) -> list[Accepted]:
    """Add the innovations of a city that has come to its workshops; returns those with a place."""
    if not way.reached(Stage.INSTITUTED):
        return []
    random = rows.random(f"innovations {way.year}")
    shares = WITH_PLAN if way.reached(Stage.MENTORED) else WHILE_PLANNING
    states = random.choices(list(shares), list(shares.values()), k=random.randint(*COUNT))
    begun, placed = way.sessions[0], []
    for number, state in enumerate(states):
        office, pillar = random.choice(staff.offices), random.choice(guide.pillars)
        day = begun + timedelta(days=number % 20)
        values = _values(random, pillar, office, state, day)
        innovation_id = rows.new(Innovation, participation_id=participation_id, **values)
        if state is not S.DRAFT:
            _revise(rows, innovation_id, values, pillar, office, day)
        if state is S.IN_REVIEW or state in VERDICTS:
            _review(rows, innovation_id, values, office, expert, day)
        if state is S.PLACED:
            placed.append(Accepted(innovation_id, values["name"], pillar, office))
    return placed


def _values(random: Random, pillar: Pillar, office: Office, state: S, day: date) -> Row:
    filled: Sequence[str] = TEXTS if random.random() < 0.5 else REQUIRED
    texts = {name: words.paragraph(random, 2) if name in filled else "" for name in TEXTS}
    return {
        "unit_id": office.id,
        "dimension_id": pillar.id,
        "state": state,
        "revision": 0 if state is S.DRAFT else 1,
        "name": words.title(random, pillar.code),
        "kind": random.choice(KINDS),
        "maturity": random.choice(MATURITIES),
        **texts,
        "budget_rupiah": Decimal(random.choice(BUDGETS)) * 1_000_000,
        "created_by": office.operator,
        "created_at": moment(day),
        "updated_at": moment(day + timedelta(days=9)),
    }


def _revise(
    rows: Rows, innovation_id: UUID, values: Row, pillar: Pillar, office: Office, day: date
) -> None:
    rows.new(
        InnovationRevision,
        innovation_id=innovation_id,
        number=1,
        content=content_of(Innovation(**values), pillar.code),
        submitted_by=office.head,
        created_at=moment(day + timedelta(days=2)),
    )


def _review(
    rows: Rows, innovation_id: UUID, values: Row, office: Office, expert: UUID, day: date
) -> None:
    verdict = VERDICTS.get(values["state"])
    closed_at = moment(day + timedelta(days=9)) if verdict else None
    review_id = rows.new(
        Review,
        innovation_id=innovation_id,
        revision=1,
        reviewer_id=expert,
        verdict=verdict,
        comment="Contoh: telaah untuk demo." if verdict else "",
        closed_at=closed_at,
        created_at=moment(day + timedelta(days=5)),
    )
    if verdict is Verdict.REJECTED:
        return
    settled: dict[str, Any] = {"state": RemarkState.OPEN, "answer": None, "answered_by": None}
    if verdict is Verdict.ACCEPTED:
        answer = "Contoh: sudah dilengkapi."
        settled = {"state": RemarkState.SETTLED, "answer": answer, "answered_by": office.head}
    rows.new(
        Remark,
        review_id=review_id,
        innovation_id=innovation_id,
        about=RemarkAbout.INNOVATION,
        subject_id=innovation_id,
        subject_name=values["name"],
        anchor="sustainability",
        quote=values["sustainability"],
        excerpt=False,
        written_by=expert,
        reply="",
        text="Contoh: sebutkan sumber anggaran pemeliharaan.",
        blocking=True,
        **settled,
    )
