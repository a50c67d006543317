"""Making a request smaller as long as what is wrong with it stays."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    VariableNode,
    parse,
    print_ast,
    type_from_ast,
)
from graphql.utilities import value_to_literal

from tests.fuzz.generator import Request

PARTS = (
    "definitions", "selection_set", "selections", "directives", "arguments", "fields", "values",
    "variable_definitions", "value",
)  # fmt: skip
MOST_TRIES = 600

Wrong = Callable[[Request], Awaitable[bool]]
Step = tuple[str, int | None]
Path = tuple[Step, ...]


async def shrunk(schema: GraphQLSchema, given: Request, wrong: Wrong) -> Request:
    """Return a request that is still wrong and of which no single part can be taken away."""
    tries, smaller = 0, True
    while smaller and tries < MOST_TRIES:
        smaller = False
        for candidate in _candidates(schema, given):
            tries += 1
            if tries > MOST_TRIES:
                break
            if await wrong(candidate):
                given, smaller = candidate, True
                break
    return given


def _candidates(schema: GraphQLSchema, given: Request) -> Iterator[Request]:
    tree = parse(given.text, no_location=True)
    for path, node in _walk(tree, ()):
        for instead in _instead(tree, path, node):
            if instead or path[-1][0] not in ("selections", "definitions") or _others(tree, path):
                yield from _tidy(_with(tree, path, instead), given)
        if isinstance(node, VariableNode) and path[-1][0] == "value":
            literal = _literal(schema, tree, given, node.name.value)
            if literal is not None:
                yield from _tidy(_with(tree, path, (literal,)), given)


def _instead(tree: DocumentNode, path: Path, node: Node) -> Iterator[tuple[Node, ...]]:
    """What may stand in a node's place: nothing, what it holds, or itself without an alias."""
    name, place = path[-1]
    if place is not None and name != "variable_definitions":
        yield ()
    match node:
        case InlineFragmentNode():
            yield tuple(node.selection_set.selections)
        case FragmentSpreadNode():
            yield (_opened(tree, node),)
        case FieldNode() if node.alias is not None:
            yield (dataclasses.replace(node, alias=None),)


def _with(node: Any, path: Path, instead: tuple[Node, ...]) -> Any:
    """The tree with other nodes in one place."""
    (name, place), *rest = path
    part = getattr(node, name)
    if place is None:
        return dataclasses.replace(
            node, **{name: _with(part, tuple(rest), instead) if rest else instead[0]}
        )
    new = (_with(part[place], tuple(rest), instead),) if rest else instead
    return dataclasses.replace(node, **{name: (*part[:place], *new, *part[place + 1 :])})


def _others(tree: Any, path: Path) -> bool:
    """Whether the place holds more than the one node."""
    for name, place in path[:-1]:
        part = getattr(tree, name)
        tree = part if place is None else part[place]
    return len(getattr(tree, path[-1][0])) > 1


def _tidy(tree: DocumentNode, given: Request) -> Iterator[Request]:
    """Without the fragments and variables that nothing uses any more."""
    used = {n.name.value for _, n in _walk(tree, ()) if isinstance(n, FragmentSpreadNode)}
    kept = [each for each in tree.definitions if not _idle(each, used)]
    if len(kept) < len(tree.definitions):
        yield from _tidy(dataclasses.replace(tree, definitions=tuple(kept)), given)
        return
    used = {n.name.value for _, n in _walk(tree, ()) if isinstance(n, VariableNode)}
    operations = [each for each in kept if isinstance(each, OperationDefinitionNode)]
    if operations:
        text = print_ast(DocumentNode(definitions=tuple(_declaring(each, used) for each in kept)))
        sent = {name: value for name, value in given.variables.items() if name in used}
        names = {each.name.value for each in operations if each.name}
        operation = given.operation if given.operation in names else None
        yield dataclasses.replace(given, text=text, variables=sent, operation=operation)


def _idle(definition: Node, spread: set[str]) -> bool:
    return isinstance(definition, FragmentDefinitionNode) and definition.name.value not in spread


def _declaring(definition: Any, used: set[str]) -> Any:
    if not isinstance(definition, OperationDefinitionNode):
        return definition
    declared = definition.variable_definitions or ()
    kept = tuple(each for each in declared if each.variable.name.value in used)
    return dataclasses.replace(definition, variable_definitions=kept)


def _literal(schema: GraphQLSchema, tree: DocumentNode, given: Request, name: str) -> Node | None:
    """A variable's value as the document would write it."""
    for definition in tree.definitions:
        if isinstance(definition, OperationDefinitionNode) and name in given.variables:
            for each in definition.variable_definitions or ():
                if each.variable.name.value == name:
                    kind: Any = type_from_ast(schema, each.type)
                    return value_to_literal(given.variables[name], kind)
    return None


def _opened(tree: DocumentNode, spread: FragmentSpreadNode) -> InlineFragmentNode:
    (definition,) = [
        each
        for each in tree.definitions
        if isinstance(each, FragmentDefinitionNode) and each.name.value == spread.name.value
    ]
    return InlineFragmentNode(
        type_condition=definition.type_condition,
        directives=spread.directives,
        selection_set=definition.selection_set,
    )


def _walk(node: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Yield the parts of a tree, outer ones first, with the way to them."""
    found: list[tuple[Path, Any]] = []
    for name in PARTS:
        part = getattr(node, name, None)
        if isinstance(part, list | tuple):
            found += [((*path, (name, place)), each) for place, each in enumerate(part)]
        elif isinstance(part, Node):
            found.append(((*path, (name, None)), part))
    yield from found
    for way, each in found:
        yield from _walk(each, way)
