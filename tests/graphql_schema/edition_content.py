"""A whole guide edition of three workshops, as the input of a mutation."""

from __future__ import annotations

CONTENT = {
    "year": 2022,
    "source": "Panduan uji",
    "dimensions": [
        {
            "code": "layanan",
            "name": "Layanan",
            "nameEn": "Services",
            "description": "Urusan warga",
            "aliases": ["government"],
            "subDimensions": [{"code": "daring", "name": "Daring"}],
        }
    ],
    "quickWinRule": {"minimum": 1, "maximum": 3, "perDimension": True},
    "horizonRule": {"short": 2, "medium": 4, "long": 8},
    "bookTemplates": [
        {
            "name": "Analisis",
            "chapters": [
                {
                    "code": "pembuka",
                    "name": "Pembuka",
                    "guidance": "Tulis latar.",
                    "minimumWords": 50,
                    "sources": [{"name": "RPJMD", "nameEn": "Development plan"}],
                }
            ],
        }
    ],
    "readinessElements": [
        {"code": "struktur", "name": "Struktur", "parts": [{"code": "sdm", "name": "SDM"}]}
    ],
    "readinessScale": {"least": 0, "most": 4},
    "bimtekStages": [
        {"outputs": [{"code": f"hasil-{place}", "name": f"Hasil {place}", "nameEn": "Result"}]}
        for place in (1, 2, 3)
    ],
    "evaluationParts": [
        {"code": "output", "name": "Keluaran", "weight": "40"},
        {"code": "impact", "name": "Dampak", "weight": "60"},
    ],
    "impact": "Rata-rata pilar",
    "institutionRule": {"bodies": ["COUNCIL"], "elements": ["GOVERNMENT", "ACADEMIA"]},
    "certificateRule": {"attendancePercent": 100},
}
