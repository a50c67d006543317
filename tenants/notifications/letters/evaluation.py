"""The words of notifications about the yearly evaluation."""

from __future__ import annotations

from tenants.notifications.models import NotificationKind as Kind
from tenants.notifications.wording import Wording

_ROUND_ID = (("Evaluasi", "year"), ("Daerah", "city"))
_ITEM_ID = (("Butir", "name"), ("Evaluasi", "year"), ("Daerah", "city"))
_OF_THE_CITY_ID = "Anda menerima surel ini karena Anda admin atau Bappeda {city} di Kota Cerdas."
_OF_THE_EXPERT_ID = "Anda menerima surel ini karena Anda tenaga ahli untuk {city}."

INDONESIAN: dict[Kind, Wording] = {
    Kind.EVALUATION_OPENED: Wording(
        subject="Evaluasi smart city {year} dibuka untuk {city}",
        opening="{city} mengikuti evaluasi tahun {year}. Penilaian mandiri sudah dapat diisi.",
        details=(*_ROUND_ID, ("Batas penilaian mandiri", "due_at")),
        next_step="Isi nilai setiap butir beserta buktinya, lalu kirim sebelum batas waktu.",
        action="Isi penilaian mandiri",
        why=_OF_THE_CITY_ID,
    ),
    Kind.EVALUATION_SUBMITTED: Wording(
        subject="Siap dinilai: evaluasi {year} {city}",
        opening="{city} mengirim penilaian mandiri tahun {year}. Anda dapat mulai menilai.",
        details=_ROUND_ID,
        next_step="Baca buktinya, beri nilai dan alasan untuk setiap butir, lalu tulis temuan.",
        action="Mulai menilai",
        why=_OF_THE_EXPERT_ID,
    ),
    Kind.EVALUATION_PROVISIONAL: Wording(
        subject="Hasil sementara evaluasi {year}: {city}",
        opening="Hasil sementara evaluasi {year} untuk {city} sudah ditetapkan.",
        details=(*_ROUND_ID, ("Masa sanggah sampai", "due_at")),
        next_step="Periksa nilainya. Sanggah butir yang keliru, atau terima hasilnya.",
        action="Lihat hasil sementara",
        why=_OF_THE_CITY_ID,
    ),
    Kind.EVALUATION_FINAL: Wording(
        subject="Hasil akhir evaluasi {year}: {city}",
        opening="Kementerian menetapkan hasil akhir evaluasi {year} untuk {city}.",
        details=(*_ROUND_ID, ("Nomor surat", "number"), ("Tanggal surat", "occurred_on")),
        next_step="Baca rekomendasinya dan tugaskan perangkat daerah untuk menindaklanjuti.",
        action="Lihat hasil akhir",
        why=(
            "Anda menerima surel ini karena Anda kepala daerah,"
            " admin, atau Bappeda {city} di Kota Cerdas."
        ),
    ),
    Kind.OBJECTION_WRITTEN: Wording(
        subject="Sanggahan {city}: {name}",
        opening="{city} menyanggah nilai sementara untuk {name}.",
        details=_ITEM_ID,
        quote=("Sanggahan", "text"),
        next_step="Terima dengan nilai baru, atau tolak dengan alasan yang jelas.",
        action="Jawab sanggahan",
        why=_OF_THE_EXPERT_ID,
    ),
    Kind.OBJECTION_ANSWERED: Wording(
        subject="Sanggahan dijawab: {name}",
        opening="Sanggahan {city} atas {name} sudah dijawab.",
        details=_ITEM_ID,
        quote=("Jawaban", "text"),
        next_step="Baca jawabannya. Selama masa sanggah, butir itu dapat disanggah lagi.",
        action="Baca jawaban",
        why=_OF_THE_CITY_ID,
    ),
    Kind.FOLLOW_UP_PLANNED: Wording(
        subject="Tindak lanjut untuk {unit}",
        opening="{unit} diminta menindaklanjuti rekomendasi evaluasi {city}.",
        details=(
            ("Yang dikerjakan", "name"),
            ("Batas waktu", "due_on"),
            ("Perangkat daerah", "unit"),
        ),
        quote=("Rekomendasi", "text"),
        next_step="Kerjakan sebelum batas waktu, lalu laporkan hasilnya kepada admin daerah.",
        action="Lihat tindak lanjut",
        why="Anda menerima surel ini karena Anda pengelola {unit} di {city}.",
    ),
}

