"""Arguments of a field: pages, filters, orders, cursors and ids."""

from __future__ import annotations

from dataclasses import dataclass

from graphql import GraphQLField

from tests.fuzz.placing import Placing
from tests.fuzz.pool import Value
from tests.fuzz.values import Values

MOST_NODES = 100


@dataclass(frozen=True)
class Arguments:
    """Chooses arguments and writes them."""

    values: Values
    placing: Placing

    def choose(self, name: str, field: GraphQLField, width: int) -> dict[str, Value]:
        """Return arguments by name; `width` is how many parents the field has, about."""
        if {"first", "filter", "orderBy"} <= field.args.keys():
            return self._page(field, width)
        match name:
            case "node":
                return {"id": self.values.pool.id(self.values.random)}
            case "nodes":
                return {"ids": self._ids()}
        return {
            name: self.values.value(argument.type, name)
            for name, argument in field.args.items()
            if argument.type
        }

    def write(self, field: GraphQLField, chosen: dict[str, Value]) -> str:
        """Return the arguments in parentheses, in any order, or nothing."""
        parts = [
            f"{name}: {self.placing.place(value, field.args[name].type)}"
            for name, value in chosen.items()
        ]
        left = [name for name in ("filter", "orderBy", "first") if name not in chosen]
        if left and left[0] in field.args and self.values.chance(0.04):
            name = self.values.random.choice(left)
            parts.append(f"{name}: {self.placing.absent(field.args[name].type)}")
        self.values.random.shuffle(parts)
        return f"({', '.join(parts)})" if parts else ""

    def _ids(self) -> list[Value]:
        random = self.values.random
        if self.values.chance(self.values.odd):
            return ["dim_c1"] * (MOST_NODES + 1)
        prefix = random.choice([None, None, *sorted(self.values.pool.ids)])
        found = [self.values.pool.id(random, prefix) for _ in range(random.choice((0, 1, 2, 4, 7)))]
        return found + found[:1] if self.values.chance(0.2) else found

    def _page(self, field: GraphQLField, width: int) -> dict[str, Value]:
        chance, chosen = self.values.chance, {}
        known = self.values.pool.cursor(self.values.random, str(field.args["filter"].type))
        cursor = None
        if known is not None and chance(0.35):
            call, cursor = known
            chosen = {
                name: call.arguments[name]
                for name in ("filter", "orderBy")
                if name in call.arguments
            }
        else:
            for name, share in (("filter", 0.25), ("orderBy", 0.35)):
                if chance(share):
                    chosen[name] = self.values.value(field.args[name].type)
        backward = chance(0.4)
        size, place = ("last", "before") if backward else ("first", "after")
        if backward or width > 1 or chance(0.8):
            chosen[size] = self._size(width)
        if cursor is not None:
            chosen[place] = cursor
        if chance(self.values.odd):
            chosen |= self._odd(place)
        return chosen

    def _size(self, width: int) -> Value:
        few = (1, 2, 2, 3)
        return self.values.random.choice((*few, 5, 20, 100, None) if width == 1 else few)

    def _odd(self, place: str) -> dict[str, Value]:
        random = self.values.random
        return random.choice(
            (
                {"first": 0},
                {"last": 101},
                {"first": -1},
                {"first": 101},
                {"first": 2, "last": 2},
                {"last": None, "first": None},
                {place: self.values.pool.stray_cursor(random)},
                {"before": self.values.pool.stray_cursor(random)},
                {"after": None},
            )
        )
