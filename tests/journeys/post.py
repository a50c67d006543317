"""The mails of the year: what must arrive, and what did, read from the mail catcher."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from textwrap import shorten
from typing import Any

import httpx

PATIENCE_SECONDS = 60
POLL_SECONDS = 0.25
SUBJECT_LENGTH = 120
LINK = re.compile(r"/invitations/[0-9]+\.[0-9a-f-]{36}\.[A-Za-z0-9_-]+")

Mail = dict[str, Any]
Expected = tuple[str, str]
"""Address and subject."""

SUBJECTS = {
    "invitation": (
        "Undangan Kota Cerdas: {role[0]}, {city}",
        "Your invitation to Kota Cerdas: {role[1]}, {city}",
    ),
    "invited": ("{city} diundang mengikuti Gerakan Menuju Smart City {year}", ""),
    "submitted": ("Usulan untuk disahkan: {name}", ""),
    "endorsed": ("Siap ditelaah: {name}", "Ready for review: {name}"),
    "returned": ("Perlu diperbaiki: {name}", ""),
    "accepted": ("Diterima: {name}", ""),
    "rejected": ("Tidak diterima: {name}", ""),
    "workshop_scheduled": ("Bimtek ke-{ordinal}: {starts_at}", "Bimtek {ordinal}: {starts_at}"),
    "workshop_missed": ("{unit} tidak hadir pada bimtek ke-{ordinal}", ""),
    "output_accepted": ("Keluaran diterima: {name}", ""),
    "remark": ("Catatan baru pada {name}", ""),
    "plan_remark": ("Catatan baru pada masterplan: {subject}", ""),
    "remarks_answered": ("Catatan dijawab: {name}", "Remarks answered: {name}"),
    "remarks_settled": ("Catatan selesai: {subject}", ""),
    "round_opened": (
        "Menunggu putusan: masterplan {city}, putaran {number}",
        "Awaiting your verdict: masterplan of {city}, round {number}",
    ),
    "round_with_remarks": ("Putusan asesor: masterplan {city} diterima dengan catatan", ""),
    "frozen": ("Masterplan dibekukan: versi {number}", ""),
    "adopted": ("Masterplan ditetapkan: {regulation}", ""),
    "book": ("Dokumen siap diunduh: Buku 2: {name} (versi {version})", ""),
    "assessment_assigned": ("Asesmen {city} {year} menanti Anda", ""),
    "verdict_selected": ("{city} terpilih untuk angkatan {year}", ""),
    "expert_released": ("Penugasan berakhir: {city}, siklus {year}", ""),
    "section_ready": ("Siap diperiksa: {title}", ""),
    "evaluation_opened": ("Evaluasi smart city {year} dibuka untuk {city}", ""),
    "evaluation_submitted": (
        "Siap dinilai: evaluasi {year} {city}",
        "Ready to assess: evaluation {year} of {city}",
    ),
    "evaluation_provisional": ("Hasil sementara evaluasi {year}: {city}", ""),
    "evaluation_final": ("Hasil akhir evaluasi {year}: {city}", ""),
    "objection_written": ("Sanggahan {city}: {name}", "Objection of {city}: {name}"),
    "objection_answered": ("Sanggahan dijawab: {name}", ""),
    "follow_up_planned": ("Tindak lanjut untuk {unit}", ""),
    "deadline": ("Tenggat {days} hari lagi: {name}", ""),
}
"""Subject lines in Indonesian and, where the English reader is told, in English."""

ROLES = {
    "CITY_ADMIN": ("admin daerah", "city administrator"),
    "BAPPEDA": ("Bappeda", "Bappeda (regional planning)"),
    "UNIT_OPERATOR": ("operator perangkat daerah", "department operator"),
    "UNIT_HEAD": ("kepala perangkat daerah", "head of department"),
    "REGION_HEAD": ("kepala daerah", "head of the region"),
    "EXPERT": ("tenaga ahli", "expert"),
}


class Post:
    """The mail catcher, and a ledger of the mails that it should hold."""

    def __init__(self, url: str) -> None:
        self._catcher = httpx.Client(base_url=url, timeout=30)
        self._expected: Counter[Expected] = Counter()
        self._english: set[str] = set()

    @property
    def expected(self) -> int:
        """How many mails should have arrived by now."""
        return self._expected.total()

    def close(self) -> None:
        """Give the connection back."""
        self._catcher.close()

    def writes_english_to(self, email: str) -> None:
        """Note that this person reads English."""
        self._english.add(email)

    def expects(self, kind: str, emails: Iterable[str], **facts: object) -> None:
        """Note that each of these people must be told this, once more than before."""
        for email in set(emails):
            template = SUBJECTS[kind][email in self._english]
            subject = shorten(template.format(**facts), SUBJECT_LENGTH, placeholder="…")
            self._expected[email, subject] += 1

    def mails(self) -> list[Mail]:
        """All mails that were caught, the newest first."""
        mails: list[Mail] = self._catcher.get("messages.json").json()
        return mails

    def invitations(self, emails: Iterable[str]) -> dict[str, str]:
        """Wait until each of these has an invitation; return the paths of their links."""
        wanted, links = set(emails), {}

        def arrived() -> bool:
            for mail in self.mails():
                found = LINK.search(mail["text"])
                if found:
                    links[mail["to"][0]] = found[0]
            return wanted <= links.keys()

        _wait(arrived, lambda: f"no invitation for {sorted(wanted - links.keys())}")
        return {email: links[email] for email in wanted}

    def settle(self) -> list[Mail]:
        """Wait until all mails are there, then check that each is there exactly once."""
        _wait(lambda: len(self.mails()) >= self.expected, lambda: self._difference(self.mails()))
        time.sleep(2 * POLL_SECONDS)  # a double would come right behind
        mails = self.mails()
        difference = self._difference(mails)
        assert not difference, difference
        doubles = [each for each, count in Counter(map(_message_id, mails)).items() if count > 1]
        assert not doubles, f"sent twice under one Message-ID: {doubles}"
        assert all(mail["text"] and mail["html"] for mail in mails), "a mail lacks text or HTML"
        return mails

    def _difference(self, mails: list[Mail]) -> str:
        arrived = Counter((to, mail["subject"]) for mail in mails for to in mail["to"])
        missing, surplus = self._expected - arrived, arrived - self._expected
        if not missing and not surplus:
            return ""
        return (
            f"mails: {missing.total()} missing, {surplus.total()} too many;"
            f" missing {list(missing.items())[:5]}; too many {list(surplus.items())[:5]}"
        )


def _message_id(mail: Mail) -> str:
    (found,) = [value for name, value in mail["headers"] if name.lower() == "message-id"]
    assert isinstance(found, str)
    return found


def _wait(ready: Callable[[], bool], what: Callable[[], str]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not ready():
        assert time.monotonic() < deadline, f"after {PATIENCE_SECONDS} s: {what()}"
        time.sleep(POLL_SECONDS)
