"""Every reason for which a value is refused, as it stands in the code, in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import graphql_schema
import kotacerdas
import tenants
from tests.graphql_schema.test_refusals import text_faults


def reasons() -> Iterator[tuple[str, str, str]]:
    """Yield where a value is refused in the code, and the reason in both languages."""
    for package in (kotacerdas, tenants, graphql_schema):
        folder = Path(package.__file__).parent
        for path in sorted(folder.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                texts = [_text(each) for each in getattr(node, "args", ())] if _call(node) else []
                pairs = [text for text in texts if text is not None][-2:]
                if len(pairs) == 2 and re.search(r"\w", pairs[0].replace("{x}", "")):
                    yield f"{path.relative_to(folder.parent)}:{node.lineno}", *pairs


def _call(node: ast.AST) -> bool:
    name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
    return name in ("Invalid", "BadRequest", "_invalid", "refuse")


def _text(node: ast.expr) -> str | None:
    """A literal text of a call, with its places in braces."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = [each.value if isinstance(each, ast.Constant) else "{x}" for each in node.values]
        return "".join(map(str, parts))
    return None


@pytest.mark.parametrize(("place", "indonesian", "english"), list(reasons()))
def test_every_reason_for_refusing_a_value_speaks_both_languages(place, indonesian, english):
    assert text_faults(indonesian, english) == []


def test_the_reasons_of_the_code_are_found():
    assert len(list(reasons())) > 20
