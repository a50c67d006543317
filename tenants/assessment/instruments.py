"""Instruments: written as drafts, copied, activated; immutable once a cohort uses one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, TypeAdapter
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, WrongState
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked_national, unique
from kotacerdas.values import refuse
from tenants.assessment.models import Certainty, CohortInstrument, Instrument, Parameter
from tenants.assessment.scoring import Measure
from tenants.editions.models import Cohort, EditionState
from tenants.editions.reasons import EditionRuleInvalid
from tenants.editions.rules import Code, Item, Text, Words, read_document

HUNDRED = Decimal(100)
Bound = Annotated[Decimal, Field(ge=-1000, le=1000, decimal_places=2)]


@dataclass(frozen=True, kw_only=True)
class ParameterContent(Item):
    """A parameter as a file or an input holds it."""

    weight: Annotated[Decimal, Field(gt=0, le=100, decimal_places=2)]
    scale_minimum: Bound = Decimal(0)
    scale_maximum: Bound = Decimal(4)
    evidence_needed: str = ""
    evidence_required: bool = False


@dataclass(frozen=True, kw_only=True)
class InstrumentContent:
    """A whole instrument as a file or an input holds it."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    code: Code
    name: Words
    parameters: tuple[ParameterContent, ...] = ()
    source: Text = "ministry"
    certainty: Certainty | None = None


class InstrumentCodeTaken(DomainError):
    """Another instrument has that code."""

    code = "INSTRUMENT_CODE_TAKEN"
    id = "Kode instrumen {given} sudah dipakai. Pilih kode lain."
    en = "The instrument's code {given} is taken. Choose another one."


class InstrumentInUse(WrongState):
    """A cohort is assessed by the instrument: its scores must stay what they were."""

    code = "INSTRUMENT_IN_USE"
    id = "Instrumen ini dipakai angkatan {years} dan tidak berubah lagi. Salin, lalu ubah salinan."
    en = "The cohorts {years} use this instrument: it cannot change. Copy it and change the copy."


class InstrumentIncomplete(DomainError):
    """The instrument cannot be used as it is."""

    code = "INSTRUMENT_INCOMPLETE"
    id = "Instrumen belum dapat dipakai: {reason_id}."
    en = "The instrument cannot be used yet: {reason_en}."


_CONTENT = TypeAdapter(InstrumentContent)


def create(session: Session, document: object, *, idempotency_key: str | None = None) -> Instrument:
    """Write a draft from a document; raises EditionRuleInvalid for each fault of its form.

    Raises InstrumentCodeTaken or Forbidden.
    """
    require(session, Permission.COHORT_MANAGE)
    content = read_document(_CONTENT, document)

    def make() -> UUID:
        row = write(session, content)
        after = {"id": row.id, "code": row.code, "parameters": len(content.parameters)}
        audit.record(session, "instrument.create", "instrument", row.id, after=after)
        return row.id

    request = {"do": "instrument.create", "document": document}
    return session.get_one(Instrument, once(session, idempotency_key, request, make))


def write(
    session: Session, content: InstrumentContent, *, state: EditionState = EditionState.DRAFT
) -> Instrument:
    """Write an instrument with its parameters, unaudited; raises InstrumentCodeTaken."""
    refuse(_form_faults(content.parameters))
    row = Instrument(
        id=uuid7(),
        code=content.code,
        name=content.name.id,
        name_en=content.name.en,
        state=state,
        source=content.source,
        certainty=content.certainty,
    )
    with unique(session, InstrumentCodeTaken(path=("code",), given=content.code)):
        session.add(row)
    _write_parameters(session, row.id, content.parameters)
    return row


def content_of(document: object) -> InstrumentContent:
    """Read an instrument from a document; raises EditionRuleInvalid for each fault."""
    return read_document(_CONTENT, document)


def update(
    session: Session, instrument_id: UUID, document: object, *, expected_version: int
) -> Instrument:
    """Replace an instrument's names and parameters; code, source and certainty may stay away.

    Raises InstrumentInUse, StaleVersion, EditionRuleInvalid, or InstrumentIncomplete for an active
    one that would no longer be fit for use.
    """
    require(session, Permission.COHORT_MANAGE)
    row = locked_national(session, Instrument, instrument_id, expected_version=expected_version)
    _refuse_used(session, row)
    given = document if isinstance(document, dict) else {}
    kept = {"source": row.source, "certainty": row.certainty}
    content = content_of({**kept, **given, "code": row.code})
    refuse(_form_faults(content.parameters))
    row.name, row.name_en = content.name.id, content.name.en
    row.source, row.certainty = content.source, content.certainty
    row.updated_at = datetime.now(UTC)  # so that the version rises with the parameters
    session.execute(delete(Parameter).where(Parameter.instrument_id == row.id))
    _write_parameters(session, row.id, content.parameters)
    if row.state is EditionState.ACTIVE:
        refuse(_faults(session, row.id))
    after = {"code": row.code, "parameters": len(content.parameters)}
    audit.record(session, "instrument.update", "instrument", row.id, after=after)
    return row


