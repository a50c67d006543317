"""The sustainable development goals, out of the reference file."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ARRAY, FromClause, Integer, Select, Text, any_, column, select, values

from graphql_schema.reader import declaration
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import reads
from tenants.editions.models import GuideEdition
from tenants.masterplan.sdgs import GOALS

NAMED = values(
    column("number", Integer),
    column("name", Text),
    column("name_en", Text),
    column("targets", ARRAY(Text)),
    name="sdg_goal",
).data([(goal.number, goal.name, goal.name_en, list(goal.targets)) for goal in GOALS.values()])


@reads(GuideEdition, description="One of the 17 sustainable development goals (TPB).")
class SdgGoal:
    """One of the 17 sustainable development goals (TPB)."""

    number: int = declaration.column("number", "Its number, 1 to 17.")
    name: str = declaration.column("name", "Name in Indonesian.")
    name_en: str = declaration.column("name_en", "Name in English.")
    targets: list[str] = declaration.column("targets", "Codes of its targets, e.g. 11.2 and 11.a.")


def every_goal(_asking: Asking) -> Select[Any]:
    """All goals."""
    return select(NAMED)


def goals_of(programme: FromClause, _asking: Asking) -> Select[Any]:
    """The goals that a programme serves."""
    return select(NAMED).where(NAMED.c.number == any_(programme.c.sdgs)).order_by(NAMED.c.number)
