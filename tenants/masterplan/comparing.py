"""What differs between two frozen versions: sections and programmes, added, removed or changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.errors import NotFound
from kotacerdas.scope import tenant_of
from kotacerdas.word_diff import Piece, word_diff
from tenants.masterplan.models import MasterplanVersion
from tenants.masterplan.richtext.comparison import Change
from tenants.masterplan.richtext.words import text_of

Content = Mapping[str, Any]
Key = tuple[str, str]
"""What tells a part from the others, and its field."""

Texts = dict[Key, tuple[str, str]]
"""The name for people and the text of each field."""

NOTHING = ("", "")


class Part(StrEnum):
    """What of a plan differs."""

    STATEMENT = "statement"
    ANALYSIS = "analysis"
    SECTION = "section"
    PROGRAMME = "programme"


@dataclass(frozen=True)
class VersionChange:
    """A part that differs: its name for people, the field, and its words before and after."""

    part: Part
    name: str
    field: str
    change: Change
    words: tuple[Piece, ...]


def changes_between(
    session: Session, version_id: UUID, *, since: int | None = None
) -> list[VersionChange]:
    """Return what a version changed since version `since`, by default the one before.

    Everything is new in the first. Raises NotFound for a version that is not there.
    """
    version = session.get(MasterplanVersion, (tenant_of(session), version_id))
    if version is None:
        raise NotFound
    number = version.number - 1 if since is None else since
    return list(compare_versions(_content(session, version, number), version.content))


def compare_versions(before: Content, after: Content) -> Iterator[VersionChange]:
    """Yield what differs between two frozen contents, statements first; pure."""
    for part, texts in PARTS.items():
        old, new = texts(before), texts(after)
        for key in [*new, *(key for key in old if key not in new)]:
            former, latter = old.get(key, NOTHING), new.get(key, NOTHING)
            if former[1] != latter[1]:
                change = _kind(key, old, new)
                words = word_diff(former[1], latter[1])
                yield VersionChange(part, latter[0] or former[0], key[1], change, words)


def _kind(key: Key, old: Texts, new: Texts) -> Change:
    if all(part != key[0] for part, _ in old):
        return Change.ADDED
    return Change.CHANGED if any(part == key[0] for part, _ in new) else Change.REMOVED


def _content(session: Session, version: MasterplanVersion, number: int) -> Content:
    if number < 1:
        return {}
    wanted = select(MasterplanVersion.content).where(
        MasterplanVersion.tenant_id == version.tenant_id,
        MasterplanVersion.masterplan_id == version.masterplan_id,
        MasterplanVersion.number == number,
    )
    found = session.scalar(wanted)
    if found is None:
        raise NotFound(path=("since",))
    return found


def _statements(content: Content) -> Texts:
    texts: Texts = {}
    if content.get("title"):
        texts["title", "title"] = ("judul", content["title"])
    if content.get("vision"):
        texts["vision", "vision"] = ("visi", content["vision"])
    for mission in content.get("missions", ()):
        name = f"misi {mission['ordinal']}"
        texts[name, "text"] = (name, mission["text"])
        texts[name, "goals"] = (name, "\n".join(mission["goals"]))
    return texts


def _analysis(content: Content) -> Texts:
    """Return each statement of the analysis by what names it for people, such as `SWOT S1`."""
    found = content.get("analysis", {})
    texts: Texts = {}
    for kind, name_of in NAMES.items():
        for row in found.get(kind, ()):
            name = name_of(row)
            for field, value in row.items():
                if field not in UNTOLD and (kind, field) != TOLD_BEFORE:
                    texts[name, field] = (name, _plain(value))
    return texts


def _sections(content: Content) -> Texts:
    texts: Texts = {}
    for book in content.get("books", ()):
        for chapter in book["chapters"]:
            for section in chapter["sections"]:
                name = f"Buku {book['number']}, {chapter['name']}: {section['title']}"
                lines = [text_of(block) for block in section["blocks"]]
                texts[section["id"], "title"] = (name, section["title"])
                texts[section["id"], "body"] = (name, "\n\n".join(lines))
    return texts


def _programmes(content: Content) -> Texts:
    texts: Texts = {}
    for pillar in content.get("dimensions", ()):
        for programme in pillar["programmes"]:
            name = f"{programme['code']} {programme['name']}"
            for field, value in programme.items():
                if field != "code":
                    texts[programme["code"], field] = (name, _plain(value))
    return texts


def _plain(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(_plain(each) for each in value)
    if isinstance(value, dict):
        return " ".join(str(each) for each in value.values())
    return "" if value is None else str(value)


UNTOLD = frozenset({"place", "code", "kind", "ordinal", "element", "part", "pillar"})
"""What names a statement of the analysis and so never differs."""

TOLD_BEFORE = ("goals", "text")
"""The missions name their goals' words already."""

NAMES: dict[str, Callable[[Content], str]] = {
    "goals": lambda row: f"sasaran {row['place']}",
    "readiness": lambda row: f"kesiapan {row['element_name']}: {row['part_name']}",
    "gaps": lambda row: f"kesenjangan {row['pillar']} {row['ordinal']}",
    "swot": lambda row: f"SWOT {row['code']}",
    "strategies": lambda row: f"strategi {row['code']}",
}

PARTS = {
    Part.STATEMENT: _statements,
    Part.ANALYSIS: _analysis,
    Part.SECTION: _sections,
    Part.PROGRAMME: _programmes,
}
