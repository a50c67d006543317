"""The lists that cells choose from: what a city and its guide edition know."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.scope import tenant_of
from tenants.cities.editions import edition_of, pillars_of
from tenants.cities.models import Unit
from tenants.editions.queries import sub_dimensions_of
from tenants.exports.labels import LABELS
from tenants.masterplan.models import Goal, Mission
from tenants.workbooks.kinds import Choice, OneOf, folded_word

GOAL_LENGTH = 120


def units(session: Session) -> OneOf:
    """Return the city's units by their short names; those that have ended are not offered."""
    mine = select(Unit).where(Unit.tenant_id == tenant_of(session))
    found = session.scalars(mine.order_by(Unit.short_name, Unit.id)).all()
    return OneOf(
        _named_once(
            Choice(unit.id, _called(unit), (unit.name,), offered=unit.valid_to is None)
            for unit in found
        )
    )


def _called(unit: Unit) -> tuple[str, str]:
    """A unit's short name; with its last day once it has ended, since another may have the name."""
    name, ended = unit.short_name, unit.valid_to
    if ended is None:
        return name, name
    return f"{name} (s.d. {ended})", f"{name} (until {ended})"


def pillars(session: Session, participation_id: UUID) -> OneOf:
    """Return the pillars of the participation's edition by their names."""
    found = pillars_of(session, participation_id).values()
    entries = (Choice(each.id, (each.name, each.name_en), (each.code,)) for each in found)
    return OneOf(tuple(entries), required=True)


def parts(session: Session, participation_id: UUID) -> tuple[str, ...]:
    """Return the names of the edition's sub-dimensions, pillar by pillar."""
    edition = edition_of(session, participation_id)
    return tuple(part.name for part in sub_dimensions_of(session, edition.id).values())


def goals(session: Session, masterplan_id: UUID) -> OneOf:
    """Return the plan's goals by number and text: `1.2 Layanan daring`."""
    tenant_id = tenant_of(session)
    mine = (
        select(Mission.ordinal, Goal.ordinal, Goal.id, Goal.text)
        .join(Goal, (Goal.tenant_id == Mission.tenant_id) & (Goal.mission_id == Mission.id))
        .where(Mission.tenant_id == tenant_id, Goal.tenant_id == tenant_id)
        .where(Mission.masterplan_id == masterplan_id)
        .order_by(Mission.ordinal, Goal.ordinal)
    )
    return OneOf(tuple(_goal(*row) for row in session.execute(mine)))


def values(kind: type[StrEnum]) -> OneOf:
    """Return an enum's values by their words."""
    entries = (Choice(each, LABELS[kind][each], (each.name, each.value)) for each in kind)
    return OneOf(tuple(entries), required=True)


def _goal(mission: int, goal: int, goal_id: UUID, text: str) -> Choice:
    number, line = f"{mission}.{goal}", " ".join(text.split())
    words = f"{number} {line[:GOAL_LENGTH]}"
    return Choice(goal_id, (words, words), (number,))


def _named_once(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Leave out full names that are not one unit's alone: only short names tell those apart."""
    listed = list(choices)
    names = [folded_word(name) for choice in listed for name in choice.others]
    shorts = {folded_word(choice.words[0]) for choice in listed}
    return tuple(
        Choice(
            choice.value,
            choice.words,
            tuple(
                name
                for name in choice.others
                if names.count(folded_word(name)) == 1 and folded_word(name) not in shorts
            ),
            choice.offered,
        )
        for choice in listed
    )
