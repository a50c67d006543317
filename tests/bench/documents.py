"""The operations and their GraphQL documents."""

from __future__ import annotations

from pathlib import Path

from graphql import OperationDefinitionNode, parse

FOLDER = Path(__file__).parent
READS = ("tree", "page", "national", "one")
WRITE = "write"
OPERATIONS = (*READS, WRITE)


def documents(file: str) -> dict[str, str]:
    """Return the text of each named operation of `ours.graphql` or `peer.graphql`."""
    text = (FOLDER / file).read_text()
    found = {}
    for each in parse(text).definitions:
        assert isinstance(each, OperationDefinitionNode)
        assert each.name is not None
        assert each.loc is not None
        found[each.name.value] = text[each.loc.start : each.loc.end]
    return found
