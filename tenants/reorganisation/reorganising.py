"""One step for every reorganisation: units end, others take over, and people are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from uuid import UUID

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, Invalid, NotFound, StaleVersion
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import lock_all, refuse_stale
from kotacerdas.scope import tenant_of
from kotacerdas.values import NAME_LENGTH, refusals, refuse, text_value
from tenants.cities.dates import future_date
from tenants.cities.models import Unit
from tenants.cities.queries import city_of
from tenants.cities.units import UnitEnded, refuse_ended, store_unit, unit_texts
from tenants.reorganisation.asking import Reorganisation, Successor, asking_faults
from tenants.reorganisation.models import UnitSuccession
from tenants.reorganisation.moving import give
from tenants.reorganisation.open_work import PEOPLE, OpenWork, Row, WorkKind, open_rows
from tenants.reorganisation.telling import people_of, tell_all
from tenants.reorganisation.words import counted


class UnitHasOpenWork(DomainError):
    """A unit ends without a successor while work of its is open."""

    code = "UNIT_HAS_OPEN_WORK"
    id = "{unit} masih punya {work_id}. Gabungkan dengan perangkat daerah lain yang meneruskannya."
    en = "{unit} still has {work_en}. Merge it into a unit that carries this on."


def reorganise(
    session: Session, asked: Reorganisation, *, idempotency_key: str | None = None
) -> UUID:
    """End units and let others take over; returns the id of the first that ended.

    Open innovations, programmes, sections, follow-ups, roles and invitations move to the first
    successor, or to the one that a choice names. What is closed, frozen or published keeps the old
    unit and its name. Raises all faults of what is asked, or UnitHasOpenWork.
    """
    require(session, Permission.UNIT_MANAGE)
    request = {"do": "unit.reorganise", "asked": asdict(asked)}
    return once(session, idempotency_key, request, lambda: _reorganise(session, asked))


def _reorganise(session: Session, asked: Reorganisation) -> UUID:
    refuse(list(asking_faults(asked)))
    there = [each.unit_id for each in asked.successors if each.unit_id is not None]
    lock_all(session, Unit, [*(each.unit_id for each in asked.units), *there])
    found: list[DomainError] = future_date(city_of(session), asked.on, path=("on",))
    ending = list(_ending(session, asked, found))
    texts = [_texts(each, place, found) for place, each in enumerate(asked.successors)]
    found += _ended_successors(session, asked)
    basis = text_value(asked.basis, path=("basis",), maximum=NAME_LENGTH, lines=False)
    refuse(found)
    work = list(open_rows(session, [unit.id for unit in ending]))
    refuse([*_stray_choices(asked, work), *(_left_over(ending, work, asked))])
    people = people_of(session, ending)
    for unit in ending:
        unit.valid_to = asked.on
    session.flush()  # a new unit may take over the short name of one that ended
    taking = [
        each.unit_id or _new(session, asked, ending[0], each, names, place)
        for place, (each, names) in enumerate(zip(asked.successors, texts, strict=True))
    ]
    moved = _move(session, asked, work, taking)
    for unit in ending:
        _record(session, asked, unit, taking, basis, moved[unit.id])
    tell_all(session, asked, ending, taking, people)
    session.flush()  # the caller reads the units' new versions
    return ending[0].id


def _ending(session: Session, asked: Reorganisation, found: list[DomainError]) -> Iterator[Unit]:
    for place, each in enumerate(asked.units):
        path = ("units", str(place))
        unit = session.get(Unit, (tenant_of(session), each.unit_id))
        if unit is None:
            found.append(NotFound(path=(*path, "id")))
            continue
        try:
            refuse_stale(unit, each.expected_version)
            refuse_ended(unit, path=(*path, "id"))
        except StaleVersion as stale:
            stale.path = (*path, *stale.path)
            found.append(stale)
        except DomainError as error:
            found.append(error)
        if unit.valid_from is not None and asked.on <= unit.valid_from:
            found.append(
                Invalid(
                    "on",
                    f"{unit.name} baru mulai {unit.valid_from}. Pilih hari sesudahnya.",
                    f"{unit.name} began on {unit.valid_from} only. Choose a later day.",
                )
            )
        yield unit


def _texts(each: Successor, place: int, found: list[DomainError]) -> dict[str, str]:
    """Clean names of a new unit; none of one that is there."""
    if each.unit_id is not None:
        return {}
    names: dict[str, str] = {}
    errors = refusals(lambda: names.update(unit_texts(each.name, each.short_name)))
    for error in errors:
        error.path = ("successors", str(place), *error.path)
    found += errors
    return names


def _ended_successors(session: Session, asked: Reorganisation) -> Iterator[DomainError]:
    for place, each in enumerate(asked.successors):
        if each.unit_id is None:
            continue
        path = ("successors", str(place), "id")
        unit = session.get(Unit, (tenant_of(session), each.unit_id))
        if unit is None:
            yield NotFound(path=path)
        elif unit.valid_to is not None:
            yield UnitEnded(path=path, name=unit.name, valid_to=unit.valid_to)


def _stray_choices(
    asked: Reorganisation, work: list[tuple[OpenWork, Row]]
) -> Iterator[DomainError]:
    known = {item.id for item, _ in work}
    for place, choice in enumerate(asked.choices):
        if choice.subject_id not in known:
            yield NotFound(path=("choices", str(place), "id"))


def _left_over(
    ending: list[Unit], work: list[tuple[OpenWork, Row]], asked: Reorganisation
) -> Iterator[DomainError]:
    if asked.successors:
        return
    for place, unit in enumerate(ending):
        mine = Counter(
            item.kind for item, _ in work if item.unit_id == unit.id and item.kind not in PEOPLE
        )
        if mine:
            work_id, work_en = counted(mine)
            path = ("units", str(place), "id")
            yield UnitHasOpenWork(path=path, unit=unit.name, work_id=work_id, work_en=work_en)


def _new(
    session: Session,
    asked: Reorganisation,
    former: Unit,
    each: Successor,
    names: dict[str, str],
    place: int,
) -> UUID:
    kind = each.kind or former.kind
    path = ("successors", str(place), "shortName")
    return store_unit(session, names, kind, asked.on, path=path).id


def _move(
    session: Session,
    asked: Reorganisation,
    work: list[tuple[OpenWork, Row]],
    taking: list[UUID],
) -> dict[UUID, Counter[WorkKind]]:
    """Move the work and count it by the unit that had it."""
    chosen = {choice.subject_id: taking[choice.successor] for choice in asked.choices}
    usual = taking[0] if taking else None
    give(session, work, lambda item: chosen.get(item.id, usual))
    moved = {each.unit_id: Counter[WorkKind]() for each in asked.units}
    for item, _ in work:
        moved[item.unit_id][item.kind] += 1
    return moved


def _record(
    session: Session,
    asked: Reorganisation,
    unit: Unit,
    taking: list[UUID],
    basis: str,
    moved: Counter[WorkKind],
) -> None:
    unit.replaced_by = taking[0] if taking else None
    followed: Sequence[UUID | None] = taking or [None]
    for successor_id in followed:
        session.add(
            UnitSuccession(
                tenant_id=unit.tenant_id,
                id=uuid7(),
                unit_id=unit.id,
                successor_id=successor_id,
                kind=asked.kind,
                occurred_on=asked.on,
                basis=basis,
            )
        )
    after = {
        "kind": asked.kind,
        "valid_to": asked.on,
        "successors": taking,
        "basis": basis,
        "moved": {kind.value: count for kind, count in moved.items()},
    }
    audit.record(session, "unit.reorganise", "unit", unit.id, after=after)
