"""What keeps a presented masterplan from being accepted."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from kotacerdas.identity.models import Person
from kotacerdas.identity.policy import Role
from tenants.cities.missing import Missing
from tenants.cities.models import Participation
from tenants.remarks.models import Remark, RemarkState
from tenants.reviews.models import RoundVerdictKind
from tenants.reviews.places import BAPPEDA, subject_of
from tenants.reviews.rounds import verdicts
from tenants.reviews.standing import last_round, plan_of


class PlanRemarkUnsettled(DomainError):
    """Acceptance needs every blocking remark settled."""

    code = "PLAN_REMARK_UNSETTLED"
    id = "Catatan wajib pada {subject} belum selesai ({state_id}): “{text}”. {next_id}"
    en = "A blocking remark on {subject} is not settled ({state_en}): “{text}”. {next_en}"


class PlanVerdictMissing(DomainError):
    """Acceptance needs the verdict of an assessor on what was presented."""

    code = "PLAN_VERDICT_MISSING"
    id = (
        "Belum ada putusan asesor pada putaran ini. Minta asesor menilai masterplan yang diekspose."
    )
    en = "No assessor has given a verdict in this round. Ask one to judge what was presented."


class PlanVerdictAgainst(DomainError):
    """An assessor asks for revision."""

    code = "PLAN_VERDICT_AGAINST"
    id = (
        "{name} meminta revisi: “{comment}”. Pindahkan ke tahap perbaikan, atau minta putusan baru."
    )
    en = "{name} asks for revision: “{comment}”. Move to the stage of revision, or ask for another."


LONGEST = 120
"""Characters of a remark that a refusal repeats."""

STATES: dict[RemarkState, tuple[str, str, str, str]] = {
    RemarkState.OPEN: ("terbuka", "open", "Jawab catatan itu.", "Answer it."),
    RemarkState.ANSWERED: (
        "dijawab",
        "answered",
        "Tenaga ahli perlu menyatakannya selesai atau membukanya kembali.",
        "An expert has to settle or reopen it.",
    ),
}


def missing_acceptance(session: Session, row: Participation) -> list[Missing]:
    """Name every unsettled blocking remark with its owner, and the verdict that is lacking."""
    return [*_remarks(session, row), *_verdicts(session, row)]


def _remarks(session: Session, row: Participation) -> Iterator[Missing]:
    plan = plan_of(session, row)
    if plan is None:
        return
    blocking = (
        select(Remark)
        .where(Remark.tenant_id == plan.tenant_id, Remark.masterplan_id == plan.id)
        .where(Remark.blocking, Remark.state != RemarkState.SETTLED)
        .order_by(Remark.id)
    )
    for remark in session.scalars(blocking):
        state_id, state_en, next_id, next_en = STATES[remark.state]
        error = PlanRemarkUnsettled(
            path=("to",),
            subject=remark.subject_name,
            state_id=state_id,
            state_en=state_en,
            text=_short(remark.text),
            next_id=next_id,
            next_en=next_en,
        )
        if remark.state is RemarkState.ANSWERED:
            yield Missing(error, Role.EXPERT)
            continue
        subject = subject_of(session, plan, remark.about, remark.subject_id)
        owner = subject.owner if subject else BAPPEDA
        yield Missing(error, owner.role or Role.UNIT_HEAD, owner.unit_id)


def _verdicts(session: Session, row: Participation) -> Iterator[Missing]:
    held = last_round(session, row)
    given = verdicts(session, held) if held else []
    if not given:
        yield Missing(PlanVerdictMissing(path=("to",)), Role.EXPERT)
    for each in given:
        if each.verdict is RoundVerdictKind.REVISE:
            name = session.get_one(Person, each.person_id).name
            error = PlanVerdictAgainst(path=("to",), name=name, comment=_short(each.comment))
            yield Missing(error, Role.MINISTRY_ADMIN)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
