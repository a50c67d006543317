"""The mail catcher: real SMTP in, a page and JSON out, kept over a restart."""

import json
import smtplib
import subprocess
import time
from email.message import EmailMessage
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from kotacerdas.embedded import mail
from kotacerdas.embedded.ports import HOST, port_of, take_port
from kotacerdas.embedded.servers import answers


class Catcher:
    """The catcher as the launcher runs it."""

    def __init__(self, folder):
        smtp = take_port(11025, name="SMTP", say=print)
        page = take_port(18025, name="page", say=print)
        with smtp, page:
            self.smtp_port, self.url = port_of(smtp), f"http://{HOST}:{port_of(page)}"
            self._process = subprocess.Popen(
                mail.command(smtp=smtp, page=page, folder=folder),
                pass_fds=[smtp.fileno(), page.fileno()],
            )
        deadline = time.monotonic() + 10
        while not answers(f"{self.url}/"):
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._process.terminate()
        assert self._process.wait(timeout=5) == 0

    def page(self, path, **options):
        with urlopen(Request(f"{self.url}{path}", **options)) as answer:
            return answer.read().decode(), answer.headers

    def mails(self):
        return json.loads(self.page("/messages.json")[0])


def invitation():
    message = EmailMessage()
    message["From"] = "Kota Cerdas <noreply@kotacerdas.example>"
    message["To"] = "Bappeda <bappeda@contoh.id>"
    message["Subject"] = "Undangan: <b>Kota Bukittinggi</b> — 2022"
    message.set_content("Buka http://127.0.0.1:8000/undangan/abc?x=1&y=2 sebelum 21 April.")
    message.add_alternative('<p><a href="http://x.example/">Buka</a><script>1</script>', "html")
    return message


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("mail")


def test_a_mail_is_caught_shown_kept_over_a_restart_and_deleted(folder):
    with Catcher(folder) as catcher:
        with smtplib.SMTP(HOST, catcher.smtp_port) as smtp:
            smtp.send_message(invitation(), to_addrs=["bappeda@contoh.id", "arsip@contoh.id"])
        before = catcher.mails()
    with Catcher(folder) as catcher:
        (caught,) = catcher.mails()
        assert [caught] == before
        assert caught["subject"] == "Undangan: <b>Kota Bukittinggi</b> — 2022"
        assert caught["from"] == "Kota Cerdas <noreply@kotacerdas.example>"
        assert caught["to"] == ["bappeda@contoh.id", "arsip@contoh.id"]
        assert caught["text"].strip().startswith("Buka http://127.0.0.1:8000/undangan/abc?x=1&y=2")
        assert caught["html"].startswith('<p><a href="http://x.example/">Buka</a>')
        assert ["To", "Bappeda <bappeda@contoh.id>"] in caught["headers"]

        listing, _ = catcher.page("/")
        assert f'<a href="/messages/{caught["id"]}">Undangan: &lt;b&gt;Kota' in listing
        shown, headers = catcher.page(f"/messages/{caught['id']}")
        assert "script-src" not in headers["Content-Security-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in shown
        link = "http://127.0.0.1:8000/undangan/abc?x=1&amp;y=2"
        assert f'<a href="{link}" target="_blank" rel="noreferrer">{link}</a> sebelum' in shown
        part, headers = catcher.page(f"/messages/{caught['id']}/html")
        assert part.endswith('<p><a href="http://x.example/">Buka</a><script>1</script>\r\n')
        assert headers["Content-Security-Policy"].startswith("sandbox allow-popups ")
        source, headers = catcher.page(f"/messages/{caught['id']}/raw")
        assert headers["Content-Type"] == "text/plain; charset=utf-8"
        assert source.startswith("X-Envelope-From: noreply@kotacerdas.example\r\n")

        assert catcher.page("/messages", method="DELETE")[0] == '{"deleted": 1}'
        assert catcher.mails() == []
        assert list(folder.glob("*.eml")) == []


def test_other_paths_and_other_host_names_find_nothing(folder):
    with Catcher(folder) as catcher:
        for path in ("/messages/1", "/messages/../secrets.json", "/etc/passwd"):
            with pytest.raises(HTTPError, match="404") as refused:
                catcher.page(path)
            refused.value.close()
        with pytest.raises(HTTPError, match="404") as refused:
            catcher.page("/messages.json", headers={"Host": "jahat.example"})
        refused.value.close()


def test_a_mail_in_an_unknown_charset_does_not_hide_the_others(folder):
    with Catcher(folder) as catcher:
        catcher.page("/messages", method="DELETE")
        with smtplib.SMTP(HOST, catcher.smtp_port) as smtp:
            odd = b"Subject: odd\r\nContent-Type: text/plain; charset=klingon\r\n\r\nhalo \xff\r\n"
            smtp.sendmail("a@contoh.id", ["b@contoh.id"], odd)
        assert [(one["subject"], one["text"]) for one in catcher.mails()] == [
            ("odd", "halo \N{REPLACEMENT CHARACTER}\r\n")
        ]
