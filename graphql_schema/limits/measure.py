"""What a selection weighs: its depth, its cost, and how often its keys repeat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from graphql_schema.limits.shapes import Shape, Yield


@dataclass
class Key:
    """One response key of a selection: how many fields have it, and what lies below them."""

    count: int = 0
    repeats: int = 0


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
    keys: dict[str, Key] = field(default_factory=dict)
    spreads: dict[str, None] = field(default_factory=dict)

    def add(self, response_key: str, inner: Measure) -> None:
        """Add a field whose selection is `inner`, whatever it costs."""
        self.depth = max(self.depth, 1 + inner.depth)
        key = self.keys.setdefault(response_key, Key())
        key.count += 1
        key.repeats += inner.repeats

    def charge(self, shape: Shape | None, inner: Measure, size: int) -> None:
        """Add a field's cost: 1 for each object and count, times the lists that hold it.

        A field that the schema does not have counts as an object; validation will refuse it.
        """
        match shape.yields if shape else Yield.OBJECT:
            case Yield.VALUE:
                self.cost += inner.cost
            case Yield.COUNT:
                self.cost += 1
            case Yield.OBJECT:
                self.cost += 1 + inner.cost + inner.row_cost
            case Yield.LIST:
                self.cost += size * (1 + inner.cost)
            case Yield.PAGE:
                self.cost += 1 + inner.cost + size * inner.row_cost
            case Yield.ROWS:
                self.row_cost += 1 + inner.cost


def whole(parts: Iterable[Own]) -> Measure:
    """Join a selection and the fragments that it reaches, each of them once.

    Fields of one key are merged into one by the executor, so what repeats below them adds up: five
    times five fields are twenty-five of one key, and validation compares them two by two.
    """
    depth = cost = row_cost = circles = 0
    keys: dict[str, Key] = {}
    for part in parts:
        depth, circles = max(depth, part.depth), max(circles, part.circles)
        cost, row_cost = cost + part.cost, row_cost + part.row_cost
        for name, key in part.keys.items():
            known = keys.setdefault(name, Key())
            known.count += key.count
            known.repeats += key.repeats
    busiest = max(keys, key=lambda name: max(keys[name].count, keys[name].repeats), default="")
    top = keys.get(busiest, Key())
    fields = sum(key.count for key in keys.values())
    return Measure(depth, cost, row_cost, circles, max(top.count, top.repeats), fields, busiest)
