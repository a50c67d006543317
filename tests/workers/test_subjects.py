"""Subjects arrive as they were written, however long and in whatever letters."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import pytest

from kotacerdas.settings import Settings
from tenants.notifications.models import NotificationKind
from tenants.notifications.texts import compose
from workers.channels.email import message_of


@pytest.mark.parametrize(
    "name",
    [
        "Masterplan Kota Cerdas Bukittinggi 2023–2027 (contoh)",
        "Lapau Aduan: satu pintu keluhan warga di Command Center",
        "Tangga “Ngarai” – peta rute landai dan pegangan di Janjang Saribu",
    ],
)
def test_a_subject_arrives_word_for_word(name):
    facts = {"name": name, "city": "Kota Bukittinggi", "person": "Admin Kota", "pages": "50"}
    letter = compose(NotificationKind.BOOK_READY, facts, language="id", zone="Asia/Jakarta")
    message = message_of(
        letter,
        Settings(),
        address="admin@bukittinggi.example",
        name="Admin Kota",
        message_id="<1@kotacerdas.example>",
        link="http://127.0.0.1:8000/",
    )

    sent = message.as_bytes()

    arrived = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(sent)
    assert arrived["Subject"] == f"Dokumen siap diunduh: {name}"
    assert max(map(len, sent.splitlines())) <= 998
