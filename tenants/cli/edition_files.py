"""Guide editions as files: YAML or JSON in, YAML or JSON out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson
import yaml

from tenants.cli.refusals import Refused

MOST_BYTES = 1_000_000
"""A whole guide has a few tens of thousands."""


class Format(StrEnum):
    """How a file is written."""

    YAML = "yaml"
    JSON = "json"


class _Loader(yaml.SafeLoader):  # type: ignore[misc]  # yaml has no types of its own
    """Reads plain data, each name once; no aliases, by which a small file is a huge one."""

    def compose_node(self, parent: Any, index: Any) -> Any:  # noqa: ANN401  (nodes of yaml's)
        """Return the next node; raises what a fault of the form raises."""
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem="aliases (*name) are not read", problem_mark=self.peek_event().start_mark
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: ANN401
        """Return an object; raises what a fault of the form raises for a name that recurs."""
        seen: set[str] = set()
        for name, _ in node.value:
            if name.value in seen:
                problem = f"{name.value} stands twice"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=name.start_mark)
            seen.add(name.value)
        return super().construct_mapping(node, deep)


def format_of(file: Path) -> Format:
    """Return the format that a file's name ends in; raises Refused."""
    endings = {".yaml": Format.YAML, ".yml": Format.YAML, ".json": Format.JSON}
    if file.suffix.lower() not in endings:
        raise Refused(
            f"{file.name} tidak berakhiran .yaml atau .json. Ganti namanya.",
            f"{file.name} ends neither in .yaml nor in .json. Rename it.",
        )
    return endings[file.suffix.lower()]


def read_document(file: Path) -> dict[str, Any]:
    """Return what a file holds; raises Refused, with the line where its form is broken."""
    kind = format_of(file)
    if file.stat().st_size > MOST_BYTES:
        raise Refused(
            f"{file.name} lebih dari {MOST_BYTES} bita. Kirim hanya isi panduan.",
            f"{file.name} has more than {MOST_BYTES} bytes. Send the guide's content alone.",
        )
    try:
        text = file.read_bytes().decode("utf-8-sig")
        found = orjson.loads(text) if kind is Format.JSON else yaml.load(text, _Loader)  # noqa: S506  (a SafeLoader)
    except (UnicodeDecodeError, orjson.JSONDecodeError, yaml.YAMLError, RecursionError) as error:
        raise _unreadable(file, kind, error) from None
    if not isinstance(found, dict):
        raise Refused(
            f"{file.name} bukan satu edisi. Tulis seperti keluaran `kotacerdas edition export`.",
            f"{file.name} is not one edition. Write it as `kotacerdas edition export` does.",
        )
    return {str(name): value for name, value in found.items()}


def written(document: dict[str, Any], kind: Format) -> str:
    """Return a document as the text of a file, its code and name first."""
    first = ("code", "name")
    ordered = {name: document[name] for name in first} | document
    if kind is Format.JSON:
        return orjson.dumps(ordered, option=orjson.OPT_INDENT_2).decode() + "\n"
    text: str = yaml.safe_dump(ordered, allow_unicode=True, sort_keys=False, width=100)
    return text


def _unreadable(file: Path, kind: Format, error: Exception) -> Refused:
    mark = getattr(error, "problem_mark", None)
    line = getattr(error, "lineno", None) if mark is None else mark.line + 1
    at_id = f", baris {line}" if line else ""
    at_en = f", line {line}" if line else ""
    why = getattr(error, "problem", None) or getattr(error, "msg", None) or "UTF-8"
    return Refused(
        f"{file.name}{at_id}: bukan {kind.value.upper()} yang benar ({why}). Perbaiki baris itu.",
        f"{file.name}{at_en}: no correct {kind.value.upper()} ({why}). Correct that line.",
    )
