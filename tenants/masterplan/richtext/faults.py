"""Collecting what is wrong with a tree, each fault with its path."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from kotacerdas.errors import DomainError, Invalid
from tenants.masterplan.richtext.grammar import MOST_FAULTS, MOST_NODES

Path = tuple[str, ...]
Reason = tuple[str, str]
"""What is wrong and what to do, in Indonesian and in English."""


class TooMuch(Exception):
    """Checking stops here: too many faults, or too many nodes."""


@dataclass
class Faults:
    """What was found in one tree, and how many nodes were seen."""

    found: list[DomainError] = field(default_factory=list)
    nodes: int = 0

    def add(self, path: Path, reason: Reason) -> None:
        """Note a fault; raises TooMuch at the last one that anybody would read."""
        self.found.append(Invalid(path[-1], *reason, path=path))
        if len(self.found) >= MOST_FAULTS:
            raise TooMuch

    def node(self, path: Path) -> None:
        """Count a node; raises TooMuch, noted, for more than a section may have."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            told = (
                f"lebih dari {MOST_NODES} bagian. Bagi menjadi beberapa subbab.",
                f"more than {MOST_NODES} parts. Divide it into several sections.",
            )
            self.found.append(Invalid(path[-1], *told, path=path))
            raise TooMuch

    def list_at(self, value: object, path: Path, most: int) -> list[Any]:
        """Return the list, or nothing of what is none or is too long; the fault is noted."""
        if not isinstance(value, list):
            self.add(path, ("harus berupa daftar.", "it must be a list."))
            return []
        if len(value) > most:
            told = (
                f"{len(value)} butir; paling banyak {most}. Kurangi atau bagi.",
                f"{len(value)} entries; at most {most}. Remove some, or divide it.",
            )
            self.add(path, told)
            return []
        return value

    def object_at(self, value: object, path: Path, names: Collection[str]) -> dict[str, Any]:
        """Return the object, or nothing of what is none; unknown names are noted."""
        if not isinstance(value, dict):
            self.add(path, ("harus berupa objek.", "it must be an object."))
            return {}
        unknown = [_shown(name) for name in value if name not in names]
        if unknown:
            known = ", ".join(names)
            told = (
                f"berisi bagian yang tidak dikenal ({', '.join(unknown[:5])}). Pakai: {known}.",
                f"it has unknown parts ({', '.join(unknown[:5])}). Use: {known}.",
            )
            self.add(path, told)
        return value

    def number_at(self, value: object, path: Path, lowest: int, highest: int) -> int:
        """Return the whole number; what is none, or out of bounds, is noted."""
        if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest:
            return value
        told = (
            f"harus angka bulat {lowest} sampai {highest}.",
            f"it must be a whole number from {lowest} to {highest}.",
        )
        self.add(path, told)
        return lowest

    def choice_at(self, value: object, path: Path, choices: Collection[str]) -> str:
        """Return the word; one that is not among the choices is noted."""
        if isinstance(value, str) and value in choices:
            return value
        listed = ", ".join(choices)
        self.add(path, (f"pilih salah satu: {listed}.", f"choose one of: {listed}."))
        return ""


def _shown(name: object) -> str:
    """Return a name short enough to be told, and fit to be written."""
    return str(name)[:40].encode(errors="replace").decode()
