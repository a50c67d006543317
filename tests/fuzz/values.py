"""Random values of input types."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_nullable_type,
    is_required_input_field,
)

from tests.fuzz import contents
from tests.fuzz.pool import Name, Pool, Value

PREFIXES = {
    "unitId": "unt", "leadUnitId": "unt", "dimensionId": "dim", "participationId": "par",
    "cohortId": "coh", "masterplanId": "mpl",
}  # fmt: skip
COMBINATORS = ("and", "or", "not")
DEEPEST = 2
"""Levels of `and`, `or` and `not` in one another."""


@dataclass(frozen=True)
class Values:
    """Makes values that validation accepts; `odd` is the share of those that a rule refuses."""

    random: Random
    pool: Pool
    odd: float

    def chance(self, share: float) -> bool:
        """Whether something happens that happens in this share of cases."""
        return self.random.random() < share

    def value(self, kind: GraphQLInputType, about: str = "", level: int = 0) -> Value:
        """A value of the type; `about` names the column that it is compared with."""
        if isinstance(kind, GraphQLNonNull):
            return self._some(get_nullable_type(kind), about, level)
        return None if self.chance(0.04) else self._some(kind, about, level)

    def _some(self, kind: Any, about: str, level: int) -> Value:
        match kind:
            case GraphQLList():
                count = self.random.choice((0, 1, 1, 2, 3))
                return [self.value(kind.of_type, about, level) for _ in range(count)]
            case GraphQLEnumType():
                return Name(self.random.choice(sorted(kind.values)))
            case GraphQLInputObjectType():
                return self._object(kind, about, level)
        return self._scalar(kind.name, about)

    def _object(self, kind: GraphQLInputObjectType, about: str, level: int) -> Value:
        if kind.is_one_of:
            name = self.random.choice(sorted(kind.fields))
            return {name: self._some(get_nullable_type(kind.fields[name].type), name, level)}
        if kind.name.endswith("Order"):
            return self._step(kind)
        operators = "isNull" in kind.fields
        wanted = self.random.choice((0, 1, 1, 1, 2) if operators else (0, 1, 1, 2, 3))
        names = [name for name in kind.fields if level < DEEPEST or name not in COMBINATORS]
        chosen = self.random.sample(names, min(wanted, len(names)))
        made = {}
        for name in chosen:
            inner = level + (name in COMBINATORS)
            whole = self.value(kind.fields[name].type, about if operators else name, inner)
            if whole is None and operators and not self.chance(self.odd * 5):
                continue  # null has no meaning inside an operator
            made[name] = whole
        return made

    def _step(self, kind: GraphQLInputObjectType) -> Value:
        return {
            name: self.value(field.type)
            for name, field in kind.fields.items()
            if is_required_input_field(field) or self.chance(0.6)
        }

    def _scalar(self, name: str, about: str) -> Value:
        random = self.random
        match name:
            case "Int":
                return random.choice((0, 1, 17, 2022, -1, 2147483647, -2147483648))
            case "Boolean":
                return random.choice((True, False))
            case "ID":
                return self.pool.id(random, PREFIXES.get(about))
            case "Decimal":
                return random.choice(("0", "1.10", "1500000.00", "-3.5", "9" * 30 + ".0000000001"))
            case "Date":
                return random.choice(contents.DAYS).isoformat()
            case "DateTime":
                return self._instant()
            case "Slug":
                return random.choice([*self.pool.slugs, "kota-tiada"])
            case "RegionCode":
                return random.choice([*self.pool.codes, "11.01"])
        return self._text()

    def _instant(self) -> str:
        text = self.random.choice(contents.INSTANTS[:7]).isoformat()
        if self.chance(self.odd):
            return self.random.choice(("9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"))
        return self.random.choice((text, text.replace("+00:00", "Z"), f"{text[:-6]}+07:00"))

    def _text(self) -> str:
        if self.chance(self.odd):
            return self.random.choice(("panjang" * 40, "a\u0000b", "a\u0001", "dua\nbaris"))
        text = self.random.choice(contents.NAMES)
        text = re.sub(r"[\u0000-\u001f\u007f-\u009f\u2028\u2029]", "", text)
        begin = self.random.randrange(len(text) + 1)
        return text if self.chance(0.4) else text[begin : begin + 3]