def copy(
    session: Session, instrument_id: UUID, *, code: str, idempotency_key: str | None = None
) -> Instrument:
    """Write a draft with another code and the parameters of an instrument."""
    require(session, Permission.COHORT_MANAGE)
    row = locked_national(session, Instrument, instrument_id)
    document = document_of(session, row) | {"code": code}
    return create(session, document, idempotency_key=idempotency_key)


def document_of(session: Session, row: Instrument) -> dict[str, Any]:
    """Return an instrument as the document from which it could be written."""
    parameters = [
        {
            "code": each.code,
            "name": {"id": each.name, "en": each.name_en},
            "weight": each.weight,
            "scale_minimum": each.scale_minimum,
            "scale_maximum": each.scale_maximum,
            "evidence_needed": each.evidence_needed,
            "evidence_required": each.evidence_required,
        }
        for each in parameters_of(session, row.id)
    ]
    return {
        "code": row.code,
        "name": {"id": row.name, "en": row.name_en},
        "source": row.source,
        "certainty": row.certainty,
        "parameters": parameters,
    }


def activate(session: Session, instrument_id: UUID, *, expected_version: int) -> Instrument:
    """Let cohorts use an instrument; raises InstrumentIncomplete for each thing that it lacks."""
    require(session, Permission.COHORT_MANAGE)
    row = locked_national(session, Instrument, instrument_id, expected_version=expected_version)
    refuse(_faults(session, row.id))
    before, row.state = row.state, EditionState.ACTIVE
    if before is not row.state:
        audit.record(session, "instrument.activate", "instrument", row.id, after={"code": row.code})
    return row


def parameters_of(session: Session, instrument_id: UUID) -> list[Parameter]:
    """Return an instrument's parameters in their order."""
    mine = select(Parameter).where(Parameter.instrument_id == instrument_id)
    return list(session.scalars(mine.order_by(Parameter.ordinal)))


def measures(parameters: list[Parameter]) -> list[Measure[UUID]]:
    """Return what the score is computed by."""
    return [
        Measure(each.id, each.weight, each.scale_minimum, each.scale_maximum) for each in parameters
    ]


def _write_parameters(
    session: Session, instrument_id: UUID, contents: tuple[ParameterContent, ...]
) -> None:
    session.add_all(
        Parameter(
            instrument_id=instrument_id,
            code=each.code,
            ordinal=ordinal,
            name=each.name.id,
            name_en=each.name.en,
            weight=each.weight,
            scale_minimum=each.scale_minimum,
            scale_maximum=each.scale_maximum,
            evidence_needed=each.evidence_needed,
            evidence_required=each.evidence_required,
        )
        for ordinal, each in enumerate(contents, start=1)
    )
    session.flush()  # the next check reads them


def _form_faults(contents: tuple[ParameterContent, ...]) -> list[DomainError]:
    counts = Counter(each.code for each in contents)
    errors: list[DomainError] = []
    for place, each in enumerate(contents):
        at = ("parameters", str(place))
        if counts[each.code] > 1:
            errors.append(
                EditionRuleInvalid(
                    (*at, "code"), f"kode {each.code} dipakai dua kali", f"{each.code} occurs twice"
                )
            )
        if each.scale_maximum <= each.scale_minimum:
            errors.append(
                EditionRuleInvalid(
                    (*at, "scale_maximum"),
                    "ujung skala harus lebih besar daripada awalnya",
                    "the scale must end above its beginning",
                )
            )
    return errors


def _faults(session: Session, instrument_id: UUID) -> list[DomainError]:
    total = sum((each.weight for each in parameters_of(session, instrument_id)), Decimal(0))
    if total == HUNDRED:
        return []
    reason_id = f"bobot berjumlah {total}, seharusnya 100. Perbaiki bobot parameternya"
    reason_en = f"the weights sum to {total} and not to 100. Correct the parameters' weights"
    return [InstrumentIncomplete(path=("weight",), reason_id=reason_id, reason_en=reason_en)]


def _refuse_used(session: Session, row: Instrument) -> None:
    uses = (
        select(Cohort.year)
        .join(CohortInstrument, CohortInstrument.cohort_id == Cohort.id)
        .where(CohortInstrument.instrument_id == row.id)
        .order_by(Cohort.year)
    )
    years = [str(year) for year in session.scalars(uses)]
    if years:
        raise InstrumentInUse(years=", ".join(years))
