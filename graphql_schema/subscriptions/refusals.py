"""Why nothing can be followed, or not any more."""

from __future__ import annotations

from kotacerdas.errors import DomainError


class AccessEnded(DomainError):
    """The person may no longer see what they follow."""

    code = "ACCESS_ENDED"
    id = "Hak Anda atas data ini sudah berakhir. Muat ulang halaman, atau minta akses lagi."
    en = "Your right to see this has ended. Reload the page, or ask for access again."


class TooManySubscriptions(DomainError):
    """More subscriptions at once than one person, connection or process may have."""

    code = "TOO_MANY_SUBSCRIPTIONS"
    id = "Terlalu banyak langganan terbuka (batas {limit}). Tutup yang lain, lalu coba lagi."
    en = "Too many subscriptions are open (limit {limit}). Close others, then try again."


class ByPersonOnly(DomainError):
    """Notifications are a person's own; a program's token shows none."""

    code = "BY_PERSON_ONLY"
    id = "Notifikasi hanya untuk orang yang masuk sendiri, bukan token. Masuk, lalu ulangi."
    en = "Notifications are for a person who signed in, not for a token. Sign in and repeat."


class SubscriptionsOnly(DomainError):
    """A query or mutation where only subscriptions are taken."""

    code = "SUBSCRIPTIONS_ONLY"
    id = "Hanya langganan yang diterima di sini. Kirim operasi ini sebagai JSON lewat POST."
    en = "Only subscriptions are taken here. Send this operation as JSON by POST."
