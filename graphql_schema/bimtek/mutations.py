"""Scheduling and holding sessions, attendance, outputs, certificates."""

from __future__ import annotations

from functools import partial

import strawberry

from graphql_schema.bimtek import inputs
from graphql_schema.bimtek.types import Workshop, WorkshopCertificate, WorkshopOutput
from graphql_schema.bulk.across import create_in_cities
from graphql_schema.bulk.results import BulkPayload, RowResult, results, stored
from graphql_schema.context import Info
from graphql_schema.inputs import uuid_of
from graphql_schema.mutating import Payload, changed, mutation, perform, step
from kotacerdas.identity.policy import Permission
from tenants.bimtek import attendance, certificates, details, outputs, scheduling

MANAGE, RECORD = Permission.WORKSHOP_MANAGE, Permission.WORKSHOP_RECORD
ACCEPT = Permission.OUTPUT_ACCEPT


@strawberry.type
class WorkshopPayload(Payload):
    """A changed session, or errors."""

    prefix = "wks"
    workshop: Workshop | None = changed()


@strawberry.type
class WorkshopOutputPayload(Payload):
    """A changed output, or errors."""

    prefix = "out"
    output: WorkshopOutput | None = changed()


@strawberry.type
class WorkshopCertificatePayload(Payload):
    """A new certificate, or errors."""

    prefix = "cer"
    certificate: WorkshopCertificate | None = changed()


@strawberry.type(description="What came of the session in one city.")
class WorkshopResult(RowResult):
    """What came of the session in one city."""

    prefix = "wks"
    workshop: Workshop | None = stored()


@strawberry.type
class WorkshopsPayload(BulkPayload):
    """What came of the session in each city."""

    result = WorkshopResult
    results: list[WorkshopResult] = results()


@strawberry.type
class BimtekMutations:
    """Scheduling and holding sessions, attendance, outputs, certificates."""

    @mutation("Put a session on the calendar; the city's people are told.", requires=MANAGE)
    async def workshop_schedule(
        self, info: Info, input: inputs.WorkshopScheduleInput
    ) -> WorkshopPayload:
        """Schedule a session."""
        fields = dict(vars(input))
        place = fields.pop("participation_id")
        return await perform(
            info,
            WorkshopPayload,
            place,
            "par",
            lambda s, key: scheduling.schedule(s, key, **fields),
            named="participationId",
        )

    @mutation(
        "Put the same session on the calendars of up to 100 cities; each city's is kept whatever"
        " another refuses.",
        requires=MANAGE,
    )
    async def workshops_schedule(
        self, info: Info, input: inputs.WorkshopsScheduleInput
    ) -> WorkshopsPayload:
        """Schedule a session in many cities."""
        return await create_in_cities(
            info,
            WorkshopsPayload,
            input,
            ("participationIds", "par"),
            partial(scheduling.schedule, **input.session()),
            requires=MANAGE,
            check=partial(scheduling.session_values, input.session()),
        )

    @mutation("Move a planned session; the city's people are told.", requires=MANAGE)
    async def workshop_move(self, info: Info, input: inputs.WorkshopMoveInput) -> WorkshopPayload:
        """Move a session."""
        return await step(
            info,
            WorkshopPayload,
            input,
            scheduling.move,
            starts_at=input.starts_at,
            ends_at=input.ends_at,
            place=input.place,
            mode=input.mode,
        )

    @mutation("Call a planned session off; the city's people are told.", requires=MANAGE)
    async def workshop_cancel(
        self, info: Info, input: inputs.WorkshopCancelInput
    ) -> WorkshopPayload:
        """Cancel a session."""
        return await step(info, WorkshopPayload, input, scheduling.cancel, reason=input.reason)

    @mutation(
        "Note that a session took place; heads of absent departments are told.",
        requires=(MANAGE, RECORD),
    )
    async def workshop_hold(self, info: Info, input: inputs.WorkshopHoldInput) -> WorkshopPayload:
        """Hold a session."""
        return await step(info, WorkshopPayload, input, scheduling.hold)

    @mutation(
        "Write a session's opener, agenda, speakers, materials and field visits.",
        requires=(MANAGE, RECORD),
    )
    async def workshop_details_write(
        self, info: Info, input: inputs.WorkshopDetailsWriteInput
    ) -> WorkshopPayload:
        """Write a session's lists."""
        return await perform(
            info,
            WorkshopPayload,
            input.id,
            "wks",
            lambda s, key: details.write_details(
                s, key, expected_version=input.expected_version, **input.lists()
            ),
        )

    @mutation("Record who came to a session.", requires=RECORD)
    async def workshop_attendance_record(
        self, info: Info, input: inputs.WorkshopAttendanceRecordInput
    ) -> WorkshopPayload:
        """Record attendance."""
        return await perform(
            info,
            WorkshopPayload,
            input.id,
            "wks",
            lambda s, key: attendance.record_attendance(
                s, key, lines=input.rows(), expected_version=input.expected_version
            ),
        )

    @mutation("Hand a required output in.", requires=RECORD)
    async def workshop_output_deliver(
        self, info: Info, input: inputs.WorkshopOutputDeliverInput
    ) -> WorkshopOutputPayload:
        """Deliver an output."""
        return await step(
            info, WorkshopOutputPayload, input, outputs.deliver, note=input.note, url=input.url
        )

    @mutation("Accept a delivered output; the city is told.", requires=ACCEPT)
    async def workshop_output_accept(
        self, info: Info, input: inputs.WorkshopOutputAcceptInput
    ) -> WorkshopOutputPayload:
        """Accept an output."""
        return await step(info, WorkshopOutputPayload, input, outputs.accept)

    @mutation("Return a delivered output with a reason; the city is told.", requires=ACCEPT)
    async def workshop_output_return(
        self, info: Info, input: inputs.WorkshopOutputReturnInput
    ) -> WorkshopOutputPayload:
        """Return an output."""
        return await step(
            info, WorkshopOutputPayload, input, outputs.send_back, reason=input.reason
        )

    @mutation("Give a certificate to somebody who has earned it.", requires=MANAGE)
    async def workshop_certificate_issue(
        self, info: Info, input: inputs.WorkshopCertificateIssueInput
    ) -> WorkshopCertificatePayload:
        """Issue a certificate."""
        return await perform(
            info,
            WorkshopCertificatePayload,
            input.participation_id,
            "par",
            lambda s, key: certificates.issue(
                s,
                key,
                unit_id=uuid_of(input.unit_id, "unt", "unitId"),
                name=input.name,
                number=input.number,
                issued_on=input.issued_on,
                idempotency_key=input.idempotency_key,
            ),
            named="participationId",
        )
