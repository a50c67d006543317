"""Mail by a real SMTP server: each kind, hostile data, refusals, one mail for one notification."""

from __future__ import annotations

from uuid import uuid4

import pytest
from pydantic import SecretStr

from kotacerdas.identity.policy import Role
from kotacerdas.jobs import Job, JobState, enqueue
from kotacerdas.scope import Door, Scope
from tenants.notifications.inserts import SEND
from tenants.notifications.models import Delivery, DeliveryState, NotificationKind
from tests.workers.mail_server import mail_server, only_login
from tests.workers.mail_subjects import SUBJECTS
from tests.workers.post import ALL, Post, html_of, text_of
from workers.runner import Handler


@pytest.fixture
def server():
    with mail_server() as running:
        yield running


@pytest.fixture
def post(database, settings, city, server) -> Post:
    return Post(database, settings, city, server)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kind_reaches_people_in_their_language(post, language):
    person = post.person(name="Ibu Sari", language=language)
    for kind in NotificationKind:
        post.tell(person, kind=kind)
    post.run()
    expected = [SUBJECTS[kind][language == "en"] for kind in NotificationKind]
    assert [mail["Subject"] for mail in post.server.mails] == expected
    greeting = {"id": "Yth. Ibu Sari,", "en": "Dear Ibu Sari,"}[language]
    for mail in post.server.mails:
        assert mail["Content-Language"] == language
        assert text_of(mail).startswith(f"{greeting}\n\n")
        assert f'lang="{language}"' in html_of(mail)
        assert "–" not in text_of(mail)  # no fact is missing
        assert "googleapis" not in html_of(mail)


def test_a_mail_says_who_sent_it_why_and_that_no_person_did(post):
    person = post.person(name="Dr. H. Rahmat, S.T., M.Si.")
    post.tell(person)
    post.run()
    (mail,), (delivery,) = post.server.mails, post.rows(Delivery)
    assert mail["From"] == "Kota Cerdas <noreply@kotacerdas.example>"
    assert mail["To"] == f'"Dr. H. Rahmat, S.T., M.Si." <{person}@kota.example>'
    assert mail["Message-ID"] == delivery.message_id
    assert mail["List-Id"] == "Kota Cerdas <notifications.kotacerdas.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime.tzinfo is not None
    assert text_of(mail) == (
        "Yth. Dr. H. Rahmat, S.T., M.Si.,\n"
        "\n"
        "Inovasi “Si Pasar Digital” dikembalikan untuk diperbaiki.\n"
        "\n"
        "Inovasi: Si Pasar Digital\n"
        "Perangkat daerah: Dinas Koperasi\n"
        "Daerah: Kota Uji\n"
        "\n"
        "Alasan:\n"
        "> Anggaran belum terbagi.\n"
        "\n"
        "Perbaiki usulan dan jawab setiap catatan yang masih terbuka,"
        " lalu kepala perangkat daerah mengajukannya kembali.\n"
        "\n"
        f"Perbaiki usulan: {post.settings.base_url}/\n"
        "\n"
        "-- \n"
        "Anda menerima surel ini karena Anda pengelola Dinas Koperasi"
        " atau pembuat usulan ini di Kota Uji.\n"
        "Surel ini dikirim otomatis oleh Kota Cerdas. Balasan tidak dibaca;"
        " hubungi admin daerah Anda bila perlu bantuan.\n"
    )
    assert f'href="{post.settings.base_url}/"' in html_of(mail)


def test_hostile_names_and_texts_change_neither_headers_nor_markup(post):
    person = post.person(name="Budi\r\nBcc: korban@x.example")
    name = "Pasar\r\nBcc: korban@x.example\r\n\r\n<script>alert(1)</script> {person} {{ 7*7 }}"
    post.tell(person, name=name, reason='</mj-text><mj-raw><img src="http://x.example/">\n&amp;')
    post.run()
    (mail,) = post.server.mails
    assert post.server.recipients == [[f"{person}@kota.example"]]
    assert mail["Bcc"] is None
    assert mail["To"].addresses[0].display_name == "Budi Bcc: korban@x.example"
    safe = "Pasar Bcc: korban@x.example <script>alert(1)</script> {person} {{ 7*7 }}"
    assert mail["Subject"] == f"Perlu diperbaiki: {safe}"
    assert '> </mj-text><mj-raw><img src="http://x.example/">\n> &amp;\n' in text_of(mail)
    assert "<script" not in html_of(mail)
    assert "<img" not in html_of(mail)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {person} {{ 7*7 }}" in html_of(mail)
    assert "&amp;amp;" in html_of(mail)


@pytest.mark.parametrize("at", ["to_recipient", "to_content"])
def test_a_lasting_refusal_is_noted_once_and_never_tried_again(post, at):
    person = post.person()
    setattr(post.server, at, [f"550 5.1.1 {person}@kota.example is unknown here"])
    post.tell(person)
    post.run()
    post.run()
    (delivery,), (job,) = post.rows(Delivery), post.rows(Job)
    assert (delivery.state, delivery.refusal) == (DeliveryState.REFUSED, "550 5.1.1")
    assert (delivery.sent_at, post.server.mails) == (None, [])
    assert (job.state, job.attempts, job.result) == (JobState.DONE, 1, {"state": "refused"})


