"""The ministry's decision on a cohort, and promotion from the reserve list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import strawberry
from sqlalchemy.orm import Session

from graphql_schema.assessment import inputs
from graphql_schema.assessment.selections import SelectionLetter
from graphql_schema.context import Info
from graphql_schema.ids import CITY
from graphql_schema.inputs import uuid_of
from graphql_schema.mutating import THE_NATION, Payload, changed, mutation, perform
from kotacerdas.identity.policy import Permission
from tenants.assessment import deciding
from tenants.assessment.models import Decision


@strawberry.type
class SelectionPayload(Payload):
    """The letter; each city's stage follows from it by a job; or errors."""

    prefix = "sdc"
    letter: SelectionLetter | None = changed("The letter, as it is kept; null on errors.")


async def _decided(info: Info, rule: Callable[[Session, UUID], Decision]) -> SelectionPayload:
    payload = await perform(info, SelectionPayload, str(THE_NATION), CITY, rule)
    if payload.key is not None:  # a letter names cities, so it is read in none
        payload.key = replace(payload.key, tenant_id=None)
    return payload


@strawberry.type
class SelectionMutations:
    """The ministry's decision on a cohort, and promotion from the reserve list."""

    @mutation(
        "Decide on many cities of a cohort by one letter, all or nothing; stages follow by a job.",
        requires=Permission.COHORT_MANAGE,
    )
    async def selection_decide(
        self, info: Info, input: inputs.SelectionDecideInput
    ) -> SelectionPayload:
        """Decide on a cohort."""
        return await _decided(
            info,
            lambda s, _nation: deciding.decide(
                s,
                uuid_of(input.cohort_id, "coh", "cohortId"),
                letter=inputs.letter(input),
                verdicts=inputs.verdicts(input.verdicts),
                idempotency_key=input.idempotency_key,
            ),
        )

    @mutation(
        "Select the first city of the reserve list, where a place has become free.",
        requires=Permission.COHORT_MANAGE,
    )
    async def selection_promote(
        self, info: Info, input: inputs.SelectionPromoteInput
    ) -> SelectionPayload:
        """Promote from the reserve list."""
        return await _decided(
            info,
            lambda s, _nation: deciding.promote(
                s,
                uuid_of(input.cohort_id, "coh", "cohortId"),
                letter=inputs.letter(input),
                idempotency_key=input.idempotency_key,
            ),
        )
