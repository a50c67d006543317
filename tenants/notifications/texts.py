"""What a notification says: the facts of a row put into the words of a language; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from string import Formatter
from textwrap import shorten

from kotacerdas.identity.policy import Role
from kotacerdas.localtime import long_date, long_moment
from tenants.notifications.english import ENGLISH
from tenants.notifications.indonesian import INDONESIAN
from tenants.notifications.models import NotificationKind
from tenants.notifications.wording import Language, Wording

SUBJECT_LENGTH = 120
QUOTE_LENGTH = 2_000
"""Characters of a person's words that a mail repeats; all of them stand in the application."""


@dataclass(frozen=True)
class Letter:
    """A notification in words, ready for any channel.

    `details` are pairs of label and value; `quote`, somebody's own words under a label, or None.
    """

    language: str
    subject: str
    greeting: str
    opening: str
    details: tuple[tuple[str, str], ...]
    quote: tuple[str, str] | None
    next_step: str
    action: str
    why: str
    closing: str


def compose(
    kind: NotificationKind, facts: Mapping[str, str], *, language: str, zone: str
) -> Letter:
    """Put the facts into words: what `tell` was given, and `person` and `city`.

    Facts named `..._at` and `..._on` are ISO moments and days and are written out in the city's
    `zone`. A detail whose fact is not given is left out.
    """
    return _letter(_words(language).kinds[kind], facts, language, zone)


def compose_invitation(role: Role, facts: Mapping[str, str], *, language: str, zone: str) -> Letter:
    """Put an invitation into words: `person`, `expires_at`, and `city` and `unit` if it has one."""
    words = _words(language)
    facts = {"city": words.nation, **facts, "role": words.roles[role]}
    return _letter(words.invitation, facts, language, zone)


def _words(language: str) -> Language:
    return ENGLISH if language == "en" else INDONESIAN


def _letter(wording: Wording, facts: Mapping[str, str], language: str, zone: str) -> Letter:
    words = _words(language)
    known = {
        name: _readable(name, _printable(value), language, zone)
        for name, value in facts.items()
        if value.strip()
    }
    return Letter(
        language=language,
        subject=shorten(_filled(wording.subject, known), SUBJECT_LENGTH, placeholder="…"),
        greeting=_filled(words.greeting, known),
        opening=_filled(wording.opening, known),
        details=tuple((label, _line(known[n])) for label, n in wording.details if n in known),
        quote=_quote(wording, known, words.shortened),
        next_step=_filled(wording.next_step, known),
        action=wording.action,
        why=_filled(wording.why, known),
        closing=words.closing,
    )


def _readable(name: str, value: str, language: str, zone: str) -> str:
    words = _words(language)
    if name.endswith("_at"):
        return long_moment(datetime.fromisoformat(value), zone, language)
    if name.endswith("_on"):
        return long_date(date.fromisoformat(value), language)
    if name == "anchor":
        return words.fields.get(value, value)
    if name == "part":
        return words.parts.get(value, value)
    if name == "days":
        return words.days.get(value) or words.more_days.format(days=value)
    return value


def _printable(value: str) -> str:
    """Drop what no mail may carry: characters that control, but for the ends of lines."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(filter(str.isprintable, " ".join(line.split()))) for line in lines)


def _line(value: str) -> str:
    return " ".join(value.split())


def _filled(template: str, facts: Mapping[str, str]) -> str:
    names = {name for _, name, _, _ in Formatter().parse(template) if name}
    return template.format_map({name: _line(facts.get(name, "–")) for name in names})


def _quote(wording: Wording, facts: Mapping[str, str], shortened: str) -> tuple[str, str] | None:
    if wording.quote is None or wording.quote[1] not in facts:
        return None
    label, said = wording.quote[0], facts[wording.quote[1]].strip()
    return label, said if len(said) <= QUOTE_LENGTH else f"{said[:QUOTE_LENGTH]}…\n{shortened}"
