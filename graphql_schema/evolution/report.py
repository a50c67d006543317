"""The changes as people and as programs read them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence, Set
from dataclasses import asdict

from graphql_schema.evolution.changes import Change, Severity

NOT_LABELLED = (
    "{count} breaking {changes} without a label in CHANGELOG.md. Do as said above, or add to its"
    " unreleased part:"
)


def unlabelled(found: Sequence[Change], labels: Set[str]) -> list[Change]:
    """Return the breaking changes that no label admits."""
    breaking = (each for each in found if each.severity is Severity.BREAKING)
    return [each for each in breaking if each.coordinate not in labels]


def as_json(found: Sequence[Change], labels: Set[str]) -> str:
    """Return the changes as a JSON list."""
    rows = [asdict(each) | {"labelled": each.coordinate in labels} for each in found]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def as_text(found: Sequence[Change], labels: Set[str]) -> str:
    """Return the changes by what they do to clients, and what is left to do."""
    lines = [line for severity in Severity for line in _part(severity, found, labels)]
    missing = unlabelled(found, labels)
    if missing:
        words = "change" if len(missing) == 1 else "changes"
        lines.append(NOT_LABELLED.format(count=len(missing), changes=words))
        lines += sorted(
            {f"- [breaking] {each.coordinate}: why, and what to use" for each in missing}
        )
    return "\n".join(lines or ["The schemas are the same for clients."])


def _part(severity: Severity, found: Sequence[Change], labels: Set[str]) -> Iterator[str]:
    part = [each for each in found if each.severity is severity]
    if not part:
        return
    yield f"{severity.capitalize()} ({len(part)})"
    for to_do in dict.fromkeys(each.to_do for each in part):
        yield from (f"  {each.text}{_note(each, labels)}" for each in part if each.to_do == to_do)
        if to_do:
            yield f"    -> {to_do}"
    yield ""


def _note(change: Change, labels: Set[str]) -> str:
    labelled = change.severity is Severity.BREAKING and change.coordinate in labels
    return " [labelled]" if labelled else ""
