"""What the directives of a schema's text say about its types and fields."""

from __future__ import annotations

from graphql import (
    DocumentNode,
    EnumValueNode,
    FieldDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    StringValueNode,
)

Node = FieldDefinitionNode | InterfaceTypeDefinitionNode | ObjectTypeDefinitionNode


def applied(sdl: DocumentNode, directive: str) -> dict[str, frozenset[str]]:
    """Return the arguments of a directive for every type and field by coordinate; none is empty."""
    found: dict[str, frozenset[str]] = {}
    for kind in sdl.definitions:
        if isinstance(kind, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode):
            found[kind.name.value] = _arguments(kind, directive)
            for field in kind.fields or ():
                found[f"{kind.name.value}.{field.name.value}"] = _arguments(field, directive)
    return found


def _arguments(node: Node, name: str) -> frozenset[str]:
    return frozenset(
        argument.value.value
        for directive in node.directives or ()
        if directive.name.value == name
        for argument in directive.arguments or ()
        if isinstance(argument.value, EnumValueNode | StringValueNode)
    )
