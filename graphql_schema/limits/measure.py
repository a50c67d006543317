"""What a selection weighs: its depth, its cost, and how often its keys repeat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from graphql_schema.limits.shapes import Shape


@dataclass
class Key:
    """One response key of a selection: how many fields have it, and what repeats below them."""

    count: int = 0
    repeats: int = 0
    crowd: int = 0

    def join(self, other: Key) -> None:
        """Add the fields of the same key in another selection."""
        self.count += other.count
        self.repeats += other.repeats
        self.crowd += other.crowd


@dataclass(frozen=True)
class Measure:
    """A selection with all its fragments."""

    depth: int = 0
    cost: int = 0
    row_cost: int = 0
    """Cost of what a page holds once for each of its rows; only its field knows how many."""
    circles: int = 0
    """How many lists of the schema's own description lie within one another."""
    repeats: int = 0
    """Fields of the most frequent key in one place on one type; the executor makes them one."""
    crowd: int = 0
    """The same on all types together; validation compares these two by two."""
    fields: int = 0
    busiest: str = ""


LEAF = Measure()


@dataclass
class Own:
    """A selection without the fragments that it spreads, which are only named."""

    depth: int = 0
    cost: int = 0
    row_cost: int = 0
    circles: int = 0
    keys: dict[tuple[str | None, str], Key] = field(default_factory=dict)
    """By type and response key."""
    spreads: dict[str, None] = field(default_factory=dict)

    def add(self, kind: str | None, response_key: str, inner: Measure) -> None:
        """Add a field of the type `kind` whose selection is `inner`, whatever it costs."""
        self.depth = max(self.depth, 1 + inner.depth)
        key = self.keys.setdefault((kind, response_key), Key())
        key.join(Key(1, inner.repeats, inner.crowd))

    def charge(self, shape: Shape, inner: Measure, size: int) -> None:
        """Add a field's cost: its weight and what it selects, times the entries it yields."""
        if shape.sized:  # only the field that opened the page knows how many
            self.row_cost += shape.weight + inner.cost + inner.row_cost
        elif shape.page:
            self.cost += shape.weight + inner.cost + size * inner.row_cost
        else:
            self.cost += size * (shape.weight + inner.cost + inner.row_cost)


def whole(parts: Iterable[Own]) -> Measure:
    """Join a selection and the fragments that it reaches, each of them once.

    Fields of one key are merged into one by the executor, so what repeats below them adds up: five
    times five fields are twenty-five of one key.
    """
    depth = cost = row_cost = circles = 0
    keys: dict[tuple[str | None, str], Key] = {}
    for part in parts:
        depth, circles = max(depth, part.depth), max(circles, part.circles)
        cost, row_cost = cost + part.cost, row_cost + part.row_cost
        for place, key in part.keys.items():
            keys.setdefault(place, Key()).join(key)
    names: dict[str, Key] = {}
    for (_, name), key in keys.items():
        names.setdefault(name, Key()).join(key)
    return Measure(
        depth,
        cost,
        row_cost,
        circles,
        repeats=max((max(key.count, key.repeats) for key in keys.values()), default=0),
        crowd=max((max(key.count, key.crowd) for key in names.values()), default=0),
        fields=sum(key.count for key in names.values()),
        busiest=max(names, key=lambda name: max(names[name].count, names[name].crowd), default=""),
    )
