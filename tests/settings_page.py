"""`python -m tests.settings_page`: write platform/docs/settings.md from the settings themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from kotacerdas.settings import Settings

PAGE = Path(__file__).parents[1] / "platform" / "docs" / "settings.md"
PREFIX = Settings.model_config["env_prefix"]
HEAD = """\
# Settings

Every setting is an environment variable; `kotacerdas.settings` is the only code that reads them.
A setting may instead be a file: let `KOTACERDAS_SECRETS_DIR` name a folder, and put the value into
a file named like the variable in lower case, e.g. `kotacerdas_secret_key`. A variable wins over its
file, and an empty variable counts as unset. `kotacerdas check` tells what is wrong with them and
what to do; `kotacerdas dev` sets all that its servers need by itself.

This page is made by `python -m tests.settings_page`; a test holds it equal to the code.

| variable | default | meaning |
|---|---|---|
"""


def settings_page() -> str:
    """Return the page: one row for each setting, in the order of the code."""
    return HEAD + "".join(_row(name, field) for name, field in Settings.model_fields.items())


def _row(name: str, field: FieldInfo) -> str:
    meaning = " ".join(filter(None, [field.description, _allowed(field)]))
    return f"| `{PREFIX}{name.upper()}` | {_default(field)} | {meaning} |\n"


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is None:
        return "unset"
    if value == ():
        return "none"
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _allowed(field: FieldInfo) -> str:
    if get_origin(field.annotation) is Literal:
        return "One of: " + ", ".join(f"`{value}`" for value in get_args(field.annotation)) + "."
    bounds = list(_bounds(field.metadata))
    return f"({_kind(field.annotation)}, {', '.join(bounds)})" if bounds else ""


def _kind(annotation: Any) -> str:
    if isinstance(annotation, UnionType):
        annotation = next(each for each in get_args(annotation) if each is not NoneType)
    return {"int": "whole number", "float": "number"}[annotation.__name__]


def _bounds(metadata: list[Any]) -> Iterator[str]:
    words = {"ge": "at least", "gt": "above", "le": "at most", "lt": "under"}
    for constraint in metadata:
        for attribute, word in words.items():
            if (value := getattr(constraint, attribute, None)) is not None:
                yield f"{word} {value:g}"


if __name__ == "__main__":
    PAGE.write_text(settings_page())
