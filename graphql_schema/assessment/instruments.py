"""Instruments by which cities are assessed."""

from __future__ import annotations

from decimal import Decimal

import strawberry
from sqlalchemy import ColumnElement, FromClause, select

from graphql_schema.node import Node
from graphql_schema.reader.declaration import column, key, listed, one, reads
from graphql_schema.reader.grouping import rows_of
from tenants.assessment import models as rows
from tenants.editions.models import EditionState


@reads(rows.Parameter, "ipr", description="What an instrument asks.")
class InstrumentParameter(Node):
    """What an instrument asks: its weight, its scale, and the evidence it needs."""

    id: strawberry.ID = key()
    code: str = column(rows.Parameter.code, "Code, unique within the instrument.")
    ordinal: int = column(rows.Parameter.ordinal, "Place within the instrument, from 1.")
    name: str = column(rows.Parameter.name, "Name in Indonesian.")
    name_en: str = column(rows.Parameter.name_en, "Name in English.")
    weight: Decimal = column(rows.Parameter.weight, "Weight in percent; all together are 100.")
    scale_minimum: Decimal = column(rows.Parameter.scale_minimum, "Lowest score.")
    scale_maximum: Decimal = column(rows.Parameter.scale_maximum, "Highest score.")
    evidence_needed: str = column(rows.Parameter.evidence_needed, "What shows it.")
    evidence_required: bool = column(
        rows.Parameter.evidence_required, "Whether a score without evidence is refused."
    )
    instrument: Instrument = one(
        "Instrument", rows.Parameter.instrument_id, "Instrument that it is part of."
    )


@reads(rows.Instrument, "ist", description="An edition of the instrument of assessment.")
class Instrument(Node):
    """An edition of the instrument of assessment; immutable once a cohort uses it."""

    id: strawberry.ID = key()
    code: str = column(rows.Instrument.code, "Stable code.")
    name: str = column(rows.Instrument.name, "What it is called.")
    name_en: str = column(rows.Instrument.name_en, "The same in English.")
    state: EditionState = column(rows.Instrument.state, "Whether cohorts may use it.")
    source: str = column(rows.Instrument.source, "Where its content is from.")
    certainty: rows.Certainty | None = column(
        rows.Instrument.certainty, "How sure that is; null where the ministry wrote it."
    )
    version: int = column(rows.Instrument.version, "Version for `expectedVersion`.")
    parameters: list[InstrumentParameter] = listed(
        "InstrumentParameter",
        rows_of(rows.Parameter, "instrument_id", "ordinal"),
        "What it asks, in order.",
    )


def instrument_of(child: FromClause, parent: FromClause) -> ColumnElement[bool]:
    """Condition: the instrument (first) is the one by which the cohort is assessed."""
    chosen = rows.CohortInstrument.__table__.alias()
    mine = select(chosen.c.instrument_id).where(chosen.c.cohort_id == parent.c.id)
    return child.c.id.in_(mine.correlate(parent))
