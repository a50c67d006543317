"""The missions of a masterplan and their goals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError
from kotacerdas.identity import policy
from kotacerdas.identity.policy import Permission
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from kotacerdas.values import collect, refuse, text_value
from tenants.masterplan.analysis.citations import forget
from tenants.masterplan.analysis.models import StatementKind
from tenants.masterplan.models import Goal, Masterplan, Mission, Programme
from tenants.masterplan.plan import touch

MissionDraft: TypeAlias = tuple[str, Sequence[str]]
"""A mission's text and the texts of its goals; their places in the lists are their ordinals."""

Place: TypeAlias = tuple[int, int]
"""Ordinals of a mission and of a goal in it; goal 0 is the mission itself."""

MOST = 30


class GoalInUse(DomainError):
    """A goal that programmes serve cannot be left out."""

    code = "GOAL_IN_USE"
    id = (
        "Sasaran {goal} pada misi {mission} dipakai program {programmes}."
        " Alihkan program itu ke sasaran lain, lalu hapus sasarannya."
    )
    en = (
        "Goal {goal} of mission {mission} is served by the programmes {programmes}."
        " Turn them to another goal first, then leave it out."
    )


class TooManyMissions(DomainError):
    """More missions or goals than a plan can carry."""

    code = "TOO_MANY_MISSIONS"
    id = "Paling banyak {most} misi dan {most} sasaran per misi. Gabungkan yang serupa."
    en = "At most {most} missions, and {most} goals of a mission. Merge those that are alike."


def write_missions(
    session: Session,
    masterplan_id: UUID,
    *,
    missions: Sequence[MissionDraft],
    expected_version: int,
) -> Masterplan:
    """Replace all missions and goals; what keeps its place keeps its id.

    Raises GoalInUse for each goal that programmes refer to and that would vanish.
    """
    policy.require(session, Permission.MASTERPLAN_WRITE)
    plan = locked(session, Masterplan, masterplan_id, expected_version=expected_version)
    wanted = _texts(missions)
    held = _held(session, plan.id)
    refuse(list(_goals_in_use(session, held, wanted)))
    _delete(session, held, wanted)
    _write(session, plan.id, held, wanted)
    touch(plan)
    after = {"missions": [[text, *goals] for text, goals in missions]}
    audit.record(session, "masterplan.write_missions", "masterplan", plan.id, after=after)
    session.flush()  # the caller reads the new version
    return plan


def _texts(missions: Sequence[MissionDraft]) -> dict[Place, str]:
    if len(missions) > MOST or any(len(goals) > MOST for _, goals in missions):
        raise TooManyMissions(path=("missions",), most=MOST)
    raw: dict[Place, tuple[str, tuple[str, ...]]] = {}
    for mission, (text, goals) in enumerate(missions):
        path = ("missions", str(mission))
        raw[mission + 1, 0] = (text, (*path, "text"))
        for goal, line in enumerate(goals):
            raw[mission + 1, goal + 1] = (line, (*path, "goals", str(goal)))
    checked = collect(
        {
            "/".join(path): partial(text_value, text, path=path, required=True)
            for text, path in raw.values()
        }
    )
    return {place: checked["/".join(path)] for place, (_, path) in raw.items()}


def _held(session: Session, plan_id: UUID) -> dict[Place, UUID]:
    """Ids of the plan's missions and goals by their places."""
    tenant_id = tenant_of(session)
    missions = select(Mission.ordinal, Mission.id).where(
        Mission.tenant_id == tenant_id, Mission.masterplan_id == plan_id
    )
    goals = (
        select(Mission.ordinal, Goal.ordinal, Goal.id)
        .join(Goal, (Goal.tenant_id == Mission.tenant_id) & (Goal.mission_id == Mission.id))
        .where(
            Mission.tenant_id == tenant_id,
            Goal.tenant_id == tenant_id,
            Mission.masterplan_id == plan_id,
        )
    )
    held: dict[Place, UUID] = {(row[0], 0): row[1] for row in session.execute(missions)}
    return held | {(row[0], row[1]): row[2] for row in session.execute(goals)}


def _goals_in_use(
    session: Session, held: dict[Place, UUID], wanted: dict[Place, str]
) -> Iterator[DomainError]:
    vanishing = {held[place]: place for place in held.keys() - wanted.keys() if place[1]}
    served = select(Programme.goal_id, Programme.code).where(
        Programme.tenant_id == tenant_of(session), Programme.goal_id.in_(vanishing)
    )
    codes: dict[Place, list[str]] = {}
    for goal_id, code in session.execute(served.order_by(Programme.code)):
        if goal_id is not None:
            codes.setdefault(vanishing[goal_id], []).append(code)
    for (mission, goal), programmes in sorted(codes.items()):
        path = ("missions", str(mission - 1), "goals", str(goal - 1))
        yield GoalInUse(path=path, mission=mission, goal=goal, programmes=", ".join(programmes))


def _delete(session: Session, held: dict[Place, UUID], wanted: dict[Place, str]) -> None:
    """Goals first: they refer to missions."""
    gone = [held[place] for place in held.keys() - wanted.keys()]
    for table, about in ((Goal, StatementKind.GOAL), (Mission, StatementKind.MISSION)):
        forget(session, about, gone)
        mine = (table.tenant_id == tenant_of(session)) & table.id.in_(gone)
        session.execute(delete(table).where(mine))


def _write(
    session: Session, plan_id: UUID, held: dict[Place, UUID], wanted: dict[Place, str]
) -> None:
    ids = {place: held.get(place) or uuid7() for place in wanted}
    for table, places in (
        (Mission, [place for place in wanted if not place[1]]),
        (Goal, [place for place in wanted if place[1]]),
    ):
        _change(session, table, {ids[place]: wanted[place] for place in places if place in held})
        rows = [
            {
                "tenant_id": tenant_of(session),
                "id": ids[place],
                "text": wanted[place],
                "version": 1,
                **_parent(plan_id, ids, place),
            }
            for place in places
            if place not in held
        ]
        if rows:
            session.execute(insert(table), rows)


def _parent(plan_id: UUID, ids: dict[Place, UUID], place: Place) -> dict[str, object]:
    mission, goal = place
    if goal:
        return {"mission_id": ids[mission, 0], "ordinal": goal}
    return {"masterplan_id": plan_id, "ordinal": mission}


def _change(session: Session, table: type[Mission | Goal], texts: dict[UUID, str]) -> None:
    tenant_id = tenant_of(session)
    for row_id, text in texts.items():
        mine = (table.tenant_id == tenant_id) & (table.id == row_id) & (table.text != text)
        session.execute(update(table).where(mine).values(text=text, version=table.version + 1))
