"""Signed papers of participations: recording, correcting, signing."""

from __future__ import annotations

from datetime import date

import strawberry

from graphql_schema.cities.commitments import Commitment
from graphql_schema.context import Info
from graphql_schema.inputs import given, uuid_of, within
from graphql_schema.mutating import Change, Payload, changed, mutation, perform, step
from kotacerdas.identity.policy import Permission
from tenants.cities import commitments, signatures
from tenants.cities.models import CommitmentKind, SignatoryParty, SignatureKind


@strawberry.type
class CommitmentPayload(Payload):
    """A recorded paper, or errors."""

    prefix = "com"
    commitment: Commitment | None = changed()


@strawberry.input(description="A signed paper of a participation.")
class CommitmentRecordInput:
    """A signed paper of a participation; one of each kind."""

    participation_id: strawberry.ID = strawberry.field(description="The participation.")
    kind: CommitmentKind = strawberry.field(description="Memorandum or commitment sheet.")
    number: str = strawberry.field(description="Number that the paper bears.")
    signed_on: date = strawberry.field(description="Day of signing.")
    parties: str = strawberry.field(description="Who signed.")
    signature: SignatureKind = strawberry.field(description="Kind of signature.")
    place: str | None = strawberry.field(default=None, description="Where it was signed.")
    source_url: str | None = strawberry.field(default=None, description="Where it can be read.")


@strawberry.input(description="Corrections of a paper; absent fields stay.")
class CommitmentUpdateInput(Change):
    """Corrections of a paper; absent fields stay."""

    number: strawberry.Maybe[str] = strawberry.field(default=None, description="New number.")
    signed_on: strawberry.Maybe[date] = strawberry.field(default=None, description="New day.")
    place: strawberry.Maybe[str] = strawberry.field(
        default=None, description="New place; empty for none."
    )
    parties: strawberry.Maybe[str] = strawberry.field(default=None, description="New parties.")
    source_url: strawberry.Maybe[str] = strawberry.field(
        default=None, description="New address; empty for none. This alone voids no signature."
    )


@strawberry.input(description="Somebody's signature under a paper.")
class SignatoryInput:
    """Somebody's signature under a paper."""

    party: SignatoryParty = strawberry.field(description="For whom it is.")
    name: str = strawberry.field(description="Name with academic titles.")
    position: str = strawberry.field(description="Office of the signatory.")
    signature: SignatureKind = strawberry.field(
        default=SignatureKind.WET, description="Kind of signature."
    )
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="Department; for UNIT_HEAD, and only there."
    )
    signed_on: date | None = strawberry.field(
        default=None, description="Day of signing; by default the paper's."
    )
    certificate_serial: str | None = strawberry.field(
        default=None, description="Serial number of the certificate of an electronic signature."
    )
    certificate_issuer: str | None = strawberry.field(
        default=None, description="Who issued that certificate, e.g. BSrE."
    )


@strawberry.input(description="Signatures under a paper.")
class CommitmentSignInput(Change):
    """Signatures under a paper."""

    signatories: list[SignatoryInput] = strawberry.field(description="Who signed, 1 to 200.")


@strawberry.type
class PaperMutations:
    """Signed papers of participations."""

    @mutation(
        "Record a signed paper: the memorandum, or the commitment sheet.",
        requires=Permission.PARTICIPATION_ADVANCE,
    )
    async def commitment_record(
        self, info: Info, input: CommitmentRecordInput
    ) -> CommitmentPayload:
        """Record a signed paper."""
        fields = dict(vars(input))
        place = fields.pop("participation_id")
        return await perform(
            info,
            CommitmentPayload,
            place,
            "par",
            lambda s, key: commitments.record_commitment(s, key, **fields),
            named="participationId",
        )

    @mutation(
        "Correct a paper; signatures under it are void and their departments are told.",
        requires=Permission.PARTICIPATION_ADVANCE,
    )
    async def commitment_update(
        self, info: Info, input: CommitmentUpdateInput
    ) -> CommitmentPayload:
        """Correct a paper."""
        changes = given(
            number=input.number,
            signed_on=input.signed_on,
            place=input.place,
            parties=input.parties,
            source_url=input.source_url,
        )
        return await step(
            info, CommitmentPayload, input, commitments.update_commitment, changes=changes
        )

    @mutation("Record who signed a paper.", requires=Permission.PARTICIPATION_ADVANCE)
    async def commitment_sign(self, info: Info, input: CommitmentSignInput) -> CommitmentPayload:
        """Record signatures."""
        return await perform(
            info,
            CommitmentPayload,
            input.id,
            "com",
            lambda s, key: signatures.sign(
                s,
                key,
                signatories=[_line(*each) for each in enumerate(input.signatories)],
                expected_version=input.expected_version,
            ),
        )


def _line(index: int, given: SignatoryInput) -> signatures.Signatory:
    fields = dict(vars(given))
    if given.unit_id is not None:
        with within("signatories", str(index)):
            fields["unit_id"] = uuid_of(given.unit_id, "unt", "unitId")
    return signatures.Signatory(**fields)
