"""Forming bodies, seating members, recording regulations."""

from __future__ import annotations

import strawberry

from graphql_schema.bulk.running import create_all
from graphql_schema.context import Info
from graphql_schema.inputs import given
from graphql_schema.institutions import inputs
from graphql_schema.institutions.payloads import (
    InstitutionMemberPayload,
    InstitutionMembersPayload,
    InstitutionPayload,
    RegulationPayload,
)
from graphql_schema.mutating import mutation, perform, step
from kotacerdas.identity.policy import Permission
from tenants.institutions import bodies, members, regulations

MANAGE = Permission.INSTITUTION_MANAGE


@strawberry.type
class InstitutionMutations:
    """Forming bodies, seating members, recording regulations."""

    @mutation("Enter a body of the city; its decree is a regulation.", requires=MANAGE)
    async def institution_form(
        self, info: Info, input: inputs.InstitutionFormInput
    ) -> InstitutionPayload:
        """Form a body."""
        return await perform(
            info,
            InstitutionPayload,
            input.city_id,
            "cty",
            lambda s, _: bodies.form_institution(
                s, kind=input.kind, name=input.name, idempotency_key=input.idempotency_key
            ),
            named="cityId",
        )

    @mutation("Change a body's name.", requires=MANAGE)
    async def institution_rename(
        self, info: Info, input: inputs.InstitutionRenameInput
    ) -> InstitutionPayload:
        """Rename a body."""
        return await step(
            info, InstitutionPayload, input, bodies.rename_institution, name=input.name
        )

    @mutation("Dissolve a body; its members and decrees stay as history.", requires=MANAGE)
    async def institution_dissolve(
        self, info: Info, input: inputs.InstitutionDissolveInput
    ) -> InstitutionPayload:
        """Dissolve a body."""
        return await step(info, InstitutionPayload, input, bodies.dissolve_institution, on=input.on)

    @mutation("Give somebody a seat in a body.", requires=MANAGE)
    async def institution_member_add(
        self, info: Info, input: inputs.InstitutionMemberAddInput
    ) -> InstitutionMemberPayload:
        """Seat a member."""
        return await perform(
            info,
            InstitutionMemberPayload,
            input.institution_id,
            "ins",
            lambda s, key: members.add_member(
                s, key, idempotency_key=input.idempotency_key, **input.seat()
            ),
            named="institutionId",
        )

    @mutation("Give up to 100 people a seat in a body.", requires=MANAGE)
    async def institution_members_add(
        self, info: Info, input: inputs.InstitutionMembersAddInput
    ) -> InstitutionMembersPayload:
        """Seat members."""
        return await create_all(
            info,
            InstitutionMembersPayload,
            input,
            ("institution_id", "ins"),
            lambda s, parent, item, key: members.add_member(
                s, parent, idempotency_key=key, **item.seat()
            ),
        )

    @mutation("Change what is known of a member.", requires=MANAGE)
    async def institution_member_update(
        self, info: Info, input: inputs.InstitutionMemberUpdateInput
    ) -> InstitutionMemberPayload:
        """Change a member."""
        return await perform(
            info,
            InstitutionMemberPayload,
            input.id,
            "imb",
            lambda s, key: members.update_member(
                s, key, expected_version=input.expected_version, **input.seat()
            ),
        )

    @mutation("Note the day on which a member left.", requires=MANAGE)
    async def institution_member_end(
        self, info: Info, input: inputs.InstitutionMemberEndInput
    ) -> InstitutionMemberPayload:
        """End a seat."""
        return await step(info, InstitutionMemberPayload, input, members.end_member, on=input.on)

    @mutation(
        "Record a legal text; a body's first decree forms it, a later one revises it.",
        requires=MANAGE,
    )
    async def regulation_record(
        self, info: Info, input: inputs.RegulationRecordInput
    ) -> RegulationPayload:
        """Record a regulation."""
        return await perform(
            info,
            RegulationPayload,
            input.city_id,
            "cty",
            lambda s, _: regulations.record_regulation(s, **input.values()),
            named="cityId",
        )

    @mutation("Correct the record of a legal text.", requires=MANAGE)
    async def regulation_update(
        self, info: Info, input: inputs.RegulationUpdateInput
    ) -> RegulationPayload:
        """Correct a regulation."""
        changes = given(
            number=input.number,
            title=input.title,
            signed_on=input.signed_on,
            source_url=input.source_url,
        )
        return await step(info, RegulationPayload, input, regulations.update_regulation, **changes)
