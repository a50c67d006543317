"""How experts' parts are called in texts."""

from __future__ import annotations

from tenants.experts.models import ExpertPart

PARTS: dict[ExpertPart, tuple[str, str]] = {
    ExpertPart.MENTOR: ("pendamping", "mentor"),
    ExpertPart.ASSESSOR: ("asesor", "assessor"),
}
"""Part -> its name in Indonesian and in English."""
