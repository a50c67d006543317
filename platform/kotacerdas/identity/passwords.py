"""Passwords: which are good enough, and their argon2id hashes."""

from __future__ import annotations

import os
import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from kotacerdas.errors import Invalid

MINIMUM_LENGTH = 12
MAXIMUM_LENGTH = 200
DISTINCT_CHARACTERS = 5
OBVIOUS = (
    "password", "passw0rd", "katasandi", "kata sandi", "rahasia", "sandi", "indonesia", "merdeka",
    "kota cerdas", "kotacerdas", "smart city", "smartcity", "admin", "administrator", "qwertyuiop",
    "qwerty", "asdfghjkl", "bismillah", "selamat", "pemkot", "pemda", "welcome", "letmein",
)  # fmt: skip
"""Words that do not count towards a password's length."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$vqNKNadeA7OHpWWN4lehNA"
    "$l7xd8NlYtqhTd+LmK3Y9JO9+ade6XWnK4g+gA4L69MQ"
)
# A hash takes a core and 19 MiB: more at once than cores would only let a flood take the machine.
_cores = BoundedSemaphore(os.cpu_count() or 1)


def check(password: str, *, email: str) -> None:
    """Refuse a password that is short, or obvious to who knows its owner; raises Invalid."""
    normal = _normal(password)
    if len(normal) < MINIMUM_LENGTH:
        raise Invalid(
            "password",
            f"terlalu pendek. Pakai sedikitnya {MINIMUM_LENGTH} karakter, misalnya empat kata.",
            f"it is too short. Use {MINIMUM_LENGTH} characters or more, such as four words.",
        )
    if len(normal) > MAXIMUM_LENGTH:
        raise Invalid(
            "password",
            f"terlalu panjang. Pakai paling banyak {MAXIMUM_LENGTH} karakter.",
            f"it is too long. Use {MAXIMUM_LENGTH} characters at most.",
        )
    if _obvious(normal.casefold(), email.casefold()):
        raise Invalid(
            "password",
            "terlalu mudah ditebak. Hindari surel, kata umum, dan pengulangan.",
            "it is too easy to guess. Avoid your e-mail address, common words and repetition.",
        )


def hashed(password: str) -> str:
    """Return the argon2id hash in PHC form; some 20 ms of a core, so keep it off the event loop."""
    with _cores:
        return _hasher.hash(_normal(password))


def fits(password_hash: str | None, password: str) -> bool:
    """Whether the password has that hash; None, for nobody's, does the same work and is False."""
    with _cores:
        try:
            _hasher.verify(password_hash or _NOBODY, _normal(password)[: MAXIMUM_LENGTH + 1])
        except (VerifyMismatchError, InvalidHashError):
            return False
    return password_hash is not None


def outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def _obvious(password: str, email: str) -> bool:
    rest = password
    for word in (email, email.partition("@")[0], *OBVIOUS):
        rest = rest.replace(word, "")
    return len(set(rest)) < DISTINCT_CHARACTERS


def _normal(password: str) -> str:
    # The same keys typed on two machines may yield two Unicode forms.
    return unicodedata.normalize("NFKC", password)
