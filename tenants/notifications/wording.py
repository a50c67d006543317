"""The shape in which each language states its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kotacerdas.identity.policy import Role
from tenants.notifications.models import NotificationKind


@dataclass(frozen=True)
class Wording:
    """A kind of notification in one language, with `{fact}` places.

    `details` pair a label with the name of a fact; `quote` does so for a fact that holds somebody's
    own words.
    """

    subject: str
    opening: str
    next_step: str
    action: str
    why: str
    details: tuple[tuple[str, str], ...] = ()
    quote: tuple[str, str] | None = None


@dataclass(frozen=True)
class Language:
    """Every word of one language.

    `fields` are what the form calls the fields that a remark points at; `parts`,
    what an expert does for a city; `days` say how far off a
    deadline is, `more_days` where they do not know the number; `nation` stands where no city does.
    """

    greeting: str
    closing: str
    shortened: str
    fields: Mapping[str, str]
    parts: Mapping[str, str]
    days: Mapping[str, str]
    more_days: str
    roles: Mapping[Role, str]
    nation: str
    invitation: Wording
    kinds: Mapping[NotificationKind, Wording]
