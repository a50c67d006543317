"""The words of every notification in English."""

from __future__ import annotations

from kotacerdas.identity.role_names import ROLE_NAMES
from tenants.notifications import letters
from tenants.notifications.wording import Language, Wording

_GREETING = "Dear {person},"
_CLOSING = (
    "Kota Cerdas sent this mail automatically. Replies are not read;"
    " ask your city's administrator for help."
)
_SHORTENED = "(Shortened; the whole text is in Kota Cerdas.)"

_FIELDS = {
    "name": "Name of the innovation",
    "dimension": "Pillar",
    "kind": "Kind",
    "maturity": "Maturity",
    "problem": "Problem",
    "solution": "Solution",
    "benefit": "Benefit",
    "uniqueness": "Uniqueness",
    "partners": "Partners",
    "replication": "Replication",
    "sustainability": "Sustainability",
    "risks": "Risks",
    "resources": "Resources",
    "budget_rupiah": "Budget",
}

_DAYS = {"0": "today", "1": "tomorrow"}
_MORE_DAYS = "in {days} days"

_ROLES = {role: name.en for role, name in ROLE_NAMES.items()}
_NATION = "the ministry"
_INVITATION = Wording(
    subject="Your invitation to Kota Cerdas: {role}, {city}",
    opening="You are invited to Kota Cerdas, the platform of smart-city masterplans.",
    details=(
        ("Role", "role"),
        ("Department", "unit"),
        ("City", "city"),
        ("Valid until", "expires_at"),
    ),
    next_step=(
        "Accept the invitation and choose a password;"
        " if you have an account already, use its password."
        " The link works once and only until the time above; do not pass it on."
    ),
    action="Accept the invitation",
    why=(
        "You receive this mail because an administrator of {city} entered your address."
        " If that was a mistake, ignore it: nothing happens without you."
    ),
)

ENGLISH = Language(
    greeting=_GREETING,
    closing=_CLOSING,
    shortened=_SHORTENED,
    fields=_FIELDS,
    parts={"mentor": "mentor", "assessor": "assessor"},
    days=_DAYS,
    more_days=_MORE_DAYS,
    roles=_ROLES,
    nation=_NATION,
    invitation=_INVITATION,
    kinds=letters.ENGLISH,
)
