"""The list of a client's documents, as its build writes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from kotacerdas.trusted.actions import id_of
from tenants.cli.refusals import Refused

PREFIX = "sha256:"


class ManifestRefused(Refused):
    """A file that lists no documents, or other ones than it says."""

    def __init__(self, path: Path, reason_id: str, reason_en: str) -> None:
        super().__init__(
            f"{path}: {reason_id} Bentuknya dijelaskan di platform/docs/documents.md.",
            f"{path}: {reason_en} Its forms are told in platform/docs/documents.md.",
        )


@dataclass(frozen=True)
class Manifest:
    """The texts by id; `client` and `strict` are None where the file does not tell."""

    texts: dict[str, str]
    client: str | None = None
    strict: bool | None = None


def manifest(path: Path) -> Manifest:
    """Read a manifest in its own form or graphql-codegen's, `{"<hash>": "<text>"}`.

    Raises ManifestRefused, also where an id is not its text's.
    """
    fields = _fields(path)
    own = isinstance(fields.get("documents"), list)
    texts = dict(_listed(path, fields["documents"]) if own else _mapped(path, fields))
    if not texts:
        raise ManifestRefused(path, "tidak memuat dokumen.", "it holds no document.")
    _check_ids(path, texts)
    match fields.get("client") if own else None:
        case None:
            return Manifest(texts)
        case {"name": str(name), "strict": bool(strict)}:
            return Manifest(texts, name, strict)
        case {"name": str(name)}:
            return Manifest(texts, name)
    raise ManifestRefused(path, "client bukan {name, strict}.", "its client is not {name, strict}.")


def _fields(path: Path) -> dict[str, Any]:
    try:
        fields = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError:
        raise ManifestRefused(path, "bukan JSON.", "it is no JSON.") from None
    if not isinstance(fields, dict):
        raise ManifestRefused(path, "bukan objek JSON.", "it is no JSON object.")
    return fields


def _listed(path: Path, entries: list[Any]) -> Iterator[tuple[str, str]]:
    for place, entry in enumerate(entries):
        match entry:
            case {"id": str(given), "text": str(text)}:
                yield given, text
            case _:
                raise ManifestRefused(
                    path,
                    f"documents[{place}] tidak berisi teks id dan text.",
                    f"documents[{place}] lacks the texts id and text.",
                )


def _mapped(path: Path, fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for given, text in fields.items():
        if not isinstance(text, str):
            raise ManifestRefused(path, f"{given} bukan teks.", f"{given} is no text.")
        yield given if ":" in given else PREFIX + given, text


def _check_ids(path: Path, texts: dict[str, str]) -> None:
    changed = [(given, id_of(text)) for given, text in texts.items() if given != id_of(text)]
    if changed:
        given, right = changed[0]
        raise ManifestRefused(
            path,
            f"id yang bukan SHA-256 dari teksnya: {len(changed)}; {given} mestinya {right}."
            " Di graphql-codegen pakai hashAlgorithm: 'sha256', lalu bangun ulang.",
            f"ids that are not the SHA-256 of their texts: {len(changed)}, as {given} for {right}."
            " In graphql-codegen use hashAlgorithm: 'sha256', then build again.",
        )
