"""Names of states, and who acts next in each, in Indonesian and English."""

from __future__ import annotations

from tenants.evaluation.models import EvaluationState as S

STATES: dict[S, tuple[str, str]] = {
    S.SELF_SCORING: ("penilaian mandiri", "self scoring"),
    S.ASSESSING: ("penilaian oleh asesor", "assessment"),
    S.PROVISIONAL: ("hasil sementara", "provisional result"),
    S.PRIVATE: ("hasil akhir, belum dipublikasikan", "final result, not published"),
    S.PUBLISHED: ("dipublikasikan", "published"),
}

STEPS: dict[S, tuple[str, str]] = {
    S.SELF_SCORING: (
        "daerah mengisi semua butir lalu mengirimkannya",
        "the city scores every item and submits",
    ),
    S.ASSESSING: (
        "asesor menilai semua butir, lalu kementerian menetapkan hasil sementara",
        "assessors score every item, then the ministry states the provisional result",
    ),
    S.PROVISIONAL: (
        "daerah dapat menyanggah, lalu kementerian menetapkan hasil akhir",
        "the city may object, then the ministry states the final result",
    ),
    S.PRIVATE: (
        "kementerian dapat mempublikasikannya; daerah menindaklanjuti rekomendasi",
        "the ministry may publish it; the city follows up the recommendations",
    ),
    S.PUBLISHED: (
        "daerah menindaklanjuti rekomendasi",
        "the city follows up the recommendations",
    ),
}
"""What comes next in a state, and who does it."""
