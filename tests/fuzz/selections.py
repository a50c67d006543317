"""Random selections: fields, aliases, merged duplicates, fragments, directives."""

from __future__ import annotations

from dataclasses import dataclass, field

from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
)

from tests.fuzz.arguments import Arguments
from tests.fuzz.pool import Call, Value
from tests.fuzz.values import Values

Kind = GraphQLObjectType | GraphQLInterfaceType
OFTEN = {
    "city": 6, "national": 4, "viewer": 3, "node": 4, "nodes": 5, "edges": 4, "publications": 3,
    "pageInfo": 1, "totalCount": 1, "cohorts": 1, "regions": 2, "region": 4, "longitude": 6,
    "latitude": 6, "search": 1,
}  # fmt: skip
"""How often a field is chosen; 5 for a connection below the root, 2 for all others.

A search is answered by graphql-core alone: there is nothing to compare.
"""
WIDE = 40
"""From so many parents on, only leaves are selected."""
PAGE_ROWS = 3
"""How many rows a list or page is thought to have; the limits refuse what is too much."""


@dataclass
class Fragment:
    """A named fragment and how deep its selection is."""

    name: str
    kind: str
    text: str
    depth: int


@dataclass
class Selections:
    """Makes the selections of one document and notes what its response keys stand for."""

    schema: GraphQLSchema
    values: Values
    arguments: Arguments
    fragments: list[Fragment] = field(default_factory=list)
    calls: dict[str, Call] = field(default_factory=dict)
    likely: list[str] = field(default_factory=list)
    _keys: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _texts: dict[tuple[str, str, bool], str] = field(default_factory=dict)
    _open: int = 0

    def selection(self, kind: Kind, depth: int, width: int = 1, most: int = 6) -> str:
        """Return a selection set of at most `depth` levels on a type."""
        used: set[str] = set()
        many = width == 1 and self.values.chance(0.02)
        count = 40 if many else self.values.random.randint(1, most)
        parts = [self._part(kind, depth, width, used) for _ in range(count)]
        return f"{{ {' '.join(parts)} }}"

    def _part(self, kind: Kind, depth: int, width: int, used: set[str]) -> str:
        if isinstance(kind, GraphQLInterfaceType) and self.values.chance(0.7):
            return self._narrowed(kind, depth, width)
        roll = self.values.random.random()
        if roll < 0.06:
            return f"...{self._on(kind)}{self._directive()} {self.selection(kind, depth, width, 3)}"
        if roll < 0.13 and self._open < 3:
            return f"...{self._spread(kind, depth, width)}{self._directive()}"
        if roll < 0.16 and isinstance(kind, GraphQLObjectType) and kind.interfaces:
            return self._widened(kind, depth, width)
        if roll < 0.22:
            return self._typename()
        return self._field(kind, depth, width, used)

    def _on(self, kind: Kind) -> str:
        return f" on {kind.name}" if self.values.chance(0.6) else ""

    def _narrowed(self, kind: GraphQLInterfaceType, depth: int, width: int) -> str:
        """A fragment on one of an interface's types, mostly with keys of that type alone."""
        possible = sorted(each.name for each in self.schema.get_possible_types(kind))
        likely = self.likely if self.likely and self.values.chance(0.8) else possible
        inner = self.schema.type_map[self.values.random.choice(likely)]
        assert isinstance(inner, GraphQLObjectType)
        text = self.selection(inner, depth, width, 4)
        return f"... on {inner.name}{self._directive()} {text}"

    def _widened(self, kind: GraphQLObjectType, depth: int, width: int) -> str:
        """A fragment on an interface of the type, which narrows again or not."""
        wider = kind.interfaces[0]
        inner = "__typename"
        if self.values.chance(0.6):
            inner = f"... on {kind.name} {self.selection(kind, depth, width, 2)}"
        return f"... on {wider.name} {{ id {inner} }}"

    def _spread(self, kind: Kind, depth: int, width: int) -> str:
        names = {kind.name} | {each.name for each in kind.interfaces}
        known = [each for each in self.fragments if each.kind in names and each.depth <= depth]
        if known and self.values.chance(0.5):
            return self.values.random.choice(known).name
        self._open += 1
        deep = self.values.random.randint(0, depth)
        text = self.selection(kind, deep, width, 4)
        self._open -= 1
        made = Fragment(f"F{len(self.fragments)}", kind.name, text, deep)
        self.fragments.append(made)
        return made.name

    def _typename(self) -> str:
        alias = self.values.random.choice(("", "", "t: ", "kindOf: "))
        return f"{alias}__typename{self._directive()}"

    def _field(self, kind: Kind, depth: int, width: int, used: set[str]) -> str:
        leaves = [n for n, each in kind.fields.items() if is_leaf_type(get_named_type(each.type))]
        inner = [name for name in kind.fields if name not in leaves]
        deep = inner and depth > 0 and width < WIDE
        names = inner if deep and (not leaves or self.values.chance(0.5)) else leaves
        if not names:
            return "__typename"
        fresh = [name for name in names if name not in used] or names
        often = [name for name in fresh for _ in range(self._often(kind, name))]
        name = self.values.random.choice(names if self.values.chance(0.15) else often)
        used.add(name)
        return self._called(kind, name, depth, width)

    def _often(self, kind: Kind, name: str) -> int:
        below = kind is not self.schema.query_type
        paged = below and get_named_type(kind.fields[name].type).name.endswith("Connection")
        return 5 if paged else OFTEN.get(name, 2)

    def _called(self, kind: Kind, name: str, depth: int, width: int) -> str:
        declared = kind.fields[name]
        target = get_named_type(declared.type)
        key = self._key(kind, name, width)
        text = f"{key}{self._directive()}"
        if is_leaf_type(target):
            return text
        several = is_list_type(get_nullable_type(declared.type)) or name in ("nodes", "edges")
        rows = width * PAGE_ROWS if several and name != "edges" else width
        paged = target.name.endswith(("Connection", "Edge")) or target.name == "PageInfo"
        below = depth if paged else depth - 1
        return f"{text} {self.selection(target, below, rows, 4)}"

    def _key(self, kind: Kind, name: str, width: int) -> str:
        """Return `alias: field(arguments)`; equal calls have equal keys, so that they merge."""
        declared = kind.fields[name]
        target = get_named_type(declared.type).name
        plain = (target, name, bool(declared.args))
        if declared.args:
            if plain in self._texts and self.values.chance(0.3):
                return f"{name}{self._texts[plain]}"  # as before, so that the two merge
            chosen = self.arguments.choose(name, declared, width)
            written = self.arguments.write(declared, chosen)
            self._note_types(chosen)
        else:
            chosen, written = {}, ""
        filtered = declared.args.get("filter")
        call = Call(name, target, chosen, str(filtered.type) if filtered else "")
        aliased = self.values.chance(0.2) or self._texts.setdefault(plain, written) != written
        if not aliased:
            self.calls[name] = call
            return f"{name}{written}"
        if self.values.chance(0.05):
            alias = self.values.random.choice((*kind.fields, "__typename", "errors", "data"))
            return f"{alias}: {name}{written}"
        alias = self._keys.setdefault((str(declared.type), name, written), f"a{len(self._keys)}")
        self.calls[alias] = call
        return f"{alias}: {name}{written}"

    def _note_types(self, chosen: dict[str, Value]) -> None:
        """Remember which types the ids of `node` or `nodes` name."""
        asked = [chosen["id"]] if "id" in chosen else chosen.get("ids", [])
        names: dict[str, str] = self.schema.extensions["prefixes"]
        self.likely = [names[text[:3]] for text in asked if text[:3] in names]

    def _directive(self) -> str:
        if not self.values.chance(0.09):
            return ""
        names = self.values.random.choice((("skip",), ("include",), ("include", "skip")))
        given = self.arguments.placing.condition
        return "".join(f" @{name}(if: {given()})" for name in names)
