"""What is asked of a reorganisation, and what makes it unfit; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kotacerdas.errors import DomainError, Invalid
from tenants.cities.models import UnitKind
from tenants.reorganisation.models import ReorganisationKind as Kind


@dataclass(frozen=True)
class Ending:
    """A unit that ends, as whoever asks saw it."""

    unit_id: UUID
    expected_version: int


@dataclass(frozen=True)
class Successor:
    """A unit that takes over: one that is there, or a new one by its names.

    A new one is of the same kind as the first that ends unless it is given.
    """

    unit_id: UUID | None = None
    name: str = ""
    short_name: str = ""
    kind: UnitKind | None = None


@dataclass(frozen=True)
class Choice:
    """Which successor, by its place from 0, takes over something of the open work."""

    subject_id: UUID
    successor: int


@dataclass(frozen=True)
class Reorganisation:
    """Which units end on a day, and which take over; the first takes what no choice names."""

    kind: Kind
    units: tuple[Ending, ...]
    on: date
    successors: tuple[Successor, ...] = ()
    basis: str = ""
    choices: tuple[Choice, ...] = ()


class ReorganisationUnfit(DomainError):
    """The numbers of units do not fit the kind of reorganisation."""

    code = "REORGANISATION_UNFIT"
    id = "{rule_id}. Perbaiki daftar perangkat daerahnya."
    en = "{rule_en}. Correct the lists of units."


RULES = {
    Kind.RENAME: (
        "Ganti nama: satu perangkat daerah berakhir dan satu yang baru menggantikannya",
        "A rename ends one unit and makes one new unit",
    ),
    Kind.MERGE: (
        "Penggabungan: beberapa perangkat daerah menjadi satu, atau satu masuk ke yang sudah ada",
        "A merger makes one unit of several, or puts one into a unit that is there",
    ),
    Kind.SPLIT: (
        "Pemecahan: satu perangkat daerah menjadi dua atau lebih",
        "A split makes two units or more of one",
    ),
    Kind.END: (
        "Penghapusan: paling sedikit satu perangkat daerah berakhir, tanpa penerus",
        "An end needs one unit at least, and no successor",
    ),
}


def asking_faults(asked: Reorganisation) -> Iterator[DomainError]:
    """Yield what is wrong with the lists themselves."""
    if not _fits(asked):
        rule_id, rule_en = RULES[asked.kind]
        yield ReorganisationUnfit(path=("kind",), rule_id=rule_id, rule_en=rule_en)
    ending = [each.unit_id for each in asked.units]
    taking = [each.unit_id for each in asked.successors]
    for place, unit_id in enumerate(ending):
        if unit_id in ending[:place]:
            yield _twice(("units", str(place), "id"))
    for place, successor_id in enumerate(taking):
        if successor_id is not None and successor_id in [*ending, *taking[:place]]:
            yield _twice(("successors", str(place), "id"))
    for place, choice in enumerate(asked.choices):
        if not 0 <= choice.successor < len(asked.successors):
            yield Invalid(
                "successor",
                "tidak ada penerus dengan nomor itu. Pakai urutannya, mulai dari 0.",
                "there is no successor of that number. Use its place, from 0.",
                path=("choices", str(place), "successor"),
            )


def _fits(asked: Reorganisation) -> bool:
    ended, taking = len(asked.units), len(asked.successors)
    match asked.kind:
        case Kind.RENAME:
            return ended == taking == 1 and asked.successors[0].unit_id is None
        case Kind.MERGE:
            return taking == 1 and (ended > 1 or (ended == 1 and _is_there(asked.successors[0])))
        case Kind.SPLIT:
            return ended == 1 and taking > 1
        case Kind.END:
            return ended > 0 and taking == 0


def _is_there(successor: Successor) -> bool:
    return successor.unit_id is not None


def _twice(path: tuple[str, ...]) -> Invalid:
    return Invalid(
        path[-1],
        "perangkat daerah ini tercantum dua kali. Sisakan satu.",
        "this unit is listed twice. Keep it once.",
        path=path,
    )
