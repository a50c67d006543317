"""The words of every kind of notification, by the subject that it tells of."""

from __future__ import annotations

from tenants.notifications.letters import (
    assessment,
    cities,
    documents,
    evaluation,
    experts,
    masterplan,
    process,
    reviews,
    submissions,
    workbooks,
)
from tenants.notifications.models import NotificationKind
from tenants.notifications.wording import Wording

SUBJECTS = (
    assessment,
    cities,
    process,
    reviews,
    submissions,
    masterplan,
    documents,
    evaluation,
    experts,
    workbooks,
)

INDONESIAN: dict[NotificationKind, Wording] = {}
ENGLISH: dict[NotificationKind, Wording] = {}
for subject in SUBJECTS:
    INDONESIAN |= subject.INDONESIAN
    ENGLISH |= subject.ENGLISH
