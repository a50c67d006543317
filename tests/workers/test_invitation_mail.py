"""The mail that carries an invitation's link."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kotacerdas.identity.invitations import invitation_link, invite
from kotacerdas.identity.models import Invitation
from kotacerdas.identity.policy import Role
from kotacerdas.jobs import Job, JobState
from kotacerdas.localtime import long_moment
from kotacerdas.scope import Door, Scope
from tests.workers.mail_server import mail_server
from tests.workers.post import Post, html_of, text_of


@pytest.fixture
def post(database, settings, make_city):
    with mail_server() as server:
        yield Post(
            database, settings, make_city(name="Kota Jayapura", zone="Asia/Jayapura"), server
        )


def invited(post, **options) -> Invitation:
    facts = {"email": "sari@kota.example", "name": "Ibu Sari", "role": Role.UNIT_HEAD, **options}
    with post.database.unit_of_work(post.city.scope()) as session:
        return invite(session, post.settings, **facts)


def change(post, invitation, door: Door, **values) -> None:
    with post.database.unit_of_work(Scope(door, post.city.id)) as session:
        row = session.get_one(Invitation, (post.city.id, invitation.id))
        for name, value in values.items():
            setattr(row, name, value)


def test_an_invitation_names_role_unit_and_end_and_carries_its_link(post):
    invitation = invited(post, unit_id=post.city.unit("Dinas Kominfo"))
    post.run()
    (mail,) = post.server.mails
    link = invitation_link(post.settings, invitation)
    assert mail["To"] == "Ibu Sari <sari@kota.example>"
    assert mail["Message-ID"] == f"<{invitation.id}@kotacerdas.example>"
    assert mail["Subject"] == ("Undangan Kota Cerdas: kepala perangkat daerah, Kota Jayapura")
    end = long_moment(invitation.expires_at, "Asia/Jayapura", "id")
    assert end.endswith(" WIT")
    assert text_of(mail).startswith(
        "Yth. Ibu Sari,\n\n"
        "Anda diundang ke Kota Cerdas, platform masterplan kota cerdas.\n\n"
        "Peran: kepala perangkat daerah\n"
        "Perangkat daerah: Dinas Kominfo\n"
        "Daerah: Kota Jayapura\n"
        f"Berlaku sampai: {end}\n"
    )
    assert f"\nTerima undangan: {link}\n" in text_of(mail)
    assert f'href="{link}"' in html_of(mail)


def test_an_invitation_speaks_the_language_it_was_given(post):
    invited(post, role=Role.REGION_HEAD, language="en")
    post.run()
    (mail,) = post.server.mails
    expected = "Your invitation to Kota Cerdas: head of the region, Kota Jayapura"
    assert (mail["Subject"], mail["Content-Language"]) == (expected, "en")
    assert text_of(mail).startswith("Dear Ibu Sari,\n\nYou are invited to Kota Cerdas")


@pytest.mark.parametrize(
    ("ended", "door"), [("accepted_at", Door.IDENTITY), ("expires_at", Door.CITY)]
)
def test_an_invitation_that_has_ended_is_not_mailed(post, ended, door):
    invitation = invited(post, role=Role.BAPPEDA)
    change(post, invitation, door, **{ended: datetime.now(UTC) - timedelta(seconds=1)})
    post.run()
    assert post.server.mails == []
    assert [job.state for job in post.rows(Job)] == [JobState.DONE]


def test_a_refused_invitation_becomes_a_dead_letter_that_says_why(post):
    post.server.to_recipient = ["550 5.1.1 sari@kota.example is unknown here"]
    invited(post, role=Role.BAPPEDA)
    post.run()
    post.run()
    (job,) = post.rows(Job)
    assert (job.state, job.attempts, post.server.mails) == (JobState.DEAD, 1, [])
    assert job.error == (
        "INVITATION_REFUSED: The mail server refused this invitation (550 5.1.1)."
        " Check the address and invite again."
    )


def test_an_invitation_is_tried_again_after_a_passing_refusal(post):
    post.server.to_content = ["451 later"]
    invited(post, role=Role.BAPPEDA)
    post.run()
    post.run()
    assert [(job.state, job.attempts) for job in post.rows(Job)] == [(JobState.DONE, 2)]
    assert len(post.server.mails) == 1
