"""Writing values into a document: as literals, as variables, and as objects that hold variables."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_nullable_type,
)

from tests.fuzz.pool import Name, Value
from tests.fuzz.values import Values


@dataclass
class Placing:
    """Notes the variables of one operation: their definitions and the values sent for them."""

    values: Values
    share: float
    definitions: dict[str, str] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)

    def place(self, value: Value, kind: GraphQLInputType, *, one_of: bool = False) -> str:
        """Return the text that stands for a value where the document expects the type."""
        if self.values.chance(self.share):
            return self._variable(value, kind, one_of=one_of)
        return self._composed(value, kind)

    def _composed(self, value: Value, kind: GraphQLInputType) -> str:
        """A literal that may hold variables."""
        inner: Any = get_nullable_type(kind)
        if isinstance(value, list) and isinstance(inner, GraphQLList):
            if len(value) == 1 and value[0] is not None and self.values.chance(0.2):
                return self._composed(value[0], inner.of_type)  # one stands for a list of one
            return f"[{', '.join(self.place(each, inner.of_type) for each in value)}]"
        if isinstance(value, dict) and isinstance(inner, GraphQLInputObjectType):
            return self._object(value, inner)
        return self._literal(value)

    def absent(self, kind: GraphQLInputType) -> str:
        """Return a variable that nothing is sent for, as if the argument were not there."""
        name = self._name()
        self.definitions[name] = str(get_nullable_type(kind))
        return f"${name}"

    def condition(self) -> str:
        """Return a truth value for @skip and @include; its few variables are shared."""
        if self.values.chance(0.4):
            return self.values.random.choice(("true", "false"))
        name = self.values.random.choice(("yes", "no", "perhaps"))
        if name not in self.definitions:
            default = self.values.chance(0.3)
            self.definitions[name] = "Boolean = true" if default else "Boolean!"
            if not default or self.values.chance(0.5):
                self.sent[name] = self.values.chance(0.5)
        return f"${name}"

    def _object(self, value: dict[str, Value], kind: GraphQLInputObjectType) -> str:
        parts = []
        for name, each in value.items():
            parts.append(
                f"{name}: {self.place(each, kind.fields[name].type, one_of=kind.is_one_of)}"
            )
        left = [name for name in kind.fields if name not in value and not kind.is_one_of]
        if left and self.values.chance(self.share * 0.2):
            name = self.values.random.choice(left)
            if not isinstance(kind.fields[name].type, GraphQLNonNull):
                parts.append(f"{name}: {self.absent(kind.fields[name].type)}")
        return f"{{{', '.join(parts)}}}"

    def _variable(self, value: Value, kind: GraphQLInputType, *, one_of: bool) -> str:
        name, chance = self._name(), self.values.chance
        nullable = get_nullable_type(kind)
        strict = isinstance(kind, GraphQLNonNull) or one_of
        if value is not None and not one_of and chance(0.3):
            self.definitions[name] = f"{nullable} = {self._literal(value)}"
            if chance(0.3):  # null instead of the default is refused where a value must be
                self.sent[name] = None if chance(self.values.odd) else value
            return f"${name}"
        exact = strict or (value is not None and chance(0.4))
        self.definitions[name] = f"{nullable}!" if exact else str(nullable)
        self.sent[name] = self._json(value)
        return f"${name}"

    def _json(self, value: Value) -> Value:
        """GraphQL takes 5.0 for 5 in variables, and one value for a list of one."""
        if type(value) is int and abs(value) < 1000 and self.values.chance(0.1):
            return float(value)
        if isinstance(value, list) and len(value) == 1 and self.values.chance(0.1):
            return value[0]
        return value

    def _name(self) -> str:
        return f"v{len(self.definitions)}"

    def _literal(self, value: Value) -> str:
        match value:
            case Name():
                return str(value)
            case list():
                return f"[{', '.join(self._literal(each) for each in value)}]"
            case dict():
                parts = (f"{name}: {self._literal(each)}" for name, each in value.items())
                return f"{{{', '.join(parts)}}}"
            case str() if value.isalnum() and value.isascii() and self.values.chance(0.1):
                return f'"""{value}"""'
            case str():
                return json.dumps(value, ensure_ascii=self.values.chance(0.3))
        return json.dumps(value)
