"""Steps of single missions and goals."""

from __future__ import annotations

from uuid import UUID

import strawberry

from graphql_schema.context import Info
from graphql_schema.inputs import uuid_of, within
from graphql_schema.masterplan.analysis import inputs
from graphql_schema.masterplan.mission_types import Goal, Mission
from graphql_schema.masterplan.mutations import MasterplanPayload
from graphql_schema.mutating import Payload, changed, mutation, perform, step
from kotacerdas.identity.policy import Permission
from tenants.masterplan import goals

WRITE = Permission.MASTERPLAN_WRITE


@strawberry.type
class MissionPayload(Payload):
    """A changed mission, or errors."""

    prefix = "mis"
    mission: Mission | None = changed()


@strawberry.type
class GoalPayload(Payload):
    """A changed goal, or errors."""

    prefix = "gol"
    goal: Goal | None = changed()


@strawberry.type
class GoalMutations:
    """Steps of single missions and goals."""

    @mutation("Change a mission's words or what it rests on.", requires=WRITE)
    async def mission_update(self, info: Info, input: inputs.MissionUpdateInput) -> MissionPayload:
        """Change a mission."""
        return await step(info, MissionPayload, input, goals.update_mission, **input.values())

    @mutation("Change a goal's words, indicator or what it rests on.", requires=WRITE)
    async def goal_update(self, info: Info, input: inputs.GoalUpdateInput) -> GoalPayload:
        """Change a goal."""
        return await step(info, GoalPayload, input, goals.update_goal, **input.values())

    @mutation("Put the plan's missions in another order; their goals follow.", requires=WRITE)
    async def missions_order(
        self, info: Info, input: inputs.MissionsOrderInput
    ) -> MasterplanPayload:
        """Order the missions."""
        return await perform(
            info,
            MasterplanPayload,
            input.id,
            "mpl",
            lambda s, plan: goals.order_missions(
                s,
                plan,
                mission_ids=_ids(input.mission_ids, "mis", "missionIds"),
                expected_version=input.expected_version,
            ),
        )

    @mutation("Put a mission's goals in another order; their programmes follow.", requires=WRITE)
    async def goals_order(self, info: Info, input: inputs.GoalsOrderInput) -> MissionPayload:
        """Order the goals."""
        return await perform(
            info,
            MissionPayload,
            input.id,
            "mis",
            lambda s, mission: goals.order_goals(
                s,
                mission,
                goal_ids=_ids(input.goal_ids, "gol", "goalIds"),
                expected_version=input.expected_version,
            ),
        )


def _ids(texts: list[strawberry.ID], prefix: str, field: str) -> list[UUID]:
    ids = []
    for place, text in enumerate(texts):
        with within(field):
            ids.append(uuid_of(text, prefix, str(place)))
    return ids
