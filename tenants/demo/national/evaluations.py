"""Two yearly evaluations of cities that carry their plans out: every state, results computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from uuid import UUID

from kotacerdas.identity.policy import Role
from tenants.demo.national.nation import SCALE, Nation
from tenants.demo.national.people import Staff, give_role
from tenants.demo.national.rows import Rows, moment
from tenants.evaluation import scoring
from tenants.evaluation.models import (
    AssessorScore,
    Evaluation,
    EvaluationResult,
    EvaluationRound,
    Finding,
    FindingKind,
    FollowUp,
    Objection,
    ObjectionState,
    PublishedResult,
    ResultKind,
    SelfScore,
)
from tenants.evaluation.models import EvaluationState as S
from tenants.evaluation.results import content_of
from tenants.experts.models import Assignment, ExpertPart

ROUNDS = {2023: date(2023, 10, 31), 2024: date(2024, 10, 31)}
"""Years with the days on which self scores were due."""

OBJECTION_DAYS = 7
STATES = {
    2023: (S.PRIVATE, S.PUBLISHED, S.PUBLISHED, S.PUBLISHED),
    2024: (*S, S.PRIVATE, S.PUBLISHED, S.PUBLISHED),
}
SHARE = {2023: 0.45, 2024: 0.65}
ORDER = list(S)
REASON = "Contoh: sesuai bukti yang dilampirkan."
OPEN_UNTIL = date(2026, 12, 31)
FINDINGS = (
    (FindingKind.STRENGTH, "Contoh: layanan daring dipakai sehari-hari."),
    (FindingKind.WEAKNESS, "Contoh: data antarperangkat daerah belum sama."),
    (FindingKind.RECOMMENDATION, "Contoh: satukan data dasar warga."),
)


@dataclass(frozen=True)
class Held:
    """A round as it lies in the database."""

    id: UUID
    year: int


def open_rounds(rows: Rows, nation: Nation) -> None:
    """Add the rounds; where a year has one already, that one stays."""
    for year, due in ROUNDS.items():
        rows.new(
            EvaluationRound,
            year=year,
            edition_id=nation.evaluation_edition,
            scale_maximum=SCALE,
            self_score_due_at=moment(due),
            objection_days=OBJECTION_DAYS,
        )


def evaluate(
    rows: Rows, nation: Nation, rounds: Sequence[Held], staff: Staff, expert: UUID
) -> None:
    """Add the city's part in those rounds in which it takes part."""
    for held in rounds:
        random = rows.random(f"evaluation {held.year}")
        if random.random() < SHARE[held.year]:
            state = random.choice(STATES[held.year])
            _Evaluating(rows, nation, held, staff, expert, random, state).write()


