"""The words of notifications."""

from __future__ import annotations

from string import Formatter

import pytest

from kotacerdas.identity.policy import Role
from tenants.notifications.english import ENGLISH
from tenants.notifications.indonesian import INDONESIAN
from tenants.notifications.models import NotificationKind
from tenants.notifications.texts import (
    QUOTE_LENGTH,
    SUBJECT_LENGTH,
    compose,
    compose_invitation,
)
from tenants.submissions.texts import FIELDS

FACTS = {
    "person": "Dr. H. Rahmat, S.T., M.Si.",
    "city": "Kota Bukittinggi",
    "name": "Si Pasar Digital",
    "unit": "Dinas Koperasi",
    "reason": "Anggaran 2024 belum terbagi.\nSebutkan mitranya.",
}
LANGUAGES = {"id": INDONESIAN, "en": ENGLISH}


def letter(kind, language="id", **facts):
    return compose(kind, {**FACTS, **facts}, language=language, zone="Asia/Jakarta")


def places(wording):
    texts = (wording.subject, wording.opening, wording.next_step, wording.action, wording.why)
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_every_kind_and_role_has_words_in_each_language(language):
    assert set(language.kinds) == set(NotificationKind)
    assert set(language.roles) == set(Role)
    for wording in [*language.kinds.values(), language.invitation]:
        assert "" not in (wording.subject, wording.opening, wording.next_step)
        assert "" not in (wording.action, wording.why)


@pytest.mark.parametrize("kind", NotificationKind)
def test_both_languages_tell_the_same_facts(kind):
    indonesian, english = INDONESIAN.kinds[kind], ENGLISH.kinds[kind]
    assert places(indonesian) == places(english)
    assert [name for _, name in indonesian.details] == [name for _, name in english.details]
    assert (indonesian.quote or (None, None))[1] == (english.quote or (None, None))[1]
    assert set(INDONESIAN.fields) == set(ENGLISH.fields)


def test_a_returned_innovation_names_the_reason_and_the_next_step():
    returned = letter(NotificationKind.RETURNED)
    assert returned.subject == "Perlu diperbaiki: Si Pasar Digital"
    assert returned.greeting == "Yth. Dr. H. Rahmat, S.T., M.Si.,"
    assert returned.details == (
        ("Inovasi", "Si Pasar Digital"),
        ("Perangkat daerah", "Dinas Koperasi"),
        ("Daerah", "Kota Bukittinggi"),
    )
    assert returned.quote == ("Alasan", "Anggaran 2024 belum terbagi.\nSebutkan mitranya.")
    assert returned.next_step == (
        "Perbaiki usulan dan jawab setiap catatan yang masih terbuka,"
        " lalu kepala perangkat daerah mengajukannya kembali."
    )


def test_a_remark_names_its_field_as_the_form_does():
    assert (
        "bagian Keberlanjutan dari"
        in letter(NotificationKind.REMARK, anchor="sustainability").opening
    )
    assert "the part Sustainability of" in (
        letter(NotificationKind.REMARK, "en", anchor="sustainability").opening
    )


def test_a_mail_calls_a_field_what_the_rules_of_submissions_call_it():
    names = {name: (label, ENGLISH.fields[name]) for name, label in INDONESIAN.fields.items()}
    assert names == FIELDS


@pytest.mark.parametrize(
    ("days", "indonesian", "english"),
    [
        ("7", "Tenggat 7 hari lagi: Buku 2", "Deadline in 7 days: Buku 2"),
        ("1", "Tenggat besok: Buku 2", "Deadline tomorrow: Buku 2"),
        ("0", "Tenggat hari ini: Buku 2", "Deadline today: Buku 2"),
    ],
)
def test_a_reminder_says_how_far_off_the_deadline_is(days, indonesian, english):
    facts = {"days": days, "name": "Buku 2", "due_at": "2022-10-31T16:59:00+00:00"}
    reminder = letter(NotificationKind.DEADLINE, **facts)
    assert reminder.subject == indonesian
    assert ("Waktu", "Senin, 31 Oktober 2022 pukul 23.59 WIB") in reminder.details
    assert letter(NotificationKind.DEADLINE, "en", **facts).subject == english


def test_a_failed_book_leads_to_the_operator_with_the_code_of_its_job():
    job = "0197c2a0-5e1f-7000-8000-000000000001"
    failed = letter(NotificationKind.BOOK_FAILED, job=job)
    assert ("Kode pekerjaan", job) in failed.details
    assert failed.next_step.endswith("kirim kode pekerjaan di atas kepada operator Kota Cerdas.")


def test_a_detail_that_is_not_known_is_left_out():
    ready = letter(NotificationKind.BOOK_READY, pages="", name="Buku 2")
    assert ready.details == (("Dokumen", "Buku 2"), ("Daerah", "Kota Bukittinggi"))


def test_an_unknown_language_reads_indonesian():
    assert letter(NotificationKind.ACCEPTED, "fr").subject == "Diterima: Si Pasar Digital"


def test_hostile_facts_stay_data_on_one_line():
    name = "Pasar\r\nBcc: x@y.example \x00\x1b[31m{person} %s \u202etxt\u2028end\tz"
    accepted = letter(NotificationKind.ACCEPTED, name=name)
    assert accepted.subject == "Diterima: Pasar Bcc: x@y.example [31m{person} %s txt end z"


def test_long_facts_are_cut_where_the_application_has_the_rest():
    rejected = letter(NotificationKind.REJECTED, name="kata " * 40, reason="r" * 9_000)
    assert len(rejected.subject) <= SUBJECT_LENGTH
    assert rejected.subject.endswith("kata…")
    assert rejected.quote is not None
    said = rejected.quote[1]
    assert said == "r" * QUOTE_LENGTH + "…\n(Dipotong; selengkapnya ada di Kota Cerdas.)"


def test_an_invitation_of_the_nation_names_the_ministry():
    facts = {"person": "Ibu Sari", "expires_at": "2022-04-21T02:00:00+00:00"}
    role = Role.MINISTRY_READER
    invited = compose_invitation(role, facts, language="id", zone="Asia/Jakarta")
    assert invited.subject == "Undangan Kota Cerdas: pembaca kementerian, kementerian"
    assert invited.details == (
        ("Peran", "pembaca kementerian"),
        ("Daerah", "kementerian"),
        ("Berlaku sampai", "Kamis, 21 April 2022 pukul 09.00 WIB"),
    )
