"""Instruments and which of them a cohort uses."""

from __future__ import annotations

import strawberry

from graphql_schema.assessment import inputs
from graphql_schema.assessment.instruments import Instrument
from graphql_schema.context import Info
from graphql_schema.editions.types import Cohort
from graphql_schema.ids import CITY
from graphql_schema.inputs import uuid_of
from graphql_schema.mutating import THE_NATION, Payload, changed, mutation, perform
from kotacerdas.identity.policy import Permission
from tenants.assessment import cohorts, instruments


@strawberry.type
class InstrumentPayload(Payload):
    """A changed instrument, or errors."""

    prefix = "ist"
    instrument: Instrument | None = changed()


@strawberry.type
class InstrumentOfCohortPayload(Payload):
    """The cohort with its instrument, or errors."""

    prefix = "coh"
    cohort: Cohort | None = changed()


@strawberry.type
class InstrumentMutations:
    """Instruments and which of them a cohort uses."""

    @mutation("Write a new instrument, as a draft.", requires=Permission.COHORT_MANAGE)
    async def instrument_create(
        self, info: Info, input: inputs.InstrumentCreateInput
    ) -> InstrumentPayload:
        """Write a new instrument."""
        facts = {"code": input.code, "source": input.source, "certainty": input.certainty}
        return await perform(
            info,
            InstrumentPayload,
            str(THE_NATION),
            CITY,
            inputs.placed(
                lambda s: instruments.create(
                    s, inputs.document(input) | facts, idempotency_key=input.idempotency_key
                )
            ),
        )

    @mutation(
        "Replace names and parameters of an instrument that no cohort uses.",
        requires=Permission.COHORT_MANAGE,
    )
    async def instrument_update(
        self, info: Info, input: inputs.InstrumentUpdateInput
    ) -> InstrumentPayload:
        """Change an instrument."""
        return await perform(
            info,
            InstrumentPayload,
            str(THE_NATION),
            CITY,
            inputs.placed(
                lambda s: instruments.update(
                    s,
                    uuid_of(input.id, "ist", "id"),
                    inputs.document(input),
                    expected_version=input.expected_version,
                )
            ),
        )

    @mutation("Copy an instrument into a draft.", requires=Permission.COHORT_MANAGE)
    async def instrument_copy(
        self, info: Info, input: inputs.InstrumentCopyInput
    ) -> InstrumentPayload:
        """Copy an instrument."""
        return await perform(
            info,
            InstrumentPayload,
            str(THE_NATION),
            CITY,
            lambda s, _nation: instruments.copy(
                s,
                uuid_of(input.instrument_id, "ist", "instrumentId"),
                code=input.code,
                idempotency_key=input.idempotency_key,
            ),
        )

    @mutation("Let cohorts use a complete instrument.", requires=Permission.COHORT_MANAGE)
    async def instrument_activate(
        self, info: Info, input: inputs.InstrumentActivateInput
    ) -> InstrumentPayload:
        """Activate an instrument."""
        return await perform(
            info,
            InstrumentPayload,
            str(THE_NATION),
            CITY,
            lambda s, _nation: instruments.activate(
                s, uuid_of(input.id, "ist", "id"), expected_version=input.expected_version
            ),
        )

    @mutation(
        "Choose the instrument by which a cohort's cities are assessed; it then changes no more.",
        requires=Permission.COHORT_MANAGE,
    )
    async def cohort_use_instrument(
        self, info: Info, input: inputs.CohortUseInstrumentInput
    ) -> InstrumentOfCohortPayload:
        """Choose a cohort's instrument."""
        return await perform(
            info,
            InstrumentOfCohortPayload,
            str(THE_NATION),
            CITY,
            lambda s, _nation: cohorts.use_instrument(
                s,
                uuid_of(input.cohort_id, "coh", "cohortId"),
                instrument_id=uuid_of(input.instrument_id, "ist", "instrumentId"),
            ),
        )
