"""Which passwords are taken, and that hashing cannot take the machine."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest
from argon2 import PasswordHasher

from kotacerdas.errors import Invalid
from kotacerdas.identity import passwords

GOOD = "gonjong-rumah-gadang-7"


def test_a_password_of_four_words_is_taken():
    passwords.check(GOOD, email="admin@bukittinggi.go.id")


@pytest.mark.parametrize(
    "password",
    [
        "pendek-9xQ",
        "admin@bukittinggi.go.id",
        "admin@bukittinggi.go.id123",
        "kotacerdas2026",
        "PasswordPassword",
        "aaaaaaaaaaaaaaaa",
        "121212121212",
        "x" * 100 + "yz" * 60,
    ],
)
def test_a_short_long_or_obvious_password_is_refused_in_both_languages(password: str):
    with pytest.raises(Invalid) as refusal:
        passwords.check(password, email="admin@bukittinggi.go.id")
    assert refusal.value.path == ("password",)
    assert refusal.value.text("id").startswith("Isian ini tidak dapat diterima: ")
    assert refusal.value.text("en").startswith("This value cannot be accepted: ")


def test_a_hash_is_argon2id_with_19_mib_two_passes_one_lane():
    stored = passwords.hashed(GOOD)
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.fits(stored, GOOD)
    assert not passwords.fits(stored, GOOD + "x")
    assert not passwords.outdated(stored)


def test_the_same_keys_in_another_unicode_form_fit():
    stored = passwords.hashed("sêmarang-caf\u00e9-raya")
    assert passwords.fits(stored, "sêmarang-cafe\u0301-raya")


def test_a_hash_with_other_parameters_is_outdated():
    assert passwords.outdated(PasswordHasher(time_cost=1, memory_cost=8192).hash(GOOD))


def test_nobodys_hash_has_todays_parameters_and_fits_nothing():
    assert not passwords.outdated(passwords._NOBODY)
    assert not passwords.fits(None, GOOD)


def test_at_most_one_hash_per_core_runs_at_once(monkeypatch: pytest.MonkeyPatch):
    running, most, lock = 0, 0, Lock()
    real = passwords._hasher.hash

    class Watched:
        def hash(self, password: str) -> str:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            try:
                return real(password)
            finally:
                with lock:
                    running -= 1

    monkeypatch.setattr(passwords, "_hasher", Watched())
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(passwords.hashed, [GOOD] * 12))
    assert 1 <= most <= (os.cpu_count() or 1)