_ROUND_EN = (("Evaluation", "year"), ("City", "city"))
_ITEM_EN = (("Item", "name"), ("Evaluation", "year"), ("City", "city"))
_OF_THE_CITY_EN = "You receive this mail because you are administrator or Bappeda of {city}."
_OF_THE_EXPERT_EN = "You receive this mail because you are an expert for {city}."

ENGLISH: dict[Kind, Wording] = {
    Kind.EVALUATION_OPENED: Wording(
        subject="The smart city evaluation of {year} is open for {city}",
        opening="{city} takes part in the evaluation of {year}. Self scoring is open.",
        details=(*_ROUND_EN, ("Self scores are due", "due_at")),
        next_step="Score every item with its evidence, then submit before the due date.",
        action="Score your city",
        why=_OF_THE_CITY_EN,
    ),
    Kind.EVALUATION_SUBMITTED: Wording(
        subject="Ready to assess: evaluation {year} of {city}",
        opening="{city} submitted its self scores of {year}. You can begin to assess.",
        details=_ROUND_EN,
        next_step="Read the evidence, score each item with your reason, then write findings.",
        action="Begin to assess",
        why=_OF_THE_EXPERT_EN,
    ),
    Kind.EVALUATION_PROVISIONAL: Wording(
        subject="Provisional result of the evaluation {year}: {city}",
        opening="The provisional result of the evaluation {year} for {city} is stated.",
        details=(*_ROUND_EN, ("Objections until", "due_at")),
        next_step="Check the scores. Object to an item that is wrong, or accept the result.",
        action="See the provisional result",
        why=_OF_THE_CITY_EN,
    ),
    Kind.EVALUATION_FINAL: Wording(
        subject="Final result of the evaluation {year}: {city}",
        opening="The ministry stated the final result of the evaluation {year} for {city}.",
        details=(*_ROUND_EN, ("Letter", "number"), ("Date of the letter", "occurred_on")),
        next_step="Read the recommendations and charge departments with following them up.",
        action="See the final result",
        why=(
            "You receive this mail because you are mayor or regent,"
            " administrator or Bappeda of {city}."
        ),
    ),
    Kind.OBJECTION_WRITTEN: Wording(
        subject="Objection of {city}: {name}",
        opening="{city} objects to the provisional score of {name}.",
        details=_ITEM_EN,
        quote=("Objection", "text"),
        next_step="Uphold it with a new score, or dismiss it with a clear reason.",
        action="Answer the objection",
        why=_OF_THE_EXPERT_EN,
    ),
    Kind.OBJECTION_ANSWERED: Wording(
        subject="Objection answered: {name}",
        opening="The objection of {city} to {name} is answered.",
        details=_ITEM_EN,
        quote=("Answer", "text"),
        next_step="Read the answer. While objections are open you may object again.",
        action="Read the answer",
        why=_OF_THE_CITY_EN,
    ),
    Kind.FOLLOW_UP_PLANNED: Wording(
        subject="Follow-up for {unit}",
        opening="{unit} is asked to follow up a recommendation of the evaluation of {city}.",
        details=(("What to do", "name"), ("Due", "due_on"), ("Department", "unit")),
        quote=("Recommendation", "text"),
        next_step="Do it before the due date, then report the outcome to your administrator.",
        action="See the follow-up",
        why="You receive this mail because you work for {unit} in {city}.",
    ),
}
