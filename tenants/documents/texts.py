"""Names of a document's states, in Indonesian and English."""

from __future__ import annotations

from kotacerdas.errors import WrongState
from tenants.documents.models import Document, DocumentState

STATES: dict[DocumentState, tuple[str, str]] = {
    DocumentState.WAITING: ("sedang dibuat", "being made"),
    DocumentState.READY: ("siap diunduh", "ready"),
    DocumentState.FAILED: ("gagal dibuat", "failed"),
}


def in_state(refusal: type[WrongState], document: Document) -> WrongState:
    """Make the refusal with the names of the document's state."""
    state_id, state_en = STATES[document.state]
    return refusal(state_id=state_id, state_en=state_en)
