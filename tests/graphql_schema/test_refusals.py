"""Every refusal: its code, its texts in both languages, and the page that lists them."""

from __future__ import annotations

import re

import pytest

from graphql_schema.problems import ErrorCode, refusals
from kotacerdas.errors import DomainError
from tests.errors_page import PAGE, errors_page, every_refusal

EVERY = sorted(every_refusal(), key=lambda cls: (cls.code, cls.__module__))
PLACE = re.compile(r"{(\w+?)(?:_(?:id|en))?}")
ENGLISH = re.compile(
    r"\b(the|and|or|not|this|that|with|your|you|for|from|cannot|must|already|please|of|to|is|are"
    r"|choose|send|again|one|another)\b",
    re.IGNORECASE,
)
INDONESIAN = re.compile(
    r"\b(yang|dan|atau|tidak|ini|itu|dengan|untuk|dari|sudah|belum|anda|pilih|pakai|isi|lagi"
    r"|dahulu|paling|harus|bila)\b",
    re.IGNORECASE,
)
VERBS_ID = """
alihkan ambil baca bagi batalkan batasi bekukan beri buat buka bulatkan cabut cari catat coba
daftarkan gabungkan hapus hindari hubungi isi isilah jadwalkan jawab kembalikan ketik kirim
kosongkan kurangi langkah lanjutkan lengkapi lihat masuk minta muat mulai nyatakan pakai perbaiki
periksa perkecil pilih pindahkan promosikan publikasikan ringkaskan salin satukan sebutkan
sederhanakan selesaikan serahkan simpan sisakan tambahkan tempatkan tetapkan tugaskan tulis tunggu
ubah ulangi undang unduh unggah
"""
VERBS_EN = """
add answer ask assign avoid begin cancel carry change check choose clear compare copy correct
create decide delete deliver download enter fill finish freeze give have invite join keep leave
list look make merge move name open place promote publish put read record reload remove repeat
report round save say schedule score search see send set settle shorten sign simplify split start
take talk tell try turn type unmark upload use wait what write
"""
"""Words with which a next step is told."""


def told(verbs: str, also: str) -> re.Pattern[str]:
    """Return what finds a verb at the head of a sentence or a clause, or what is like one."""
    heads = r"(?:^|[.;:,] |\b(?:lalu|atau|dan|or|then|and) )"
    return re.compile(rf"{heads}(?:{'|'.join(verbs.split())})\b|{also}", re.IGNORECASE)


NEXT_ID = told(VERBS_ID, r"\bharus\b|{next_id}|{reason_id}")
NEXT_EN = told(VERBS_EN, r"\bmust\b|{next_en}|{reason_en}")


def faults(cls: type[DomainError]) -> list[str]:
    """Return what the texts of a refusal lack."""
    found = []
    if not re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*", cls.code):
        found.append("the code is no word in capitals")
    if not cls.__doc__:
        found.append("nothing says when it comes")
    return found + text_faults(cls.id, cls.en)


def text_faults(indonesian: str, english: str) -> list[str]:
    """Return what the two texts of one refusal lack."""
    plain_id, plain_en = PLACE.sub("", indonesian), PLACE.sub("", english)
    checks = {
        "a text is empty": not indonesian.strip() or not english.strip(),
        "both texts are one": indonesian == english,
        "the places differ": places(indonesian) != places(english),
        "the other language's place": "_en}" in indonesian or "_id}" in english,
        "English words in the Indonesian text": bool(ENGLISH.search(plain_id)),
        "Indonesian words in the English text": bool(INDONESIAN.search(plain_en)),
        "the Indonesian text names no next step": not NEXT_ID.search(indonesian),
        "the English text names no next step": not NEXT_EN.search(english),
    }
    return [fault for fault, holds in checks.items() if holds]


def places(text: str) -> set[str]:
    return set(PLACE.findall(text))


@pytest.mark.parametrize("cls", EVERY, ids=lambda cls: f"{cls.__module__}.{cls.__name__}")
def test_every_refusal_speaks_both_languages_and_names_a_next_step(cls):
    assert faults(cls) == []


@pytest.mark.parametrize(
    ("indonesian", "english", "fault"),
    [
        ("", "Write it.", "a text is empty"),
        ("Tulis {a}.", "Write {b}.", "the places differ"),
        ("Tulis {a_en}.", "Write {a_en}.", "the other language's place"),
        ("Choose one lalu tulis.", "Choose one.", "English words in the Indonesian text"),
        ("Pilih satu.", "Pilih one, or write.", "Indonesian words in the English text"),
        ("Nama terlalu panjang.", "Shorten it.", "the Indonesian text names no next step"),
        ("Ringkaskan.", "It is too long.", "the English text names no next step"),
        ("Minta Bappeda.", "Minta Bappeda.", "both texts are one"),
    ],
)
def test_a_text_that_lacks_something_is_found(indonesian, english, fault):
    assert fault in text_faults(indonesian, english)


def test_each_code_of_the_rules_is_a_value_of_the_enum_and_means_one_thing():
    assert {cls.code for cls in refusals()} == {member.value for member in ErrorCode}
    owners: dict[str, type[DomainError]] = {}
    for cls in EVERY:
        owner = owners.setdefault(cls.code, cls)
        assert issubclass(cls, owner) or issubclass(owner, cls), cls.code


def test_the_page_of_errors_is_the_codes():
    written = PAGE.read_text(encoding="utf-8")
    assert written == errors_page(), "run `python -m tests.errors_page`, read the difference"