@pytest.mark.parametrize("at", ["to_recipient", "to_content"])
def test_a_passing_refusal_is_tried_again(post, at):
    setattr(post.server, at, ["451 4.7.1 greylisted, try again"])
    post.tell(post.person())
    post.run()
    (delivery,), (job,) = post.rows(Delivery), post.rows(Job)
    assert (delivery.state, post.server.mails) == (DeliveryState.WAITING, [])
    assert (job.state, job.attempts, job.error) == (JobState.QUEUED, 1, "NotTaken")
    post.run()
    (delivery,), (job,) = post.rows(Delivery), post.rows(Job)
    assert (delivery.state, delivery.sent_at is not None) == (DeliveryState.SENT, True)
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert [mail["Message-ID"] for mail in post.server.mails] == [delivery.message_id]


def test_used_up_attempts_leave_word_at_the_delivery(post):
    post.server.to_content = ["451 try again"]
    post.tell(post.person())
    post.run(job_attempts=1)
    (delivery,), (job,) = post.rows(Delivery), post.rows(Job)
    assert (delivery.state, delivery.refusal) == (DeliveryState.WAITING, "NotTaken")
    assert job.state is JobState.DEAD


def test_an_address_that_is_none_is_refused_without_asking_the_server(post):
    post.tell(post.person(email=f"a@b.example\r\nbcc: {uuid4()}@x.example"))
    post.run()
    (delivery,) = post.rows(Delivery)
    assert (delivery.state, delivery.refusal) == (DeliveryState.REFUSED, "not a mail address")
    assert post.server.mails == []


def test_a_delivery_that_has_left_is_not_sent_again(post):
    post.tell(post.person())
    post.run()
    (delivery,) = post.rows(Delivery)
    with post.database.unit_of_work(Scope(Door.CITY, post.city.id)) as session:
        enqueue(session, SEND, delivery.id)
    post.run()
    assert [job.state for job in post.rows(Job)] == [JobState.DONE, JobState.DONE]
    assert len(post.server.mails) == 1


def test_a_crash_between_sending_and_marking_repeats_with_the_same_message_id(post):
    def crash(*_):
        raise SystemError

    send = ALL[SEND.name]
    crashing = Handler(SEND, send.load, send.work, crash)
    post.tell(post.person())
    post.run({SEND.name: crashing})
    post.run()
    (delivery,) = post.rows(Delivery)
    assert delivery.state is DeliveryState.SENT
    assert [mail["Message-ID"] for mail in post.server.mails] == [delivery.message_id] * 2


def test_a_closed_account_gets_no_mail(post):
    post.tell(post.person(active=False), post.city.person(Role.BAPPEDA))
    post.run()
    assert post.server.mails == []
    assert {row.state for row in post.rows(Delivery)} == {DeliveryState.WAITING}
    assert {row.state for row in post.rows(Job)} == {JobState.DONE}


def test_who_left_between_the_notice_and_the_mail_gets_no_mail(post):
    stays, leaves = post.person(), post.person()
    post.tell(stays, leaves)
    post.city.leave(leaves)
    post.run()
    assert post.server.recipients == [[f"{stays}@kota.example"]]
    refused = [row for row in post.rows(Delivery) if row.state is DeliveryState.REFUSED]
    assert [row.refusal for row in refused] == ["no longer a member"]
    assert {row.state for row in post.rows(Job)} == {JobState.DONE}


def test_who_leaves_is_still_told_of_the_leaving_itself(post):
    leaves = post.person()
    post.tell(leaves, kind=NotificationKind.EXPERT_RELEASED)
    post.city.leave(leaves)
    post.run()
    assert post.server.recipients == [[f"{leaves}@kota.example"]]
    assert {row.state for row in post.rows(Delivery)} == {DeliveryState.SENT}


def test_the_server_gets_the_login_of_the_settings(database, settings, city):
    with mail_server(authenticator=only_login, auth_require_tls=False) as server:
        post = Post(database, settings, city, server)
        post.tell(post.person())
        post.run(smtp_username="kota", smtp_password=SecretStr("salah"))
        assert [row.error for row in post.rows(Job)] == ["SMTPAuthenticationError"]
        assert [row.state for row in post.rows(Delivery)] == [DeliveryState.WAITING]
        post.run(smtp_username="kota", smtp_password=SecretStr("rahasia"))
        assert [row.state for row in post.rows(Delivery)] == [DeliveryState.SENT]
        assert server.authenticated == [True]


def test_without_the_tls_that_was_asked_for_nothing_is_sent(post):
    post.tell(post.person())
    post.run(smtp_starttls=True)
    assert post.server.mails == []
    assert [row.error for row in post.rows(Job)] == ["SMTPNotSupportedError"]
    assert [row.state for row in post.rows(Delivery)] == [DeliveryState.WAITING]