@dataclass(frozen=True)
class _Evaluating:
    rows: Rows
    nation: Nation
    held: Held
    staff: Staff
    expert: UUID
    random: Random
    state: S

    def write(self) -> None:
        evaluation_id = self._evaluation()
        self._assign()
        own = self._scores()
        items = self.nation.instrument.items()
        for item in items if self._past(S.SELF_SCORING) else items[: len(items) // 2]:
            facts = {
                "score": own[item.key],
                "evidence": "Contoh: tautan bukti.",
                "prefilled": False,
            }
            self._scored(SelfScore, evaluation_id, item, **facts)
        given = {key: max(Decimal(0), score - Decimal("0.30")) for key, score in own.items()}
        if self._past(S.SELF_SCORING):
            self._keep(evaluation_id, 1, ResultKind.SELF, own)
        if self._past(S.ASSESSING):
            for item in items:
                facts = {"score": given[item.key], "reason": REASON, "assessor_id": self.expert}
                self._scored(AssessorScore, evaluation_id, item, **facts)
            self._keep(evaluation_id, 2, ResultKind.PROVISIONAL, given)
            self._object(evaluation_id, items[0])
        if self._past(S.PROVISIONAL):
            index, parts = self._keep(evaluation_id, 3, ResultKind.FINAL, given)
            self._find(evaluation_id)
            if self._past(S.PRIVATE):
                self._publish(evaluation_id, index, parts)

    def _past(self, state: S) -> bool:
        return ORDER.index(self.state) > ORDER.index(state)

    def _day(self, month: int) -> date:
        return date(self.held.year, month, 15)

    def _evaluation(self) -> UUID:
        is_final = self._past(S.PROVISIONAL)
        until = self._day(12) if is_final else OPEN_UNTIL
        return self.rows.new(
            Evaluation,
            round_id=self.held.id,
            state=self.state,
            self_submitted_at=moment(self._day(10)) if self._past(S.SELF_SCORING) else None,
            objections_until=moment(until) if self._past(S.ASSESSING) else None,
            letter_number=f"CONTOH-{self.held.year}" if is_final else None,
            letter_date=self._day(12) if is_final else None,
        )

    def _assign(self) -> None:
        is_open = not self._past(S.PROVISIONAL)
        if is_open:
            give_role(self.rows, self.expert, Role.EXPERT)
        self.rows.new(
            Assignment,
            person_id=self.expert,
            part=ExpertPart.ASSESSOR,
            cycle=self.held.year,
            started_at=moment(self._day(9)),
            ended_at=None if is_open else moment(self._day(12)),
            handover="",
        )

    def _scores(self) -> dict[str, Decimal]:
        drawn = self.random.randint
        return {item.key: Decimal(drawn(200, 400)) / 100 for item in self.nation.instrument.items()}

    def _scored(
        self,
        model: type[SelfScore | AssessorScore],
        evaluation_id: UUID,
        item: scoring.Item,
        **facts: object,
    ) -> None:
        pillar = self.nation.instrument.dimension_id(item)
        place = {"evaluation_id": evaluation_id, "item": item.key, "dimension_id": pillar}
        self.rows.new(model, **place, **facts)

    def _keep(
        self, evaluation_id: UUID, number: int, kind: ResultKind, scores: Mapping[str, Decimal]
    ) -> tuple[Decimal, dict[str, object]]:
        used = self.nation.instrument
        computed = scoring.result(used.parts, scores)
        why = {} if kind is ResultKind.SELF else {key: [REASON] for key in scores}
        content = content_of(used, scores, computed, why)
        facts = {"number": number, "kind": kind, "index": computed.index, "content": content}
        self.rows.new(EvaluationResult, evaluation_id=evaluation_id, **facts)
        return computed.index, {name: content[name] for name in ("maximum", "parts")}

    def _object(self, evaluation_id: UUID, item: scoring.Item) -> None:
        answered = self._past(S.PROVISIONAL)
        self.rows.new(
            Objection,
            evaluation_id=evaluation_id,
            item=item.key,
            dimension_id=self.nation.instrument.dimension_id(item),
            text="Contoh: bukti tambahan sudah dilampirkan.",
            wanted_score=SCALE,
            state=ObjectionState.DISMISSED if answered else ObjectionState.OPEN,
            answer="Contoh: bukti itu sudah dihitung." if answered else None,
            answered_by=self.expert if answered else None,
        )

    def _find(self, evaluation_id: UUID) -> None:
        for kind, text in FINDINGS:
            facts = {"kind": kind, "text": text, "written_by": self.expert}
            finding_id = self.rows.new(Finding, evaluation_id=evaluation_id, **facts)
            if kind is FindingKind.RECOMMENDATION:
                unit_id, due_on = self.staff.offices[0].id, date(self.held.year + 1, 6, 30)
                action = "Contoh: menyusun daftar data dasar."
                follow_up = {"unit_id": unit_id, "action": action, "due_on": due_on}
                self.rows.new(FollowUp, finding_id=finding_id, **follow_up)

    def _publish(self, evaluation_id: UUID, index: Decimal, content: dict[str, object]) -> None:
        facts = {"year": self.held.year, "index": index, "content": content}
        published_at = moment(self._day(12), hour=9)
        self.rows.new(
            PublishedResult, evaluation_id=evaluation_id, published_at=published_at, **facts
        )
