"""Names of an export's states, and of the export itself."""

from __future__ import annotations

from kotacerdas.errors import WrongState
from tenants.exports.models import Export, ExportKind, ExportState
from tenants.exports.tables.registry import TABLES

STATES: dict[ExportState, tuple[str, str]] = {
    ExportState.WAITING: ("sedang dibuat", "being made"),
    ExportState.READY: ("siap diunduh", "ready"),
    ExportState.FAILED: ("gagal dibuat", "failed"),
    ExportState.EXPIRED: ("sudah dihapus", "deleted by now"),
}
WORKBOOKS: dict[ExportKind, tuple[str, str]] = {
    ExportKind.PROGRAMME_WORKBOOK: ("Buku kerja program", "Workbook of programmes"),
    ExportKind.INNOVATION_WORKBOOK: ("Buku kerja inovasi", "Workbook of innovations"),
}
"""Titles of what is to be filled in; other exports are named after their tables."""
NATION = ("semua daerah", "all cities")
"""Whose rows an export of the nation holds."""


def in_state(refusal: type[WrongState], export: Export) -> WrongState:
    """Make the refusal with the names of the export's state."""
    state_id, state_en = STATES[export.state]
    return refusal(state_id=state_id, state_en=state_en)


def name_of(export: Export, city: str | None) -> str:
    """Return the export's name for people, in its language: `Inovasi, Kota Bukittinggi`."""
    english = export.language == "en"
    title = WORKBOOKS.get(export.kind) or TABLES[export.kind].title
    return f"{title[english]}, {city or NATION[english]}"
