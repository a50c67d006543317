"""Writing a remark on a place of a masterplan, by an expert or the ministry."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, NotFound
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, acting, require
from kotacerdas.rows import locked
from kotacerdas.values import TEXT_LENGTH, refuse, text_value
from tenants.masterplan.faults import YearOutsidePeriod
from tenants.masterplan.models import Masterplan
from tenants.remarks.anchors import FIELDS, LABELS, OF_YEAR, RemarkField
from tenants.remarks.models import Remark, RemarkAbout, RemarkState
from tenants.reviews.places import has_block, subject_of
from tenants.reviews.standing import open_round, plan_named, under_review
from tenants.reviews.telling import tell_remark
from tenants.reviews.wording import stands_at


class FieldUnfit(DomainError):
    """The part of the plan has no such field, or the field needs a year."""

    code = "REMARK_FIELD_UNFIT"
    id = "Bagian ini tidak punya isian itu. Pilih salah satu: {fields_id}."
    en = "This part has no such field. Choose one of: {fields_en}."


class YearMissing(DomainError):
    """A target or a budget belongs to a year."""

    code = "REMARK_YEAR_MISSING"
    id = "Target dan anggaran punya nilai tiap tahun. Isi tahunnya."
    en = "Targets and budgets have a value for each year. Name the year."


class QuoteNotFound(DomainError):
    """The words that a remark quotes do not stand there."""

    code = "QUOTE_NOT_FOUND"
    id = "Kata yang dikutip tidak ada di sana. Salin kutipan dari naskah yang sekarang."
    en = "The quoted words do not stand there. Copy them from the text as it is now."


@dataclass(frozen=True)
class Place:
    """Where a remark points: a part of the plan, a field of it, and a year or words within.

    Without a field it is about the whole part, or with a block or a quote about a section's text.
    """

    about: RemarkAbout
    subject_id: UUID
    field: RemarkField | None = None
    year: int | None = None
    block_id: str | None = None
    quote: str = ""

    @property
    def anchor(self) -> RemarkField:
        """The field; a whole text without words or a block of it is the whole section."""
        if self.about is RemarkAbout.SECTION and self.field in (None, RemarkField.BODY):
            within = self.block_id or self.quote
            return RemarkField.BODY if within else RemarkField.WHOLE
        return self.field or RemarkField.WHOLE


def add(
    session: Session,
    masterplan_id: UUID,
    *,
    place: Place,
    text: str,
    blocking: bool,
    idempotency_key: str | None = None,
) -> Remark:
    """Remark on a place of the plan, in the round that is open if one is, and tell its owner.

    Raises Forbidden, NotFound, PLAN_REVIEW_CLOSED, REMARK_FIELD_UNFIT, REMARK_YEAR_MISSING,
    YearOutsidePeriod, QUOTE_NOT_FOUND, or Invalid for the text.
    """
    require(session, Permission.MASTERPLAN_REVIEW)
    words = text_value(text, path=("text",), required=True)
    request: dict[str, Any] = {
        "do": "remark.add_to_plan",
        "plan": masterplan_id,
        **asdict(place),
        "text": words,
        "blocking": blocking,
    }

    def create() -> UUID:
        plan = plan_named(session, masterplan_id, "masterplanId")
        return _add(session, plan, place, words, blocking)

    return locked(session, Remark, once(session, idempotency_key, request, create))


def _add(session: Session, plan: Masterplan, place: Place, words: str, blocking: bool) -> UUID:
    participation = under_review(session, plan)
    subject = subject_of(session, plan, place.about, place.subject_id)
    if subject is None:
        raise NotFound(path=("subjectId",))
    if place.block_id and not has_block(session, plan, place.subject_id, place.block_id):
        raise NotFound(path=("blockId",))
    refuse(_faults(plan, place))
    held = open_round(session, participation)
    row = Remark(
        tenant_id=plan.tenant_id,
        id=uuid7(),
        masterplan_id=plan.id,
        round_id=held and held.id,
        subject_name=subject.name,
        text=words,
        blocking=blocking,
        state=RemarkState.OPEN,
        written_by=acting(session),
        **_quoted(session, plan, place),
    )
    session.add(row)
    facts = ("about", "subject_name", "anchor", "year", "blocking")
    after = {name: getattr(row, name) for name in facts}
    audit.record(session, "remark.add", "remark", row.id, after=after)
    tell_remark(session, plan, row, subject.owner)
    return row.id


def _quoted(session: Session, plan: Masterplan, place: Place) -> dict[str, Any]:
    """The columns that say where the remark points, with what stands there."""
    quote = text_value(place.quote, path=("quote",))
    spot: dict[str, Any] = {
        "about": place.about,
        "subject_id": place.subject_id,
        "anchor": place.anchor.value,
        "year": place.year if place.anchor in OF_YEAR else None,
        "block_id": place.block_id,
        "quote": quote,
        "excerpt": bool(quote),
    }
    now, lacking = stands_at(session, spot, plan.tenant_id)
    if quote and (lacking or not any(map(str.isalnum, quote))):
        raise QuoteNotFound(path=("quote",))
    if not quote and now:
        spot |= {"quote": now[:TEXT_LENGTH], "excerpt": len(now) > TEXT_LENGTH}
    return spot


def _faults(plan: Masterplan, place: Place) -> list[DomainError]:
    fields = FIELDS[place.about]
    if place.anchor not in fields:
        known = [LABELS[each] for each in fields]
        names = (", ".join(words) for words in zip(*known, strict=True))
        fields_id, fields_en = names
        return [FieldUnfit(path=("field",), fields_id=fields_id, fields_en=fields_en)]
    if place.anchor not in OF_YEAR:
        return []
    if place.year is None:
        return [YearMissing(path=("year",))]
    if not plan.period_start <= place.year <= plan.period_end:
        bounds = {"first": plan.period_start, "last": plan.period_end}
        return [YearOutsidePeriod(path=("year",), year=place.year, **bounds)]
    return []
