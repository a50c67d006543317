"""Names of states and fields, and the step that follows each state, in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from tenants.submissions.content import ANCHORS
from tenants.submissions.workflow import InnovationState as S

STATES: dict[S, tuple[str, str]] = {
    S.DRAFT: ("draf", "draft"),
    S.SUBMITTED: ("diajukan", "submitted"),
    S.ENDORSED: ("disahkan", "endorsed"),
    S.IN_REVIEW: ("ditelaah", "in review"),
    S.RETURNED: ("dikembalikan", "returned"),
    S.ACCEPTED: ("diterima", "accepted"),
    S.REJECTED: ("ditolak", "rejected"),
    S.PLACED: ("menjadi program", "placed"),
}

STEPS: dict[S, tuple[str, str]] = {
    S.DRAFT: (
        "perangkat daerah melengkapinya dan kepalanya mengajukan",
        "the unit completes it and its head submits it",
    ),
    S.SUBMITTED: (
        "kota mengesahkan atau mengembalikannya",
        "the city endorses it or returns it",
    ),
    S.ENDORSED: ("tenaga ahli memulai telaah", "an expert starts the review"),
    S.IN_REVIEW: (
        "tenaga ahli memberi catatan dan putusan",
        "the expert gives remarks and a verdict",
    ),
    S.RETURNED: (
        "perangkat daerah memperbaikinya dan kepalanya mengajukan kembali",
        "the unit revises it and its head submits it again",
    ),
    S.ACCEPTED: (
        "Bappeda menempatkannya sebagai program",
        "Bappeda places it as a programme",
    ),
    S.REJECTED: (
        "ajukan gagasan yang diperbaiki sebagai inovasi baru",
        "submit an improved idea as a new innovation",
    ),
    S.PLACED: ("ubah programnya di masterplan", "change its programme in the masterplan"),
}
"""What comes next in a state, and who does it."""

FIELDS: dict[str, tuple[str, str]] = {
    "name": ("Nama inovasi", "Name of the innovation"),
    "dimension": ("Pilar", "Pillar"),
    "kind": ("Bentuk", "Kind"),
    "maturity": ("Tahap kematangan", "Maturity"),
    "problem": ("Masalah", "Problem"),
    "solution": ("Solusi", "Solution"),
    "benefit": ("Manfaat", "Benefit"),
    "uniqueness": ("Keunikan", "Uniqueness"),
    "partners": ("Mitra", "Partners"),
    "replication": ("Replikasi", "Replication"),
    "sustainability": ("Keberlanjutan", "Sustainability"),
    "risks": ("Risiko", "Risks"),
    "resources": ("Sumber daya", "Resources"),
    "budget_rupiah": ("Anggaran", "Budget"),
}
"""What the form calls a field."""


def field_names(anchors: Iterable[str]) -> tuple[str, str]:
    """Return the fields' names as one list in each language, each once, in the form's order."""
    wanted = set(anchors)
    names = [FIELDS[name] for name in ANCHORS if name in wanted]
    return ", ".join(name for name, _ in names), ", ".join(name for _, name in names)
